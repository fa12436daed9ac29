"""The lock file that the platform installs from: beside the manifest, or at the root of its workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.finding import Location
from vlint.project.manifests.manifest import ManifestProblem
from vlint.project.manifests.uv_lock import UvLock, read_lock
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.manifest import Manifest
    from vlint.project.manifests.uv_lock import LockedDependency, LockedPackage
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock file that the platform found.

    Attributes:
        path: From the project root.
        manifest: The manifest beside it, whose project is installed: that of the workspace, for a member of one.
        content: What it says; None for a format that the installer does not read.
    """

    path: str
    manifest: Manifest
    content: UvLock | None

    @property
    def problems(self) -> Iterator[ManifestProblem]:
        """Why nothing can be installed from it."""
        if self.content is None:
            message = "the platform turns to it, and its installer does not read it: the build stops"
            yield ManifestProblem(message, Location(self.path, FILE_START))
            return
        yield from self.content.invalid
        if not self.content.invalid and self.manifest.provides and not self.is_usable:
            message = f"it has no package `{self.manifest.provides}`, which is the project itself, so uv stops"
            yield ManifestProblem(message, Location(self.path, FILE_START), help="Run `uv lock` and commit the result.")

    @property
    def is_usable(self) -> bool:
        """Whether it is known what is installed from it."""
        content, name = self.content, self.manifest.provides
        return content is not None and not content.invalid and name is not None and name in content.packages

    def direct(self, python: str) -> tuple[LockedDependency, ...]:
        """What the project itself asks for; nothing where that is not known."""
        if self.content is None or self.manifest.provides is None:
            return ()
        return self.content.direct(self.manifest.provides, self.manifest.groups, python)

    def installed(self, python: str) -> dict[str, LockedPackage]:
        """All that is installed with Python `python` (`3.12`), by normalised name."""
        return self.content.installed(self.direct(python), python) if self.content else {}


def lock_of(project: Project, manifest: Manifest | None, workspace: Manifest | None) -> Lock | None:
    """The lock that the platform takes for `manifest`, of the `workspace` that it belongs to."""
    for owner in (manifest, workspace):
        found = _beside(project, owner) if owner and owner.format == "pyproject" else None
        if found is not None:
            return found
    return None


def _beside(project: Project, manifest: Manifest) -> Lock | None:
    facts = project.platform.dependencies
    for name in facts.locks:
        path = f"{manifest.directory}/{name}".lstrip("/")
        if project.tree.is_file(path):
            return Lock(path, manifest, read_lock(project, path) if name == facts.lock_format else None)
    return None
