"""Requirements of one manifest that cannot be met together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.specifiers import SpecifierSet

from vlint.project.manifests.environment import environments
from vlint.project.manifests.markers import applies
from vlint.project.manifests.satisfiable import is_satisfiable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.environment import Environment
    from vlint.project.manifests.manifest import Requirement
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Conflict:
    """A requirement that no version meets: together with the earlier ones, or by itself (there are none)."""

    requirement: Requirement
    earlier: tuple[Requirement, ...]


def conflicts(project: Project) -> Iterator[Conflict]:
    """Every conflict among the requirements that a function is installed from."""
    seen = set()
    for environment in environments(project):
        if environment.manifest and (environment.manifest.path, environment.python.version) not in seen:
            seen.add((environment.manifest.path, environment.python.version))
            yield from _conflicts(environment, environment.resolved(project.platform))


def _conflicts(environment: Environment, requirements: tuple[Requirement, ...]) -> Iterator[Conflict]:
    """The requirements in their order; each is compared with those before it that install for certain, too."""
    before: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        if not applies(requirement.marker, environment.python.version) or requirement.url:
            continue
        earlier = before.setdefault(requirement.name, [])
        conflict = _conflict(requirement, earlier)
        if conflict:
            yield conflict
        else:
            earlier.append(requirement)


def _conflict(requirement: Requirement, earlier: list[Requirement]) -> Conflict | None:
    if not is_satisfiable(requirement.specifier):
        return Conflict(requirement, ())
    together = SpecifierSet(",".join(str(other.specifier) for other in [*earlier, requirement]).strip(","))
    if is_satisfiable(together):
        return None
    for other in earlier:
        if not is_satisfiable(other.specifier & requirement.specifier):
            return Conflict(requirement, (other,))
    return Conflict(requirement, tuple(earlier))
