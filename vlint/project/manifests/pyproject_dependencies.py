"""What a `pyproject.toml` asks for: dependencies, extras and groups (PEP 621, PEP 735), Poetry's and uv's tables.

Which groups are installed is a fact of the platform's installer: `uv sync` takes the groups of `default-groups`, and
with `--no-dev` all of them but `dev`; extras it resolves along, and installs none. (Seen by running uv 0.10.11 with the
arguments that npm `@vercel/python` 6.58.0 passes.)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from vlint.finding import Location
from vlint.project.manifests import poetry
from vlint.project.manifests.manifest import ManifestProblem, Requirement
from vlint.project.manifests.requirement_text import Refusal, parse_requirement
from vlint.project.manifests.requirements_file import write_two_equals_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vlint.platform import DependencyFacts
    from vlint.project.manifests.toml_document import Path, TomlDocument

_DEPENDENCIES = ("project", "dependencies")
_EXTRAS = ("project", "optional-dependencies")
_GROUPS = ("dependency-groups",)
_UV = ("tool", "uv")
_SOURCE_PLACES = ("git", "url", "path", "workspace")
_INCLUDE = "include-group"


@dataclass
class PyprojectDependencies:
    """The requirements of a `pyproject.toml`, sorted by what becomes of them.

    Attributes:
        installed: The project's own, and those of groups that are installed by default.
        aside: Those of extras and of other groups: resolved together with the others, but not installed.
        foreign: Those that only Poetry reads.
        groups: The groups that are installed, normalised.
        rejected: What is no requirement, and groups that do not exist or go round in a circle.
        complete: Whether `installed` is known to be all.
    """

    document: TomlDocument
    path: str
    facts: DependencyFacts
    installed: list[Requirement] = field(default_factory=list)
    aside: list[Requirement] = field(default_factory=list)
    foreign: list[Requirement] = field(default_factory=list)
    rejected: list[ManifestProblem] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)
    complete: bool = True

    def __post_init__(self) -> None:
        dynamic = self.document.get("project", "dynamic")
        is_dynamic = isinstance(dynamic, list) and "dependencies" in dynamic
        main = list(poetry.main_requirements(self.document, self.path))
        is_poetry = not self._has_project or (is_dynamic and self._is_built_by_poetry)
        self.installed += self.strings(_DEPENDENCIES, "")
        unread = f"`[{'.'.join(poetry.MAIN)}]`, which the platform does not read"
        self.installed += main if is_poetry else ()
        self.foreign += () if is_poetry else (replace(item, group=unread) for item in main)
        self.foreign += poetry.other_requirements(self.document, self.path)
        self.complete &= self._has_project and (not is_dynamic or self._is_built_by_poetry)
        extras = dict(self._extras())
        groups = _Groups(self)
        self.installed += groups.installed
        self.aside += [item for found in extras.values() for item in found]
        self.aside += groups.left_out
        self.groups = groups.chosen
        self._install_own_extras(extras)
        sources: dict[str, str] = {canonicalize_name(name): place for name, place in self._sources()}
        for found in (self.installed, self.aside):
            found[:] = [replace(item, url=item.url or sources.get(item.name)) for item in found]
        self._limit()

    @property
    def _has_project(self) -> bool:
        return isinstance(self.document.get("project"), dict)

    @property
    def _is_built_by_poetry(self) -> bool:
        backend = self.document.get("build-system", "build-backend")
        return isinstance(backend, str) and backend.startswith("poetry.")

    def _extras(self) -> Iterator[tuple[str, list[Requirement]]]:
        extras = self.document.get(*_EXTRAS)
        for name in extras if isinstance(extras, dict) else ():
            yield canonicalize_name(name), list(self.strings((*_EXTRAS, name), f"the extra `{name}`"))

    def _install_own_extras(self, extras: dict[str, list[Requirement]]) -> None:
        """A project can ask for its own extras (`app[web]`), which installs them after all."""
        name = self.document.get("project", "name")
        own = canonicalize_name(name) if isinstance(name, str) else None
        waiting = [item for item in self.installed if item.name == own]
        while waiting:
            for extra in waiting.pop().extras:
                found = extras.pop(extra, [])
                self.installed += found
                waiting += [item for item in found if item.name == own]

    def _limit(self) -> None:
        """uv's constraints, which ask for nothing, and its overrides, which stand in for what the others say."""
        constraints = self.strings((*_UV, "constraint-dependencies"), "`constraint-dependencies`")
        overrides = {
            item.name: item for item in self.strings((*_UV, "override-dependencies"), "`override-dependencies`")
        }
        for found in (self.installed, self.aside):
            found[:] = [
                replace(item, specifier=overrides[item.name].specifier) if item.name in overrides else item
                for item in found
            ]
        self.installed += (replace(item, constrains=True) for item in constraints if item.name not in overrides)

    def _sources(self) -> Iterator[tuple[str, str]]:
        """The packages that uv takes from somewhere else than an index, with that place."""
        sources = self.document.get(*_UV, "sources")
        for name, value in sources.items() if isinstance(sources, dict) else ():
            for source in value if isinstance(value, list) else [value]:
                place = next((source[key] for key in _SOURCE_PLACES if key in source), None) if source else None
                if place is not None:
                    yield name, str(place)

    def strings(self, keys: Path, group: str) -> Iterator[Requirement]:
        """The requirements of the array of strings at `keys`."""
        array = self.document.get(*keys)
        for index, text in enumerate(array if isinstance(array, list) else ()):
            if isinstance(text, str):
                found = self.requirement(text, (*keys, index), group)
                if found is not None:
                    yield found
            elif not group:
                self.complete = False

    def requirement(self, text: str, keys: Path, group: str) -> Requirement | None:
        """The requirement `text` that stands at `keys`; None, and a problem told, where it is none."""
        parsed = parse_requirement(text)
        if isinstance(parsed, Refusal):
            where = Location(self.path, self.document.character_range(parsed.start, parsed.end, *keys))
            fix = write_two_equals_signs(where) if parsed.is_single_equals else None
            message = f"`{text}` is no requirement: {parsed.reason}"
            in_group = keys[0] in _GROUPS
            self.rejected.append(ManifestProblem(message, where, fix=fix, resolving_only=not in_group))
            self.complete &= bool(group)
            return None
        return Requirement(
            name=canonicalize_name(parsed.name),
            specifier=parsed.specifier,
            location=Location(self.path, self.document.value_range(*keys)),
            extras=frozenset(canonicalize_name(extra) for extra in parsed.extras),
            marker=parsed.marker,
            url=parsed.url,
            group=group,
        )

    def reject(self, message: str, keys: Path) -> None:
        """Tell a problem with the value at `keys`."""
        self.rejected.append(ManifestProblem(message, Location(self.path, self.document.value_range(*keys))))


@dataclass
class _Groups:
    """The groups of a file (PEP 735), with uv's old list of development dependencies as a part of its group."""

    of: PyprojectDependencies
    installed: list[Requirement] = field(default_factory=list)
    left_out: list[Requirement] = field(default_factory=list)

    def __post_init__(self) -> None:
        table = self.of.document.get(*_GROUPS)
        names = [name for name in table if isinstance(table[name], list)] if isinstance(table, dict) else []
        self._names: dict[str, str] = {}
        for name in names:
            if self._names.setdefault(str(canonicalize_name(name)), name) != name:
                self.of.reject("a group of this name is there already, in another spelling", (*_GROUPS, name))
        self._own = {group: self._entries(group) for group in self._names}
        self.chosen = self._reached(self._chosen())
        for group, (requirements, _) in self._own.items():
            (self.installed if group in self.chosen else self.left_out).extend(requirements)
        self.left_out += self.of.strings((*_UV, "dev-dependencies"), "the group `dev`")
        self._check_includes()

    @property
    def _has_old_list(self) -> bool:
        return self.of.document.get(*_UV, "dev-dependencies") is not None

    def _entries(self, group: str) -> tuple[list[Requirement], dict[str, Path]]:
        """A group's own requirements, and the groups that it includes with where it does."""
        name = self._names[group]
        requirements: list[Requirement] = []
        included: dict[str, Path] = {}
        for index, entry in enumerate(self.of.document.get(*_GROUPS, name)):
            keys = (*_GROUPS, name, index)
            if isinstance(entry, str):
                found = self.of.requirement(entry, keys, f"the group `{name}`")
                requirements += [found] if found else []
            elif isinstance(entry, dict) and isinstance(entry.get(_INCLUDE), str):
                included[str(canonicalize_name(entry[_INCLUDE]))] = (*keys, _INCLUDE)
            elif isinstance(entry, dict) and _INCLUDE not in entry:
                self.of.reject(f"this is neither a requirement nor a `{{{_INCLUDE} = …}}`", keys)
        return requirements, included

    def _chosen(self) -> Iterable[str]:
        """The groups that are installed without being asked for."""
        keys = (*_UV, "default-groups")
        wanted: Any = self.of.document.get(*keys)
        if wanted is None:
            names = list(self.of.facts.default_groups)
        elif wanted == "all":
            names = list(self._names)
        else:
            names = []
            for index, name in enumerate(wanted if isinstance(wanted, list) else ()):
                group = str(canonicalize_name(name)) if isinstance(name, str) else ""
                names.append(group)
                if group not in self._names and not (group in self.of.facts.default_groups and self._has_old_list):
                    self.of.reject(f"`{name}` is none of the groups in `[dependency-groups]`", (*keys, index))
        return [name for name in names if name not in self.of.facts.groups_left_out]

    def _reached(self, groups: Iterable[str]) -> set[str]:
        """`groups`, and all that they include."""
        found: set[str] = set()
        waiting = [group for group in groups if group in self._own]
        while waiting:
            group = waiting.pop()
            if group not in found:
                found.add(group)
                waiting += [other for other in self._own[group][1] if other in self._own]
        return found

    def _check_includes(self) -> None:
        for group, (_, included) in self._own.items():
            for other, keys in included.items():
                if other not in self._own:
                    self.of.reject(f"`{other}` is none of the groups in `[dependency-groups]`", keys)
                elif group in self._reached([other]):
                    self.of.reject(f"`{other}` includes `{self._names[group]}` again: the groups go in a circle", keys)
