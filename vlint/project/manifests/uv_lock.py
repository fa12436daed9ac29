"""`uv.lock`: every version that uv has chosen, and which of them are installed for a project.

Where it is there, the platform of 2026 installs from it alone (`uv sync --frozen`) and does not look whether the
`pyproject.toml` still asks for the same: what only that asks for is not installed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from packaging.markers import InvalidMarker, Marker
from packaging.utils import canonicalize_name

from vlint.finding import Location
from vlint.project.manifests.manifest import ManifestProblem, Setting
from vlint.project.manifests.markers import applies, parse_marker
from vlint.project.manifests.shape import mismatches
from vlint.project.manifests.toml_file import read_toml
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vlint.project.manifests.toml_document import TomlDocument
    from vlint.project.project import Project

_DEPENDENCY = {"name": str, "version": str, "marker": str, "extra": [str]}
SHAPE = {
    "version": int,
    "requires-python": str,
    "package": [
        {
            "name": str,
            "version": str,
            "source": {},
            "dependencies": [_DEPENDENCY],
            "optional-dependencies": {"*": [_DEPENDENCY]},
            "dev-dependencies": {"*": [_DEPENDENCY]},
        }
    ],
}
"""The types of the keys that uv writes and that are read here."""


@dataclass(frozen=True, slots=True)
class LockedDependency:
    """What a package asks for: a normalised name, extras, and the condition under which it does."""

    name: str
    extras: tuple[str, ...] = ()
    marker: Marker | None = None


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """A package of a lock; `location` is its name there. `extras` and `groups` have what these add."""

    name: str
    version: str | None
    location: Location
    dependencies: tuple[LockedDependency, ...] = ()
    extras: Mapping[str, tuple[LockedDependency, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[LockedDependency, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UvLock:
    """A lock file of uv.

    Attributes:
        requires_python: The Python versions that it was made for; uv stops with another one.
        packages: By normalised name; a name can be there in several versions, for different markers.
        invalid: What keeps it from being read.
    """

    path: str
    requires_python: Setting | None = None
    packages: Mapping[str, tuple[LockedPackage, ...]] = field(default_factory=dict)
    invalid: tuple[ManifestProblem, ...] = ()

    def direct(self, project: str, groups: Iterable[str], python: str) -> tuple[LockedDependency, ...]:
        """What the package `project` itself asks for, with these groups, and with Python `python` on Linux."""
        found: list[LockedDependency] = []
        for package in self.packages.get(project, ()):
            found += package.dependencies
            for group in groups:
                found += package.groups.get(group, ())
        return tuple(dependency for dependency in found if applies(dependency.marker, python) is not False)

    def installed(self, direct: Iterable[LockedDependency], python: str) -> dict[str, LockedPackage]:
        """Everything that is installed for `direct`, by name."""
        found: dict[str, LockedPackage] = {}
        seen: set[tuple[str, str]] = set()
        waiting = list(direct)
        while waiting:
            dependency = waiting.pop()
            for package in self.packages.get(dependency.name, ()):
                found.setdefault(package.name, package)
                for extra in ("", *dependency.extras):
                    if (package.name, extra) not in seen:
                        seen.add((package.name, extra))
                        wanted = package.extras.get(extra, ()) if extra else package.dependencies
                        waiting += [item for item in wanted if applies(item.marker, python) is not False]
        return found


def read_lock(project: Project, path: str) -> UvLock | None:
    """The lock at `path`, remembered by the project; None where there is none."""
    return project.remember(("uv lock", path), lambda: _read(project, path))


def _read(project: Project, path: str) -> UvLock | None:
    document = read_toml(project, path)
    if document is None:
        return None
    if document.problem:
        return UvLock(path, invalid=(ManifestProblem.unreadable(path, document.problem),))
    problems = [
        ManifestProblem(
            f"`{'.'.join(map(str, keys))}` has to be {expected}", Location(path, document.value_range(*keys))
        )
        for keys, expected in mismatches(document.values, SHAPE)
    ]
    if "version" not in document.values:
        problems.append(ManifestProblem("`version` is missing", Location(path, FILE_START)))
    requires = document.get("requires-python")
    packages: dict[str, tuple[LockedPackage, ...]] = {}
    for package in _packages(document, path) if not problems else ():
        packages[package.name] = (*packages.get(package.name, ()), package)
    return UvLock(
        path,
        Setting(requires, Location(path, document.value_range("requires-python"))) if requires is not None else None,
        packages,
        tuple(problems),
    )


def _packages(document: TomlDocument, path: str) -> Iterator[LockedPackage]:
    """The packages of a document of the right shape."""
    for index, package in enumerate(document.values.get("package", ())):
        if "name" in package:
            yield LockedPackage(
                name=str(canonicalize_name(package["name"])),
                version=package.get("version"),
                location=Location(path, document.value_range("package", index, "name")),
                dependencies=_dependencies(package.get("dependencies", ())),
                extras=_named(package.get("optional-dependencies", {})),
                groups=_named(package.get("dev-dependencies", {})),
            )


def _named(tables: dict[str, Any]) -> dict[str, tuple[LockedDependency, ...]]:
    return {str(canonicalize_name(name)): _dependencies(found) for name, found in tables.items()}


def _dependencies(entries: Iterable[dict[str, Any]]) -> tuple[LockedDependency, ...]:
    return tuple(
        LockedDependency(
            str(canonicalize_name(entry["name"])),
            tuple(str(canonicalize_name(extra)) for extra in entry.get("extra", ())),
            _marker(entry.get("marker")),
        )
        for entry in entries
        if "name" in entry
    )


def _marker(text: str | None) -> Marker | None:
    """The condition; none where it cannot be read, as if what it is about were always installed."""
    try:
        return parse_marker(text) if text else None
    except InvalidMarker:
        return None
