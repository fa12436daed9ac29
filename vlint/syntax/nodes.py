"""Walking libcst trees quickly: a node's children without white space, punctuation and comments.

`CSTNode.children` visits every child through the visitor protocol, white space included, at many times the cost.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUNCTUATION = frozenset(
    {"asterisk", "colon", "comma", "dot", "equal", "first_colon", "footer", "header", "indent", "lbrace", "lbracket",
     "leading_lines", "lines_after_decorators", "lpar", "operator", "rbrace", "rbracket", "rpar", "second_colon",
     "semicolon", "trailing_whitespace"}
)  # fmt: skip


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The expressions, statements and other parts directly below `node`, in the order of libcst's fields."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif value.__class__ is not str and isinstance(value, tuple | list):
            for item in value:
                if isinstance(item, cst.CSTNode):
                    yield item


def descendants(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Every node below `node`; `node` itself is left out. Not limited in depth."""
    waiting = [*children(node)]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node type that can hold parts of interest."""
    return tuple(
        field.name
        for field in dataclasses.fields(kind)
        if not field.name.startswith("whitespace") and field.name not in _PUNCTUATION and field.type not in ("str", str)
    )
