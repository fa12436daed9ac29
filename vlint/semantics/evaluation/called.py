"""What a statement's text calls and names: found in one walk of its tree, and kept while the text stays."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import libcst as cst

from vlint.syntax.nodes import children, descendants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vlint.syntax.module import Statement


def last_name(node: cst.CSTNode) -> str:
    """The last part of a dotted name, or nothing."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def called(statement: Statement) -> Mapping[str, frozenset[cst.CSTNode]]:
    """The last names of what a statement calls, each with the calls and all the nodes around these."""
    return statement.fact("called names", lambda: _find_called(statement))


def name_counts(statement: Statement) -> Mapping[str, int]:
    """How often each identifier occurs in a statement's code."""
    return statement.fact("name counts", lambda: _count_names(statement))


def _find_called(statement: Statement) -> dict[str, frozenset[cst.CSTNode]]:
    if statement.tree is None:
        return {}
    around: dict[cst.CSTNode, cst.CSTNode] = {}
    found: dict[str, set[cst.CSTNode]] = {}
    waiting: list[cst.CSTNode] = [statement.tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Call) and (name := last_name(node.func)):
            nodes = found.setdefault(name, set())
            current: cst.CSTNode | None = node
            while current is not None and current not in nodes:
                nodes.add(current)
                current = around.get(current)
        for child in children(node):
            around[child] = node
            waiting.append(child)
    return {name: frozenset(nodes) for name, nodes in found.items()}


def _count_names(statement: Statement) -> Counter[str]:
    if statement.tree is None:
        return Counter()
    return Counter(node.value for node in descendants(statement.tree) if isinstance(node, cst.Name))
