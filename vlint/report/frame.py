"""The code frame: the lines that a finding is about, with a mark under the range. Widths are terminal cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from vlint.report.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.text import Range, Source

TAB = 4
"""Tab stops stand every so many cells."""

CONTEXT = 1
"""Lines shown before and behind the range."""

MOST_LINES = 6
"""A longer range is shown by its first and last lines."""

MOST_CELLS = 200
"""A longer line is cut where no terminal gives a width."""

MOST_CHARACTERS = 2000
"""No more of a line than this is looked at: a file may be one line of megabytes."""


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A line of source as it is shown, and the part of it to mark: where the mark starts and how wide it is."""

    number: int
    text: str
    mark: tuple[int, int] | None


def frame(source: Source, span: Range, *, mark_style: str, width: int | None, context: int = CONTEXT) -> Iterator[Text]:
    """The frame around `span` line by line, the gutter included.

    Args:
        source: The file's text.
        span: What to mark.
        mark_style: The style of the mark, as rich names it.
        width: The terminal's width in cells, or None.
        context: How many lines to show before and behind the range.
    """
    numbers = _numbers(source, span, context)
    gutter = len(str(max(number for number in numbers if number)))
    room = max((width or MOST_CELLS) - gutter - 3, 20)
    yield Text(f"{' ' * gutter} |", "cyan")
    for number in numbers:
        if number is None:
            yield Text("…".rjust(gutter) + " |", "cyan")
            continue
        line = crop(frame_line(source, span, number), room)
        shown = Text(f"{number:>{gutter}} | ", "cyan")
        shown.append(line.text, "default")
        yield _stripped(shown)
        if line.mark:
            start, length = line.mark
            marks = Text(f"{' ' * gutter} | ", "cyan")
            marks.append(" " * start + "^" * length, mark_style)
            yield marks
    if context:
        yield Text(f"{' ' * gutter} |", "cyan")


def frame_line(source: Source, span: Range, number: int) -> FrameLine:
    """Line `number` of `source` with its part of `span`."""
    line = source.line(number)
    if not span.start.line <= number <= span.end.line:
        return FrameLine(number, _expanded(line[:MOST_CHARACTERS]), None)
    first = span.start.column - 1 if number == span.start.line else len(line) - len(line.lstrip())
    last = span.end.column - 1 if number == span.end.line else len(line.rstrip())
    begin = max(min(first, len(line)) - MOST_CHARACTERS // 2, 0)  # what lies further away is never shown
    shown = _expanded(line[begin : begin + MOST_CHARACTERS])
    if first >= last and number != span.start.line:
        return FrameLine(number, shown, None)
    start, end = cell_len(_expanded(line[begin:first])), cell_len(_expanded(line[begin:last]))
    return FrameLine(number, shown, (start, max(end - start, 1)))


def crop(line: FrameLine, room: int) -> FrameLine:
    """`line` in at most `room` cells, with the start of the mark in sight."""
    if cell_len(line.text) <= room:
        return line
    start, length = line.mark or (0, 0)
    left = 0 if start + min(length, room // 2) < room - 1 else max(start - room // 3, 0)
    text = _slice(line.text, left, room - 1 - bool(left))
    rest = cell_len(line.text) > left + cell_len(text)
    text = "…" * bool(left) + text + "…" * rest
    if line.mark is None:
        return FrameLine(line.number, text, None)
    start = start - left + bool(left)
    return FrameLine(line.number, text, (start, max(min(length, cell_len(text) - start), 1)))


def _numbers(source: Source, span: Range, context: int) -> list[int | None]:
    """The numbers of the lines to show, None where some are left out."""
    start = min(max(span.start.line, 1), source.line_count)
    end = min(max(span.end.line, start), source.line_count)
    body: list[int | None] = list(range(start, end + 1))
    if len(body) > MOST_LINES:
        half = MOST_LINES // 2
        body = [*body[:half], None, *body[-half:]]
    before = list(range(max(start - context, 1), start))
    behind = list(range(end + 1, min(end + context, source.line_count) + 1))
    while before and not source.line(before[0]).strip():
        before.pop(0)
    while behind and not source.line(behind[-1]).strip():
        behind.pop()
    return [*before, *body, *behind]


def _expanded(line: str) -> str:
    """The line with tabs expanded and unseen characters made visible."""
    shown = ""
    for piece in re.split("(\t)", line):
        shown += " " * (TAB - cell_len(shown) % TAB) if piece == "\t" else visible(piece)
    return shown


def _slice(text: str, left: int, room: int) -> str:
    """The part of `text` from cell `left` on, in at most `room` cells."""
    shown = ""
    cell = 0
    for character in text:
        width = cell_len(character)
        if cell >= left:
            if cell - left + width > room:
                break
            shown += character
        cell += width
    return shown


def _stripped(text: Text) -> Text:
    text.rstrip()
    return text
