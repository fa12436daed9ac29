"""npm's version ranges, as `engines.node` has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semantic_version import NpmSpec, Version
from semantic_version.base import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE_BEHIND_OPERATOR = re.compile(r"(?<=[<>=~^])\s+")
_BEYOND = 1_000_000  # no release has a part this high


def admits_any(text: str, wanted: str) -> bool | None:
    """Whether the range `text` and the range `wanted` (`20.x`) have a version in common; None for no valid range."""
    try:
        engine, allowed = NpmSpec(_SPACE_BEHIND_OPERATOR.sub("", text)), NpmSpec(wanted)
    except ValueError:
        return None
    return any(version in engine and version in allowed for version in _candidates(engine, allowed))


def _candidates(*ranges: NpmSpec) -> Iterator[Version]:
    """Versions at and beside every bound: two ranges that meet at all have one of these in common."""
    for spec in ranges:
        for bound in _bounds(spec.clause):
            target = bound.target
            yield target.truncate()
            yield target.next_patch()
            yield Version(major=target.major, minor=target.minor, patch=_BEYOND)
            yield Version(major=target.major, minor=_BEYOND, patch=0)
            before = _before(target)
            if before is not None:
                yield before


def _before(version: Version) -> Version | None:
    """The last version that can be below `version`."""
    if version.patch:
        return Version(major=version.major, minor=version.minor, patch=version.patch - 1)
    if version.minor:
        return Version(major=version.major, minor=version.minor - 1, patch=_BEYOND)
    if version.major:
        return Version(major=version.major - 1, minor=_BEYOND, patch=0)
    return None


def _bounds(clause: object) -> Iterator[Range]:
    """The bounds of a clause, however nested (`||` of ranges of bounds)."""
    if isinstance(clause, Range):
        yield clause
    for inner in getattr(clause, "clauses", ()):
        yield from _bounds(inner)
