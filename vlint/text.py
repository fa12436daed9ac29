"""Positions in a text: offsets, lines and columns, and UTF-16 for those who count in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_LINE_END = re.compile(r"\r\n|\r|\n")


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

    def slice(self, span: Range) -> str:
        """The text that `span` covers."""
        return self.text[self.offset(span.start) : self.offset(span.end)]


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units of `text`."""
    return len(text) + sum(character > "\uffff" for character in text)
