"""Positions in a text: offsets, lines and columns, and UTF-16 for those who count in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_BREAK = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters: `line` and `column` count from 1, columns in characters (code points)."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A stretch of text from `start` up to, and without, `end`."""

    start: Position
    end: Position


FILE_START = Range(Position(1, 1), Position(1, 1))
"""The range of a finding about a file as a whole."""


class Source:
    """A text and the offsets of its lines.

    Lines end with LF, CRLF or a lone CR, as Python and the language server protocol have it; a form feed does not
    end a line. Offsets count characters from 0.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @property
    def line_count(self) -> int:
        """The number of lines; a text that ends with a line end has an empty last line."""
        return len(self._line_starts)

    def position(self, offset: int) -> Position:
        """The position of `offset`, which is clamped to the text."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def range(self, start: int, end: int) -> Range:
        """The range between two offsets."""
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of `position`; a place past the end of its line or of the text is clamped to that end."""
        if position.line < 1:
            return 0
        if position.line > self.line_count:
            return len(self.text)
        start = self._line_starts[position.line - 1]
        return min(start + max(position.column, 1) - 1, start + len(self.line(position.line)))

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line end.

        Raises:
            IndexError: there is no such line.
        """
        if not 1 <= number <= self.line_count:
            raise IndexError(number)
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < self.line_count else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def edited(self, text: str, start: int, end: int) -> Source:
        """The source of `text`, which differs from this one's between the offsets `start` and `end` of it alone."""
        source = Source(text)
        longer = len(text) - len(self.text)
        within_line = _LINE_BREAK.search(self.text[start:end] + text[start : end + longer]) is None
        if within_line and "\r" not in text[max(start - 1, 0) : start] and "_line_starts" in self.__dict__:
            index = bisect_right(self._line_starts, start)
            source._line_starts = [*self._line_starts[:index], *(at + longer for at in self._line_starts[index:])]
        return source

    def slice(self, span: Range) -> str:
        """The text that `span` covers."""
        return self.text[self.offset(span.start) : self.offset(span.end)]


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units of `text`."""
    return len(text) + sum(character > "\uffff" for character in text)


def line_ends(text: str) -> int:
    """The number of line ends in `text`."""
    return text.count("\n") if "\r" not in text else len(_LINE_END.findall(text))


def changed_part(old: str, new: str) -> tuple[int, int]:
    """Start and end (exclusive) of the part of `old` that `new` has another text for; the smallest there is."""
    limit = min(len(old), len(new))
    start = _agreement(limit, lambda low, high: old[low:high] == new[low:high])
    end = _agreement(limit - start, lambda low, high: _tail(old, low, high) == _tail(new, low, high))
    return start, len(old) - end


def _agreement(limit: int, agree: Callable[[int, int], bool]) -> int:
    """The largest number up to `limit` below which everything agrees; `agree` compares a stretch."""
    low, high = 0, limit
    if agree(0, limit):
        return limit
    while high - low > 1:
        middle = (low + high) // 2
        if agree(low, middle):
            low = middle
        else:
            high = middle
    return low


def _tail(text: str, low: int, high: int) -> str:
    """What stands between two distances from the end of `text`."""
    return text[len(text) - high : len(text) - low]
