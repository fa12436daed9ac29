"""Cuts the text of a module into its top-level statements, by one fast pass that parses nothing.

The pass knows what can hide the end of a statement: strings (with f-strings that nest their own quotes), comments,
brackets, continuation lines, indentation, decorators, and `else` and its like at column 0. Everything else it skips
in the regular expression engine, which is what makes it fast. It takes linear time on any text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEWLINE = r"(?:\r\n|\r|\n)"

# A line end before a line that starts at column 0 with something else than a comment: only there a statement can
# start. (A form feed sets the column back to 0.)
_TOKEN = re.compile(
    r"\"\"\"|'''"
    r"|\"[^\"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^\"\\\r\n]*)*\""
    r"|'[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'"
    r"|[\"']"
    r"|#[^\r\n]*"
    r"|\([^()\[\]{}\"'#\\\r\n]*\)"
    r"|[(\[{]|[)\]}]"
    rf"|\\{_NEWLINE}"
    r"|(?:\r\n?|\n)(?=(?:[ \t]*\f)*[^\s#])"
)
_LINE_END = re.compile(r"[\r\n]|\Z")
_LINE_START = re.compile(r"(?:[ \t]*\f)*")

# What goes on with the compound statement before it.
_CLAUSE = re.compile(r"(?:else|elif|except|finally)\b")

# What no expression can hold: on such a line at column 0, an open bracket is one that was never closed.
_STATEMENT = re.compile(
    r"(?:def|class|import|with|while|return|del|pass|raise|global|nonlocal|assert|break|continue)\b"
    r"|async[ \t]+(?:def|with)\b"
    r"|try[ \t]*:|from[ \t]+[\w.]+[ \t]+import\b"
)
_LITERAL = re.compile(r"\{\{|\}\}|[{}\"'\\\r\n]")
_REPLACEMENT = re.compile(
    r"\"\"\"|'''|\"[^\"\\\r\n]*(?:\\[\s\S][^\"\\\r\n]*)*\"|'[^'\\\r\n]*(?:\\[\s\S][^'\\\r\n]*)*'|[\"'(\[{)\]}:]|!="
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that holds one top-level statement: offsets in characters from 0, `end` exclusive.

    `damaged` says that the scan itself saw that something is broken here: a bracket or a string that never ends.
    """

    start: int
    end: int
    damaged: bool = False


def scan(text: str, start: int = 0) -> list[Piece]:
    """The pieces of `text` from `start`; they follow each other without a gap up to the end of the text.

    The first holds what stands before its statement (comments, blank lines); comments between two statements belong
    to the piece before them. An empty text has no piece.
    """
    return list(_pieces(text, start))


def first_piece(text: str, start: int) -> int | None:
    """The end of the first piece of `text` from `start`, found without a look at the others; None for a damaged one."""
    piece = next(_pieces(text, start), None)
    return None if piece is None or piece.damaged else piece.end


def _pieces(text: str, start: int) -> Iterator[Piece]:
    length = len(text)
    piece_start = position = start
    line_start = start
    depth = 0
    damaged = False
    opened = text.startswith(("@",), _LINE_START.match(text, start).end())  # type: ignore[union-attr]  # matches empty
    has_code = _starts_code(text, start)
    wasted = 0  # characters looked at in vain for the end of an f-string
    while position <= length:
        for match in _TOKEN.finditer(text, position):
            token_start = match.start()
            character = text[token_start]
            if character in "\r\n":
                line_start = _LINE_START.match(text, match.end()).end()  # type: ignore[union-attr]  # matches empty
                if depth and not damaged:
                    if not _STATEMENT.match(text, line_start):
                        continue
                    damaged = True
                depth = 0
                if not has_code:
                    has_code = True
                elif (opened and not damaged) or _CLAUSE.match(text, line_start):
                    pass
                else:
                    yield Piece(piece_start, match.end(), damaged)
                    piece_start = match.end()
                    damaged = False
                opened = text[line_start] == "@"
            elif character in "([{":
                if match.end() - token_start == 1:
                    depth += 1
            elif character in ")]}":
                depth = max(0, depth - 1)
            elif character in "\"'":
                end = _string_end(text, match, nested=wasted <= length)
                if end == match.end():
                    continue
                if end < 0:
                    wasted += length - token_start
                    damaged = True
                    depth = 0
                    end = length if len(match[0]) == 3 else _LINE_END.search(text, token_start).start()  # type: ignore[union-attr]  # \Z
                position = end
                break
        else:
            break
    if piece_start < length:
        yield Piece(piece_start, length, damaged or depth > 0)


def _starts_code(text: str, start: int) -> bool:
    place = _LINE_START.match(text, start)
    assert place is not None
    return place.end() < len(text) and not text[place.end()].isspace() and text[place.end()] != "#"


def _string_end(text: str, match: re.Match[str], *, nested: bool) -> int:
    """Where the string that `match` begins ends; -1 where it does not. With `nested`, f-strings may nest quotes."""
    token = match[0]
    start = match.start()
    quote = token[:3] if token[:3] in ('"""', "'''") else token[0]
    if nested and _is_formatted(text, start):
        if len(quote) == 1 and len(token) > 1 and token.count("{") == token.count("}"):
            return match.end()
        return _formatted_end(text, start + len(quote), quote)
    if len(quote) == 3:
        return _triple_end(text, start + 3, quote)
    return match.end() if len(token) > 1 else -1


def _is_formatted(text: str, quote: int) -> bool:
    """Whether the prefix before `quote` makes an f-string or a t-string."""
    start = quote
    while start > 0 and quote - start < 3 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    prefix = text[start:quote].lower()
    return prefix in ("f", "fr", "rf", "t", "tr", "rt")


def _triple_end(text: str, position: int, quote: str) -> int:
    while True:
        end = text.find(quote, position)
        if end < 0:
            return -1
        backslashes = end
        while backslashes > position and text[backslashes - 1] == "\\":
            backslashes -= 1
        if (end - backslashes) % 2 == 0:
            return end + 3
        position = end + 1


def _formatted_end(text: str, position: int, quote: str) -> int:
    """The end of an f-string whose text starts at `position`; nested strings and format specifiers on a stack.

    The stack holds a quote for literal text, "" for a format specifier, and a bracket count for a replacement field.
    """
    stack: list[str | int] = [quote]
    while stack:
        top = stack[-1]
        if isinstance(top, int):
            position = _in_replacement(text, position, stack)
        else:
            position = _in_literal(text, position, stack, top)
        if position < 0:
            return -1
    return position


def _in_literal(text: str, position: int, stack: list[str | int], quote: str) -> int:
    enclosing = quote or next(entry for entry in reversed(stack) if entry and isinstance(entry, str))
    for match in _LITERAL.finditer(text, position):
        token = match[0]
        if token == "\\":
            return _escape_end(text, match.end())
        if token in "\r\n":
            if len(enclosing) == 1:
                return -1
        elif token == "{" or (token == "{{" and not quote):
            stack.append(0)
            return match.start() + 1
        elif token[0] == "}":
            if not quote:  # the format specifier ends, and with it its replacement field
                stack.pop()
                stack.pop()
                return match.start() + 1
        elif quote and text.startswith(quote, match.start()):
            stack.pop()
            return match.start() + len(quote)
    return -1


def _escape_end(text: str, position: int) -> int:
    """Behind an escape whose backslash stands before `position`: a brace is never escaped by one."""
    if text.startswith("N{", position):
        return position + 2
    if text.startswith("\r\n", position):
        return position + 2
    return position if text.startswith(("{", "}"), position) else position + 1


def _in_replacement(text: str, position: int, stack: list[str | int]) -> int:
    depth = stack[-1]
    assert isinstance(depth, int)
    for match in _REPLACEMENT.finditer(text, position):
        token = match[0]
        if token[0] in "\"'":
            quote = token[:3] if token[:3] in ('"""', "'''") else token[0]
            stack[-1] = depth
            if _is_formatted(text, match.start()):
                stack.append(quote)
                return match.start() + len(quote)
            if len(quote) == 3:
                return _triple_end(text, match.end(), quote)
            if len(token) == 1:
                return -1
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            if depth == 0:
                stack.pop()
                return match.end()
            depth -= 1
        elif token == ":" and depth == 0:
            stack[-1] = depth
            stack.append("")
            return match.end()
    return -1
