"""The glob language of the platform's configuration: npm's minimatch 3, with its own ways.

wcmatch, the nearest thing on PyPI, differs where it matters here: a test counts the patterns. Matching keeps the set
of places in a name where the pattern so far can end, so no pattern takes more than polynomial time; the regular
expressions of minimatch itself can take forever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from vlint.project.braces import TooManyPatternsError, expand
from vlint.project.glob_segments import Segment, parse_segment

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = re.compile("/+")
_GLOBSTAR = "**"
_MAXIMUM_LENGTH = 1_000
_WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What JavaScript's `trim` removes."""


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern, ready to match.

    Attributes:
        text: The pattern as written.
        exact: Whether `matches` says what minimatch does. It may not for a few combinations that make minimatch
            contradict itself (`!(…)` inside another group), nor for a pattern of thousands of alternatives.
    """

    text: str
    exact: bool
    _negated: bool
    _dot: bool
    _alternatives: tuple[tuple[Segment | None, ...], ...]

    def matches(self, path: str) -> bool:
        """Whether the pattern matches `path`, all of it."""
        names = _SEPARATOR.split(path)
        return any(self._match(names, segments) for segments in self._alternatives) is not self._negated

    def _match(self, names: Sequence[str], segments: Sequence[Segment | None]) -> bool:
        """Whether the names match the segments, of which None stands for `**`."""
        reached = {0}  # how many names can be behind us
        for count, segment in enumerate(segments, start=1):
            last = count == len(segments)
            if segment is None:
                reached = self._swallow(names, reached, last=last)
            else:
                reached = {place + 1 for place in reached if place < len(names) and segment.matches(names[place])}
        end = len(names)
        return end in reached or (end - 1 in reached and names[-1] == "" and bool(segments))

    def _swallow(self, names: Sequence[str], reached: set[int], *, last: bool) -> set[int]:
        """Where `**` can end: behind any number of names that are not hidden; at the end of a pattern one or more."""
        ends: set[int] = set()
        for start in sorted(reached):
            place = start
            while place < len(names) and place not in ends:
                if not last or place > start:
                    ends.add(place)
                if names[place] in (".", "..") or (names[place].startswith(".") and not self._dot):
                    break
                place += 1
                if place == len(names) and last:
                    ends.add(place)
        return ends


@lru_cache(maxsize=1024)
def compile_glob(pattern: str, *, dot: bool = False) -> Glob:
    """The pattern as minimatch reads it; with `dot`, wildcards match names that start with a full stop too."""
    text = pattern.strip(_WHITE_SPACE)
    if pattern.startswith("#") or text.startswith("#"):
        return Glob(pattern, True, False, dot, ())
    if not text:
        return Glob(pattern, True, False, dot, ((parse_segment("", dot=dot),),))
    body = text.lstrip("!")
    negated = (len(text) - len(body)) % 2 == 1
    if len(text) > _MAXIMUM_LENGTH:
        return Glob(pattern, False, negated, dot, ())
    try:
        expanded = expand(body)
    except TooManyPatternsError:
        return Glob(pattern, False, negated, dot, ())
    alternatives = tuple(
        tuple(None if name == _GLOBSTAR else parse_segment(name, dot=dot) for name in _SEPARATOR.split(alternative))
        for alternative in expanded
    )
    exact = all(segment is None or segment.exact for segments in alternatives for segment in segments)
    return Glob(pattern, exact, negated, dot, alternatives)
