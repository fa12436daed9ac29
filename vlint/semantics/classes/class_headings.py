"""Class statements that Python may refuse, told by their text: others need not be parsed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from vlint.platform.standard_classes import final_classes, metaclasses, plain_functions

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from vlint.syntax.module import Statement

_HEADING = re.compile(r"^[ \t]*class\s+\w+\s*(?:\[[^\]]*\]\s*)?\(([^)]*)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_FIELDS = re.compile(r"@[^\n]*\bdataclass\b|\b__slots__\b|\bNamedTuple\b")


def may_be_refused(statement: Statement, defined: AbstractSet[str]) -> bool:
    """Whether a class statement may fail once its bases are evaluated; `defined` are names that the project gives."""
    certain, words = statement.answer("class headings", _headings)
    return certain or not words.isdisjoint(defined)


def _headings(text: str) -> tuple[bool, frozenset[str]]:
    """Whether the text alone says that a class may be refused, and the words of the bases."""
    found: set[str] = set()
    for heading in _HEADING.finditer(text):
        bases = heading[1].strip().rstrip(",")
        found.update(_WORD.findall(bases))
        if "," in bases or "=" in bases:
            return True, frozenset()
    return _FIELDS.search(text) is not None or not found.isdisjoint(_notable()), frozenset(found)


@cache
def _notable() -> frozenset[str]:
    """The last words of the names of what cannot be inherited from, or only with care."""
    return frozenset(name.rpartition(".")[2] for name in (*final_classes(), *plain_functions(), *metaclasses()))
