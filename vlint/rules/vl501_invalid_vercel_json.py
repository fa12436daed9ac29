"""
A `vercel.json` that is not JSON, or not of the shape that the platform takes.

The platform reads the file as JavaScript does: a comment, a comma before a closing bracket or a byte order mark stop
the deployment. So does a property of the wrong type, and one that an object of this kind does not have. Of a key that
stands twice the last one counts, which is seldom what was meant.

Wrong:

    {
      "rewrites": [{ "source": "/(.*)", "destnation": "/api/index" }], // everything
    }

Right:

    {
      "rewrites": [{ "source": "/(.*)", "destination": "/api/index" }]
    }

There is no fix; where a known name is near, the help tells it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location, Problem, Severity
from vlint.project.configuration import Configuration
from vlint.project.configuration_shape import configuration_problems
from vlint.project.function_settings import setting_problems
from vlint.project.json_document import load_json
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL501", "invalid-vercel-json", Severity.ERROR, scope="project")
def invalid_vercel_json(project: Project) -> Iterator[Problem]:
    """Check the text, then the shape; what VL503 tells of `functions` is not told twice."""
    path = project.platform.configuration.file
    document = load_json(project, path)
    if document is None:
        return
    if document.problem is not None:
        message = f"`{path}` is not JSON, so the deployment will fail: {document.problem.message}"
        yield Problem(Location(path, document.problem.range), message)
        return
    for key_path, place in document.duplicates:
        message = f"`{key_path[-1]}` stands twice in this object, and the last one counts"
        yield Problem(Location(path, place), message, severity=Severity.WARNING)
    settings = Configuration(document)
    told = {problem.place for problem in setting_problems(settings.functions, project.platform)}
    for difference in configuration_problems(settings, project.platform):
        if difference.place in told:
            continue
        location = settings.at(difference.place) if difference.on_key else settings.value_at(difference.place)
        end = ": the deployment will fail" if difference.certain else ": the deployment will probably fail"
        severity = None if difference.certain else Severity.WARNING
        yield Problem(location, f"{difference.message}{end}", difference.help, severity)
