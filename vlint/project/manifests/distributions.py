"""The distributions that a function gets, as far as its manifest or the lock of it names them, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.manifests.markers import applies

if TYPE_CHECKING:
    from vlint.finding import Location
    from vlint.project.manifests.environment import Environment


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution of an environment.

    Attributes:
        name: Normalised.
        version: The specifiers, or `==` and the locked version; empty where any will do.
        extras: Sorted.
        marker: The condition under which it is installed, as it is written, or None.
        source: Where it comes from, if not from an index.
        is_installed: Whether the condition holds on the platform; None where that is not known.
        is_direct: Whether the project asks for it; False of what a lock file names beyond that.
        location: Where it is named.
    """

    name: str
    version: str
    extras: tuple[str, ...]
    marker: str | None
    source: str | None
    is_installed: bool | None
    is_direct: bool
    location: Location


def distributions(environment: Environment) -> tuple[Distribution, ...]:
    """Those of the lock file by name where the platform installs from one, else those of the manifest in its order."""
    version, lock = environment.python.version, environment.lock
    if lock is not None:
        direct = {dependency.name for dependency in lock.direct(version)}
        return tuple(
            Distribution(
                name=package.name,
                version=f"=={package.version}" if package.version else "",
                extras=(),
                marker=None,
                source=None,
                is_installed=True,
                is_direct=package.name in direct,
                location=package.location,
            )
            for _, package in sorted(lock.installed(version).items())
        )
    return tuple(
        Distribution(
            name=requirement.name,
            version=str(requirement.specifier),
            extras=tuple(sorted(requirement.extras)),
            marker=str(requirement.marker) if requirement.marker else None,
            source=requirement.url,
            is_installed=applies(requirement.marker, version),
            is_direct=True,
            location=requirement.location,
        )
        for requirement in environment.requirements
    )
