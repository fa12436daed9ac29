"""
A requirement that the platform's installer rejects.

pip stops at the first line that it does not understand, at a file that is named with `-r` or `-c` and is not there,
and at a package that no index has because Python brings it along itself: the build fails. The platform of 2026 reads
requirements files with uv's parser, which takes less: no other file (`-r`, `-c`), no address without a name in front,
no repository but Git's, and no option of pip's behind a requirement but `--hash`. uv also stops at a requirement of a
group or an extra that is none, and at a group that includes one which is not there.

Wrong:

    flask = 3.0.3
    -r base.txt         # there is no such file
    json

Right:

    flask == 3.0.3

The fix writes `==` for a single `=` (safe: the line has no other meaning), and takes away a module of the standard
library (unsafe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.manifests.environment import environments
from vlint.project.manifests.standard_modules import standard_modules
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL402", "invalid-requirement", Severity.ERROR, scope="project")
def invalid_requirement(project: Project) -> Iterator[Problem]:
    """Check the requirements that the platform installs from."""
    for environment in environments(project):
        for problem in environment.manifest.rejected if environment.manifest else ():
            severity = Severity.WARNING if problem.resolving_only and environment.lock else None
            yield Problem(problem.location, problem.message, problem.help, severity, fix=problem.fix)
        for module in standard_modules(project, environment):
            yield Problem(
                module.requirement.location,
                module.message,
                help="Take it out: Python brings it along.",
                severity=Severity.INFO if module.harmless else None,
                fix=module.fix,
            )
