"""
A manifest that the platform does not read.

The platform installs from one manifest. One beside the entry point wins over the root's, a lock file over the
`requirements.txt` that its conversion overwrites, and a `Pipfile` without its `Pipfile.lock` installs nothing at all.
What only the other manifest asks for is then missing when the function starts.

Wrong: `flask` is in the `Pipfile`, and there is no `Pipfile.lock`.

    [packages]
    flask = "*"

Right: the same with a `Pipfile.lock` beside it, made with `pipenv lock`; or a `requirements.txt`

    flask

There is no fix: which of the manifests is meant is for you to say. Where the manifest that is read asks for
everything that the other does, the finding is only for information.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location, Problem, Severity
from vlint.project.manifests.unread_manifests import unread_manifests
from vlint.rules.registry import rule
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL404", "ignored-manifest", Severity.WARNING, scope="project")
def ignored_manifest(project: Project) -> Iterator[Problem]:
    """Check every manifest that declares dependencies."""
    for unread in unread_manifests(project):
        yield Problem(
            Location(unread.manifest.path, FILE_START),
            f"`{unread.manifest.path}` is not read: {unread.reason}",
            help=unread.help,
            severity=Severity.INFO if unread.harmless else None,
        )
