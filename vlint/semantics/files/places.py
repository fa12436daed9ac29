"""Files of a project that a path which leads to nothing may have meant."""

from __future__ import annotations

import difflib
import posixpath
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.tree import Kind, Tree

MAXIMUM_ENTRIES = 3000
"""How many files are looked at in search of one of a name."""

MAXIMUM_SAMPLE = 50
"""How many entries of a directory stand for all of them."""

_LEFT_OUT = frozenset({"node_modules", "venv", "__pycache__", "site-packages"})


def beside_case(tree: Tree, path: str) -> str | None:
    """The one path that differs from `path` in the case of its letters alone, or None."""
    actual = ""
    for part in path.split("/"):
        below = f"{actual}/{part}" if actual else part
        if tree.kind(below) is None:
            same = [name for name in tree.list(actual) if name.casefold() == part.casefold()]
            if len(same) != 1:
                return None
            below = f"{actual}/{same[0]}" if actual else same[0]
        actual = below
    return actual if actual != path else None


def similar_name(tree: Tree, path: str, kind: Kind | None) -> str | None:
    """The one file in the same directory whose name is nearest to the one in `path`, or None."""
    directory, _, name = path.rpartition("/")
    names = [n for n in tree.list(directory) if _fits(tree, posixpath.join(directory, n), kind)]
    close = difflib.get_close_matches(name, names, n=2, cutoff=0.8)
    if not close or (len(close) > 1 and _likeness(name, close[0]) == _likeness(name, close[1])):
        return None
    return posixpath.join(directory, close[0])


def _likeness(name: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, name).ratio()


def only_one_like(tree: Tree, path: str, kind: Kind | None) -> str | None:
    """The project's only file with the name at the end of `path`, or None."""
    name = path.rpartition("/")[2]
    found: list[str] = []
    for count, candidate in enumerate(_walk(tree, "")):
        if count > MAXIMUM_ENTRIES or len(found) > 1:
            return None
        if candidate.rpartition("/")[2] == name and _fits(tree, candidate, kind):
            found.append(candidate)
    return found[0] if len(found) == 1 else None


def files_below(tree: Tree, directory: str) -> list[str]:
    """The first files of the project below a directory, hidden ones and dependencies left out."""
    return [path for path in islice(_walk(tree, directory), MAXIMUM_SAMPLE) if tree.is_file(path)]


def _fits(tree: Tree, path: str, kind: Kind | None) -> bool:
    there = tree.kind(path)
    return there is not None and (kind is None or there is kind)


def _walk(tree: Tree, directory: str) -> Iterator[str]:
    waiting = [directory]
    while waiting:
        current = waiting.pop(0)
        for name in tree.list(current):
            if name.startswith(".") or name in _LEFT_OUT:
                continue
            path = f"{current}/{name}" if current else name
            yield path
            if tree.is_directory(path):
                waiting.append(path)
