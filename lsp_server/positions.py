"""Positions as the client counts them (lines and columns from 0, columns in UTF-8, UTF-16 or UTF-32 units) and as vlint
does (both from 1, columns in characters)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from vlint.text import Position, Range, utf16_length

if TYPE_CHECKING:
    from vlint.text import Source


@dataclass(frozen=True, slots=True)
class Units:
    """The unit of columns that client and server agreed on."""

    encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16

    def length(self, text: str) -> int:
        """The number of units of `text`."""
        if text.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return len(text)
        if self.encoding == types.PositionEncodingKind.Utf8:
            return len(text.encode("utf-8", "surrogatepass"))
        return utf16_length(text)

    def position(self, source: Source, position: Position) -> types.Position:
        """A position of vlint's as the client counts it; one that is not in the text is moved to its line's end."""
        if position.line > source.line_count:
            return types.Position(max(position.line - 1, 0), 0)
        line = source.line(max(position.line, 1))
        return types.Position(max(position.line - 1, 0), self.length(line[: max(position.column - 1, 0)]))

    def range(self, source: Source, span: Range) -> types.Range:
        """A range of vlint's as the client counts it."""
        return types.Range(self.position(source, span.start), self.position(source, span.end))

    def from_client(self, source: Source, position: types.Position) -> Position:
        """A client's position as vlint counts it; what lies past the end of a line or of the text is moved there.

        A position inside a character (of several units) is moved behind it.
        """
        number = position.line + 1
        if number > source.line_count:
            number = source.line_count
            return Position(number, len(source.line(number)) + 1)
        line = source.line(number)
        if line.isascii() or self.encoding == types.PositionEncodingKind.Utf32:
            return Position(number, min(position.character, len(line)) + 1)
        units = 0
        for column, character in enumerate(line, start=1):
            if units >= position.character:
                return Position(number, column)
            units += self.length(character)
        return Position(number, len(line) + 1)

    def range_from_client(self, source: Source, span: types.Range) -> Range:
        """A client's range as vlint counts it."""
        return Range(self.from_client(source, span.start), self.from_client(source, span.end))
