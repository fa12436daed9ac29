"""Where the routes of a project's files collide.

The platform compares the paths of all files it deploys, whatever their language or kind, without their extensions.
Two segments in brackets at the same position with different names collide, and so do two paths that are the same
once every `[name]` is taken for one and the same word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from vlint.project.collation import collation_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BRACKETS = re.compile(r"\[.*\]")
_PLACEHOLDER = "1"
"""What the platform puts for `[name]` before it compares, so `api/1.py` collides with `api/[id].py`."""


@dataclass(frozen=True, slots=True)
class RouteConflict:
    """A function whose route the platform refuses.

    Attributes:
        path: The function's file.
        others: The files it collides with, in the platform's order; empty where it collides with itself.
        segment: The name that stands twice in its path, or None.
    """

    path: str
    others: tuple[str, ...] = ()
    segment: str | None = None


def route_conflicts(built: Iterable[str], files: Iterable[str]) -> Iterator[RouteConflict]:
    """The conflicts of the functions `built` among all `files`, in the order in which the platform looks.

    The platform stops at the first.
    """
    order = sorted(files, key=_order)
    index = _Index(order)
    wanted = set(built)
    for path in order:
        if path in wanted:
            segment = repeated_segment(path)
            if segment is not None:
                yield RouteConflict(path, segment=segment)
            elif others := index.others(path):
                yield RouteConflict(path, others=others)


def repeated_segment(path: str) -> str | None:
    """The name that stands in two brackets of `path`, or None."""
    seen: set[str] = set()
    for segment in path.split("/"):
        name = segment_name(segment)
        if name and name in seen:
            return name
        if name:
            seen.add(name)
    return None


def segment_name(segment: str) -> str | None:
    """`id` of `[id]` or `[id].py`; None where there are no brackets around it."""
    stem = _stem(segment)
    return stem[1:-1] if stem.startswith("[") and stem.endswith("]") and len(stem) > 1 else None


@dataclass
class _Node:
    """A step of the paths: what follows it, by segment; segments in brackets are the same if their names are."""

    literal: dict[str, _Node] = field(default_factory=dict)
    named: dict[str, _Node] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @cached_property
    def below(self) -> list[str]:
        """Every file whose path goes through here, itself included."""
        found: list[str] = []
        waiting = [self]
        while waiting:
            node = waiting.pop()
            found += node.files
            waiting += [*node.literal.values(), *node.named.values()]
        return found


class _Index:
    """The files by what the platform compares."""

    def __init__(self, files: Sequence[str]) -> None:
        self._rank = {path: rank for rank, path in enumerate(files)}
        self._same: dict[str, list[str]] = {}
        self._root = _Node()
        for path in files:
            self._same.setdefault(_comparable(path), []).append(path)
            node = self._root
            for segment in path.split("/"):
                name = segment_name(segment)
                children, key = (node.named, name) if name else (node.literal, segment)
                node = children.setdefault(key, _Node())
            node.files.append(path)

    def others(self, path: str) -> tuple[str, ...]:
        """The files that collide with `path`."""
        found = set(self._same[_comparable(path)])
        node = self._root
        for segment in path.split("/"):
            name = segment_name(segment)
            if name:
                for other, child in node.named.items():
                    if other != name:
                        found.update(child.below)
            node = node.named[name] if name else node.literal[segment]
        return tuple(sorted(found - {path}, key=self._rank.__getitem__))


def _comparable(path: str) -> str:
    directory, _, last = path.rpartition("/")
    joined = re.sub("/{2,}", "/", f"{directory}/{_stem(last)}")
    return "/".join(_BRACKETS.sub(_PLACEHOLDER, segment, count=1) for segment in joined.split("/"))


def _stem(segment: str) -> str:
    """A name without its last extension; a full stop at its beginning begins none."""
    stem, dot, _ = segment.rpartition(".")
    return stem if dot and stem else segment


def _order(path: str) -> tuple[object, ...]:
    """Deeper paths first, then those with fewer brackets at their end, then by name as a reader sorts them."""
    segments = path.split("/")
    brackets = 0
    for segment in segments:
        brackets = brackets + 1 if segment_name(segment) else 0
    return (-len(segments), brackets, collation_key(path))
