"""The lines of a requirements file as pip joins and strips them, with the way back to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"(^|\s+)#.*$")


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """A line after joining, without comment and surrounding space.

    Attributes:
        pieces: Where each stretch of `text` comes from: its start in `text`, its start in the file (both from 0).
    """

    text: str
    pieces: tuple[tuple[int, int], ...]

    def offset(self, index: int) -> int:
        """The offset in the file of the character at `index`; one past the end is behind the last character."""
        inner = min(index, max(len(self.text) - 1, 0))
        start, place = self.pieces[bisect_right(self.pieces, (inner, 1 << 62)) - 1]
        return place + index - start


def logical_lines(text: str) -> Iterator[LogicalLine]:
    """The lines of `text` that hold something, as pip's `preprocess` gives them."""
    joined: list[tuple[int, str]] = []
    place = 0
    for kept in text.splitlines(keepends=True):
        line = kept.splitlines()[0] if kept.splitlines() else ""
        comment = _COMMENT.match(line)
        continues = line.endswith("\\") and not comment
        # pip sets a space before a comment line, so that it ends the text that it continues; here -1 marks it
        joined.append((place, line.strip("\\") if continues else line) if not comment else (place - 1, " " + line))
        if continues and line.startswith("\\"):
            joined[-1] = (place + len(line) - len(line.lstrip("\\")), joined[-1][1])
        place += len(kept)
        if not continues:
            yield from _finished(joined)
            joined = []
    yield from _finished(joined)


def _finished(parts: list[tuple[int, str]]) -> Iterator[LogicalLine]:
    """The line that `parts` (offset in the file, text) make, if anything is left of it."""
    whole = "".join(part for _, part in parts)
    comment = _COMMENT.search(whole)
    body = whole[: comment.start()] if comment else whole
    text = body.strip()
    if not text:
        return
    skipped = len(body) - len(body.lstrip())
    pieces = []
    start = 0
    for place, part in parts:
        if part and start + len(part) > skipped:
            pieces.append((max(start - skipped, 0), place + max(skipped - start, 0)))
        start += len(part)
    yield LogicalLine(text, tuple(pieces))
