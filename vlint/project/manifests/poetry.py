"""Poetry's own tables of dependencies, from before (and beside) the standard's `[project]`.

A constraint of Poetry's is one of PEP 440, or has its caret, its tilde, a wildcard or `||`
(https://python-poetry.org/docs/dependency-specification/).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from packaging.markers import InvalidMarker, Marker
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from vlint.finding import Location
from vlint.project.manifests.manifest import Requirement
from vlint.project.manifests.markers import parse_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.toml_document import Path, TomlDocument

MAIN = ("tool", "poetry", "dependencies")
_PYTHON = "python"
_ELSEWHERE = ("git", "url", "path", "file")
_RANGE = re.compile(r"([\^~])\s*(\d+(?:\.\d+)*)\Z")
_BARE = re.compile(r"v?\d[\w.!+-]*(?:\.\*)?\Z")


def main_requirements(document: TomlDocument, path: str) -> Iterator[Requirement]:
    """What Poetry installs without being asked for more; optional packages are left out."""
    yield from _table(document, path, MAIN, "")


def other_requirements(document: TomlDocument, path: str) -> Iterator[Requirement]:
    """The requirements of Poetry's groups, each with the words for its group."""
    yield from _table(document, path, ("tool", "poetry", "dev-dependencies"), "Poetry's group `dev`")
    groups = document.get("tool", "poetry", "group")
    for name in groups if isinstance(groups, dict) else ():
        yield from _table(document, path, ("tool", "poetry", "group", name, "dependencies"), f"Poetry's group `{name}`")


def _table(document: TomlDocument, path: str, keys: Path, group: str) -> Iterator[Requirement]:
    table = document.get(*keys)
    for name, value in table.items() if isinstance(table, dict) else ():
        if name.lower() == _PYTHON:
            continue
        location = Location(path, document.key_range(*keys, name))
        for alternative in value if isinstance(value, list) else [value]:
            found = _requirement(name, alternative, location, group)
            if found is not None:
                yield found


def _requirement(name: str, value: Any, location: Location, group: str) -> Requirement | None:
    table = value if isinstance(value, dict) else {"version": value}
    if table.get("optional") is True:
        return None
    extras = table.get("extras")
    return Requirement(
        name=canonicalize_name(name),
        specifier=specifier(table.get("version")),
        location=location,
        extras=frozenset(
            canonicalize_name(extra) for extra in (extras if isinstance(extras, list) else ()) if isinstance(extra, str)
        ),
        marker=_marker(table.get("markers")),
        url=next((str(table[key]) for key in _ELSEWHERE if key in table), None),
        group=group,
    )


def specifier(constraint: Any) -> SpecifierSet:
    """The constraint as PEP 440 has it; no bound at all where it cannot be said in one set (`||`, a wrong text)."""
    if not isinstance(constraint, str) or "|" in constraint:
        return SpecifierSet()
    try:
        return SpecifierSet(",".join(_bounds(part.strip()) for part in constraint.split(",")))
    except InvalidSpecifier:
        return SpecifierSet()


def _bounds(part: str) -> str:
    if part in ("*", ""):
        return ""
    match = _RANGE.match(part)
    if match:
        numbers = [int(number) for number in match[2].split(".")]
        return f">={match[2]},<{_next(numbers) if match[1] == '^' else _after_tilde(numbers)}"
    return f"=={part.removeprefix('v')}" if _BARE.match(part) else part


def _next(numbers: list[int]) -> str:
    """What a caret stops at: the first part that is not 0 counts on, or the last one where all are."""
    place = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    return ".".join(map(str, [*numbers[:place], numbers[place] + 1]))


def _after_tilde(numbers: list[int]) -> str:
    """What Poetry's tilde stops at: the next minor version, or the next major one where only that is written."""
    place = min(len(numbers), 2) - 1
    return ".".join(map(str, [*numbers[:place], numbers[place] + 1]))


def _marker(text: Any) -> Marker | None:
    try:
        return parse_marker(text) if isinstance(text, str) and text else None
    except InvalidMarker:
        return None
