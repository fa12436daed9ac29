"""Where manifests can lie that a function of the root gets to see, and those that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.platform.manifests import formats, locks
from vlint.project.functions import functions
from vlint.project.manifests.environment import ancestors
from vlint.project.manifests.formats import manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Locked:
    """A manifest and the lock file beside it; one of them can be missing."""

    manifest: Manifest | None
    lock: Manifest | None
    lock_name: str


def directories(project: Project) -> tuple[str, ...]:
    """The root, and every directory from there to a function."""
    found = {""}
    for function in functions(project):
        found.update(ancestors(function.path.rpartition("/")[0]))
    return tuple(sorted(found))


def manifests(project: Project) -> Iterator[Manifest]:
    """Every manifest in these directories, whether the platform reads it or not."""
    for directory in directories(project):
        for name in formats():
            found = manifest(project, directory, name)
            if found is not None:
                yield found


def locked_manifests(project: Project) -> Iterator[Locked]:
    """Every manifest that needs a lock file, with its lock; and locks without their manifest."""
    for directory in directories(project):
        for name, lock_name in locks().items():
            pair = Locked(manifest(project, directory, name), manifest(project, directory, lock_name), lock_name)
            if pair.manifest or pair.lock:
                yield pair
