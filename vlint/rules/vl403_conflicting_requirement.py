"""
A package that is asked for twice, with constraints that no version meets.

pip resolves all requirements together, constraints files included, and stops when there is no version that meets them
all: the build fails. uv resolves a project's extras and groups along with them, even those that it does not install.
Only what is certain is reported: requirements under markers that hold on the platform's Linux and Python, and none
where a lock file says what is installed.

Wrong:

    flask==2.3.0
    flask>=3

Right:

    flask>=3

There is no fix: which of the two is meant is for you to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Related, Severity
from vlint.project.manifests.conflicts import conflicts
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL403", "conflicting-requirement", Severity.ERROR, scope="project")
def conflicting_requirement(project: Project) -> Iterator[Problem]:
    """Check the requirements that the platform installs from."""
    for conflict in conflicts(project):
        asked = [conflict.requirement, *conflict.earlier]
        wanted = [f"`{requirement.name}{requirement.specifier}`" for requirement in asked]
        all_of_them = f"{', '.join(wanted[:-1])} and {wanted[-1]} at once" if conflict.earlier else wanted[0]
        yield Problem(
            conflict.requirement.location,
            f"No version can be {all_of_them}: {project.platform.dependencies.installer} will stop",
            help="Keep one of them." if conflict.earlier else None,
            related=tuple(Related(requirement.location, "another constraint") for requirement in conflict.earlier),
        )
