"""Comments that silence a finding, as edits: each is tried on the text before it is offered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vlint.finding import Edit
from vlint.suppressions import Suppression, suppressions_in
from vlint.syntax.check import flaw
from vlint.text import Position, Range, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Finding

_HEAD = re.compile(r"#!|[ \t\f]*#.*?coding[:=]")
_MAXIMUM_LINES = 200


def ignore_on_line(path: str, text: str, finding: Finding) -> Edit | None:
    """The edit that silences `finding` by a comment on its line; None where no comment can.

    Args:
        path: The file, from the root: its name says how comments are written in it.
        text: Its text.
        finding: A finding in it.
    """
    present = [known for known in suppressions_in(path, text) if known.lines and known.codes and known.covers(finding)]
    source = Source(text)
    for known in present:
        return _with_code(path, source, known, finding.code)
    for line in _candidates(source, finding):
        column = len(source.line(line).rstrip()) + 1
        edit = Edit(path, _empty(line, column), f"  # vlint: ignore[{finding.code}]")
        if _silences(edit, source, finding):
            return edit
    return None


def ignore_in_file(path: str, text: str, finding: Finding) -> Edit | None:
    """The edit that silences a rule in the whole file; None where no comment can."""
    source = Source(text)
    for known in suppressions_in(path, text):
        if known.lines is None and known.codes:
            return _with_code(path, source, known, finding.code)
    line = 1
    while line <= min(2, source.line_count) and path.endswith(".py") and _HEAD.match(source.line(line)):
        line += 1
    newline = "\r\n" if "\r\n" in text else "\n"
    comment = f"# vlint: ignore-file[{finding.code}]{newline}"
    if line > source.line_count:
        line, comment = source.line_count, newline + comment
        edit = Edit(path, _empty(line, len(source.line(line)) + 1), comment)
    else:
        edit = Edit(path, _empty(line, 1), comment)
    return edit if _silences(edit, source, finding) else None


def _with_code(path: str, source: Source, known: Suppression, code: str) -> Edit:
    """The edit that adds `code` to the codes of a comment."""
    end = known.range.end
    return Edit(path, _empty(end.line, end.column - 1), f", {code}")


def _candidates(source: Source, finding: Finding) -> Iterator[int]:
    """Lines that may take the comment: those of the finding, then those around it (a string may span the nearer)."""
    first, last = finding.range.start.line, min(finding.range.end.line, source.line_count)
    yield first
    yield last
    yield from range(last + 1, min(last + _MAXIMUM_LINES, source.line_count + 1))
    yield from range(first - 1, max(first - _MAXIMUM_LINES, 0), -1)


def _silences(edit: Edit, source: Source, finding: Finding) -> bool:
    """Whether the comment is one where it stands, silences the finding and leaves the code as valid as it was."""
    offset = source.offset(edit.range.start)
    text = source.text[:offset] + edit.text + source.text[offset:]
    shift = edit.text.count("\n") if edit.range.start.line <= finding.range.start.line else 0
    moved = _moved(finding, shift)
    added = [known for known in suppressions_in(edit.path, text) if [c.code for c in known.codes] == [finding.code]]
    if not any(known.covers(moved) for known in added):
        return False
    return not edit.path.endswith(".py") or flaw(text) is None or flaw(source.text) is not None


def _moved(finding: Finding, lines: int) -> Finding:
    from dataclasses import replace

    start, end = finding.range.start, finding.range.end
    span = Range(Position(start.line + lines, start.column), Position(end.line + lines, end.column))
    return replace(finding, range=span)


def _empty(line: int, column: int) -> Range:
    return Range(Position(line, column), Position(line, column))
