"""
A Python version that is set where the platform does not read it.

The platform has few places for the version. One that stands elsewhere (a `Pipfile` without a `Pipfile.lock`,
`python_full_version` alone, `.python-version` or `runtime.txt` where it is not read, an option or environment variable
in `vercel.json`) sets nothing: the default is used.

Wrong: this `Pipfile` without a lock

    [requires]
    python_version = "3.9"

Right: the same, and a `Pipfile.lock` beside it, made with `pipenv lock`.

There is no fix, since a lock file can only be made by the tool that resolves the packages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.manifests.unread_versions import unread_versions
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL304", "python-version-not-read", Severity.WARNING, scope="project")
def python_version_not_read(project: Project) -> Iterator[Problem]:
    """Check every place where people set a version; one that the platform uses anyway is only worth knowing."""
    for unread in unread_versions(project):
        yield Problem(
            unread.setting.location,
            f"{unread.reason}, so it sets nothing: Python {unread.used} will be used",
            help=unread.help,
            severity=Severity.INFO if unread.harmless else None,
        )
