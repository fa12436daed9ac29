"""Manifests with dependencies that no function is installed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.platform.manifests import locks
from vlint.project.manifests.environment import environments
from vlint.project.manifests.places import manifests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class UnreadManifest:
    """A manifest without effect and why; harmless if the one that is read asks for all that it does."""

    manifest: Manifest
    reason: str
    help: str
    harmless: bool


def unread_manifests(project: Project) -> Iterator[UnreadManifest]:
    """Every manifest that declares dependencies and is not what a function is installed from."""
    read = {environment.installed.path for environment in environments(project) if environment.installed}
    for found in manifests(project):
        if found.path in read or not found.declares_dependencies or _speaks_through_lock(found, read):
            continue
        yield _explain(project, found, _winner(project, found))


def _speaks_through_lock(found: Manifest, read: set[str]) -> bool:
    lock = locks().get(found.name)
    return lock is not None and found.path[: -len(found.name)] + lock in read


def _winner(project: Project, found: Manifest) -> Manifest | None:
    """What a function that could be installed from `found` is installed from instead."""
    for environment in environments(project):
        below = not found.directory or f"{environment.directory}/".startswith(f"{found.directory}/")
        if below and environment.installed:
            return environment.installed
    return None


def _explain(project: Project, found: Manifest, winner: Manifest | None) -> UnreadManifest:
    order = project.platform.dependencies.order
    lock = locks().get(found.name)
    if winner is not None:
        wanted = {requirement.name for requirement in found.requirements}
        harmless = found.complete and wanted <= {requirement.name for requirement in winner.requirements}
        overwritten = winner.directory == found.directory and winner.name in locks().values() and found.name in order
        reason = (
            f"the conversion of `{winner.path}` overwrites it"
            if overwritten and project.platform.dependencies.search == "beside-then-root"
            else f"the platform installs from `{winner.path}`"
        )
        advice = f"Move what is needed to `{winner.path}`, or delete one of the two."
        return UnreadManifest(found, reason, advice, harmless)
    if lock is not None and found.name not in order:
        reason = f"its lock file `{lock}` is not there, so nothing is installed"
        return UnreadManifest(found, reason, f"Make `{lock}` with `pipenv lock` and commit it.", harmless=False)
    readable = " or ".join(f"`{name}`" for name in reversed(order))
    reason = f"the platform installs from {readable} alone, so nothing is installed"
    return UnreadManifest(found, reason, f"Write a `{order[-1]}`." if order else "", harmless=False)
