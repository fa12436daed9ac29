"""The final cut of a module: the scan's pieces, mended where the text is broken or the scan was wrong.

- A piece that does not parse, though the text around it does as a whole: the scan was wrong there, the whole wins.
- A piece that is really broken gives back the statements after the damage: they keep their own trees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vlint.syntax.check import flaw
from vlint.syntax.scan import Piece, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vlint.syntax.check import Flaw

    Check = Callable[[str], Flaw | None]

_LINE = re.compile(r"(?:\r\n|\r|\n)(?=[^\s#)\]}])")
_BEFORE_CODE = re.compile(
    r"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(?:(?:@[^\r\n]*(?:\r\n|\r|\n))+(?=(?:async[ \t]+)?(?:def|class)\b))?"
)
_MAXIMUM_RECOVERIES = 64
_MAXIMUM_RESCAN = 4  # how many times the length of the text is scanned again in all, so that time stays linear

Cut = tuple[int, int]
"""Start and end (exclusive) of a statement, in characters from 0."""


def cut(text: str, check: Check = flaw) -> list[Cut]:
    """The top-level statements of `text`, in order and without a gap.

    `check` says what is wrong with a stretch of text; it stands in where some of the answers are known.
    """
    pieces = scan(text)
    broken = [index for index, piece in enumerate(pieces) if check(text[piece.start : piece.end]) is not None]
    if not broken:
        return [(piece.start, piece.end) for piece in pieces]
    whole = _whole(text, pieces, broken, check)
    if whole is not None:
        return whole
    return list(_recover(text, pieces, check))


def _whole(text: str, pieces: list[Piece], broken: list[int], check: Check) -> list[Cut] | None:
    """The cut with everything from before the first broken piece to behind the last as one, if that is valid."""
    first, last = max(broken[0] - 1, 0), min(broken[-1] + 1, len(pieces) - 1)
    start, end = pieces[first].start, pieces[last].end
    if first == last or check(text[start:end]) is not None:
        return None
    before = [(piece.start, piece.end) for piece in pieces[:first]]
    after = [(piece.start, piece.end) for piece in pieces[last + 1 :]]
    return [*before, *_by_syntax_tree(text, start, end), *after]


def _by_syntax_tree(text: str, start: int, end: int) -> Iterator[Cut]:
    """The statements of a valid stretch by CPython's own parser; one piece where that does not know the syntax."""
    import ast

    from vlint.syntax.quiet import no_warnings
    from vlint.text import Position, Source

    source = Source(text[start:end])
    try:
        with no_warnings():
            body = ast.parse(source.text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        body = []
    lines = [min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) for node in body[1:]]
    starts = sorted({0, *(source.offset(Position(line, 1)) for line in lines)})
    yield from ((start + one, start + other) for one, other in zip(starts, [*starts[1:], end - start], strict=True))


def _recover(text: str, pieces: list[Piece], check: Check) -> Iterator[Cut]:
    """Cut broken pieces again behind their damage: at the first line at column 0 from which statements are valid."""
    position = 0
    recoveries = rescanned = 0
    queue = pieces[::-1]
    while queue:
        piece = queue.pop()
        position = piece.start
        line = None
        affordable = recoveries < _MAXIMUM_RECOVERIES and rescanned <= _MAXIMUM_RESCAN * len(text)
        found = check(text[piece.start : piece.end]) if affordable else None
        if found is not None and not found.too_deep and found.since is None:
            line = _LINE.search(text, _code_start(text, piece), piece.end)
        if line is None:
            yield (position, piece.end)
            continue
        recoveries += 1
        rescanned += len(text) - line.end()
        yield (position, line.end())
        queue = scan(text, line.end())[::-1]


def _code_start(text: str, piece: Piece) -> int:
    """Where the piece's first line of code starts, behind comments, blank lines and the decorators of a definition."""
    place = _BEFORE_CODE.match(text, piece.start, piece.end)
    return place.end() if place is not None else piece.start
