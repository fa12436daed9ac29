"""Whether a piece of Python is syntactically right, by CPython's own compiler (nothing is run), and its libcst tree.

Both are limited in depth: the compiler refuses what nests too deep, and what it does not count (long chains of
`and`, adjacent string literals) is counted here, since libcst's parser would exhaust the stack on it.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vlint.syntax.newer import older_forms
from vlint.syntax.quiet import no_warnings
from vlint.text import Position

if TYPE_CHECKING:
    import libcst as cst

_NEWEST_SYNTAX = (3, 12)
"""From this version on the compiler knows the whole syntax of the platforms' default Python."""

_CHAINED = re.compile(r"\b(?:and|or)\b|['\"]\s+(?:\\\s+)?[A-Za-z]{0,2}['\"]")
_MAXIMUM_CHAIN = 2_000
_MAXIMUM_DEPTH = 200  # CPython's own limit for nested brackets


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a piece is not valid.

    Attributes:
        message: What the compiler says.
        position: Where, counted from 1 within the piece.
        too_deep: Whether the piece may be valid all the same.
        since: The first version of Python in which it is valid, if that is newer than the platforms' default.
    """

    message: str
    position: Position
    too_deep: bool = False
    since: tuple[int, int] | None = None


@lru_cache(maxsize=64)  # a statement is asked about again at once; what lasts is kept with it
def flaw(text: str) -> Flaw | None:
    """What is wrong with the syntax of `text`, top-level statements on their own; None where nothing is."""
    found = _flaw(text)
    if found is None or found.too_deep:
        return found
    newer = (version for version, older in older_forms(text) if _flaw(older) is None)
    return replace(found, since=next(newer, None))


def _flaw(text: str) -> Flaw | None:
    """As `flaw`, by the syntax of the platforms' default Python, and that of the Python at hand where it is newer."""
    found = _compiler_flaw(text)
    if found is None or found.too_deep or sys.version_info >= _NEWEST_SYNTAX or "\0" in text:
        return found
    if _compiler_flaw(text, ast.PyCF_ONLY_AST) is None:
        return found  # the grammar is right; what is wrong (a `return` outside a function) is so in every version
    # An older interpreter does not know all of today's syntax; libcst's grammar does.
    if (
        _bracket_depth(text) <= _MAXIMUM_DEPTH
        and len(_CHAINED.findall(text)) <= _MAXIMUM_CHAIN
        and _libcst_parses(text)
    ):
        return found if _is_about_newer_syntax(found, text) else None
    return found


def _is_about_newer_syntax(found: Flaw, text: str) -> bool:
    """Whether an older interpreter refuses what the platforms' default Python refuses too, and libcst knows already."""
    return any(_compiler_flaw(older) != found for _, older in older_forms(text))


def parse(text: str) -> cst.Module | None:
    """The libcst tree of `text`, or None where it has a flaw, or libcst does not take it."""
    if flaw(text) is not None or _is_long_chain(text):
        return None
    import libcst as cst

    try:
        return cst.parse_module(text)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
        return None


def _compiler_flaw(text: str, flags: int = 0) -> Flaw | None:
    try:
        with no_warnings():
            compile(text, "<module>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        position = Position(max(error.lineno or 1, 1), max(error.offset or 1, 1))
        return Flaw(error.msg or "invalid syntax", position)
    except (RecursionError, MemoryError):
        return Flaw("nested too deep", Position(1, 1), too_deep=True)
    except (ValueError, OverflowError) as error:  # null bytes, lone surrogates, integers of thousands of digits
        return Flaw(str(error), Position(1, 1))
    return None


def _libcst_parses(text: str) -> bool:
    import libcst as cst

    try:
        cst.parse_module(text)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
        return False
    return True


def _is_long_chain(text: str) -> bool:
    """Whether the text may hold a chain that libcst nests and the compiler does not."""
    return len(_CHAINED.findall(text)) > _MAXIMUM_CHAIN


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for character in re.findall(r"[(\[{)\]}]", text):
        depth += 1 if character in "([{" else -1
        deepest = max(deepest, depth)
    return deepest
