"""
A setting of `functions` in `vercel.json` that the platform refuses.

The build stops where a key starts with a slash or is longer than the platform takes, where a value is no object or an
empty one, and where a property is out of its bounds: `runtime` is the package of a community runtime with its whole
version (`python3.9` names none, and Python needs none), `memory` and `maxDuration` are numbers within limits,
`includeFiles` and `excludeFiles` are one glob each.

Wrong:

    { "functions": { "api/index.py": { "runtime": "python3.9", "maxDuration": "60" } } }

Right:

    { "functions": { "api/index.py": { "maxDuration": 60 } } }

There is no fix, since what was meant is not certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.configuration import configuration
from vlint.project.function_settings import setting_problems
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL503", "invalid-function-config", Severity.ERROR, scope="project")
def invalid_function_config(project: Project) -> Iterator[Problem]:
    """Check every key and its properties."""
    settings = configuration(project)
    if settings is None:
        return
    for problem in setting_problems(settings.functions, project.platform):
        location = settings.at(problem.place) if problem.on_key else settings.value_at(problem.place)
        yield Problem(location, f"{problem.message}: the build will stop", problem.help)
