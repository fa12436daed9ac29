"""The values that every kind of manifest is read into, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vlint.finding import Location

if TYPE_CHECKING:
    from packaging.markers import Marker
    from packaging.specifiers import SpecifierSet

    from vlint.finding import Fix
    from vlint.project.json_document import JsonProblem
    from vlint.project.manifests.toml_document import DocumentProblem


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as a file has it (any type that JSON and TOML know), and where it stands."""

    value: Any
    location: Location


@dataclass(frozen=True, slots=True)
class Requirement:
    """A distribution that a manifest asks for.

    Attributes:
        name: Normalised as PEP 503 says.
        url: Where it comes from, if not from an index; its version is then unknown.
        location: The requirement, as narrow as the file allows.
        constrains: It limits a version without asking for the distribution (a constraints file).
        group: The extra or group that it belongs to, in words (``the group dev``); empty for the project's own.
    """

    name: str
    specifier: SpecifierSet
    location: Location
    extras: frozenset[str] = frozenset()
    marker: Marker | None = None
    url: str | None = None
    constrains: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class ManifestProblem:
    """What is wrong in a manifest: `message` has no full stop; `fatal` if it stops the build that reads it.

    `only_if_read`: no tool but the platform minds. `resolving_only`: a build that installs from a lock file goes on.
    """

    message: str
    location: Location
    help: str | None = None
    fatal: bool = True
    only_if_read: bool = False
    resolving_only: bool = False
    fix: Fix | None = None

    @classmethod
    def unreadable(cls, path: str, problem: JsonProblem | DocumentProblem) -> ManifestProblem:
        """The file at `path` cannot be read at all."""
        return cls(problem.message, Location(path, problem.range))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file that says which Python or which distributions a project wants.

    Attributes:
        path: From the project root.
        format: The name of the reader, as `manifests.toml` has it.
        requirements: What is installed by default, as the manifest's own tool has it.
        aside: Requirements of groups and extras: resolved together with the others, but not installed.
        foreign: Requirements that another tool reads (Poetry's), and that the platform's does not.
        groups: The groups that are installed by default, normalised.
        declares_dependencies: Whether it is there for dependencies at all (a `pyproject.toml` can be for tools only).
        complete: Whether `requirements` are known to be all; False where a part of it cannot be read or named.
        python: The version that it asks for, in the key that the platforms know.
        unread_python: Versions in keys that no platform reads.
        invalid: What keeps it, or a key of it, from being read.
        rejected: Requirements that the installer refuses.
        refused: Why the platform's installer stops at the file as a whole, although it can be read.
        provides: The distribution that the project itself is, normalised; None where it says nothing.
        own_index: It names an index of packages other than PyPI.
        resolves_once: Its groups and extras are resolved together; False where it names some that exclude each other.
        workspace: It is the root of a uv workspace.
        members: Globs of the workspace's members, and of those left out.
    """

    path: str
    format: str
    declares_dependencies: bool = False
    requirements: tuple[Requirement, ...] = ()
    aside: tuple[Requirement, ...] = ()
    foreign: tuple[Requirement, ...] = ()
    groups: tuple[str, ...] = ()
    complete: bool = True
    python: Setting | None = None
    unread_python: tuple[Setting, ...] = ()
    invalid: tuple[ManifestProblem, ...] = ()
    rejected: tuple[ManifestProblem, ...] = ()
    refused: tuple[ManifestProblem, ...] = ()
    provides: str | None = None
    own_index: bool = False
    resolves_once: bool = True
    workspace: bool = False
    members: tuple[tuple[str, ...], tuple[str, ...]] = field(default=((), ()))

    @property
    def name(self) -> str:
        """Its name as the platform's lists have it: `requirements/prod.txt` is one name."""
        from vlint.platform.manifests import formats

        return max((name for name in formats() if f"/{self.path}".endswith(f"/{name}")), key=len)

    @property
    def directory(self) -> str:
        """The directory that it speaks for."""
        return self.path[: -len(self.name)].rstrip("/")
