"""Where in a TOML string, as it is written, each character of its value stands."""

from __future__ import annotations

import re

_DELIMITERS = ('"""', "'''", '"', "'")
_BASIC_PART = re.compile(
    r"\\[ \t]*\r?\n[ \t\r\n]*"  # a line continued: it and the space behind it say nothing
    r"|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}|\\."
    r"|\r\n|.",
    re.DOTALL,
)
_LITERAL_PART = re.compile(r"\r\n|.", re.DOTALL)
_FIRST_LINE_END = re.compile(r"\r?\n")


def character_offsets(written: str) -> list[int]:
    """The offset in `written` (with its quotes) of each character of the value, and of the closing quotes."""
    quotes = next(quotes for quotes in _DELIMITERS if written.startswith(quotes))
    start, end = len(quotes), len(written) - len(quotes)
    if len(quotes) == 3 and (line_end := _FIRST_LINE_END.match(written, start)):
        start = line_end.end()
    part = _BASIC_PART if quotes[0] == '"' else _LITERAL_PART
    offsets = [match.start() for match in part.finditer(written, start, end) if not _is_continuation(match[0])]
    return [*offsets, end]


def _is_continuation(part: str) -> bool:
    return len(part) > 1 and part[0] == "\\" and part[1] in " \t\r\n"
