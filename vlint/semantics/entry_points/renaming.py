"""Renaming a top-level name of a module, where every mention of it is certainly that name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from vlint.semantics.evaluation.scopes import ModuleScope
    from vlint.text import Range


def rename_edits(scope: ModuleScope, name: str, new: str) -> list[Range] | None:
    """Where `name` has to be replaced; None where a mention is, or may be, something else than the module's name."""
    found: list[Range] = []
    text = scope.module.source.text
    private = rf"\b_{re.escape(name.lstrip('_'))}__"  # what a class `name` calls its private members from outside
    if re.search(rf"\b{re.escape(new)}\b|{private}", text):
        return None
    for statement in scope.module.statements:
        if not statement.mentions(name):
            continue
        if statement.tree is None:
            return None
        finder = _Names(name)
        statement.tree.visit(finder)
        if finder.shadowed:
            return None
        found += [statement.range(node) for node in finder.found]
    return found


class _Names(cst.CSTVisitor):
    """The uses of a name; those as an attribute, a keyword or in a string are other things and stay."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found: list[cst.Name] = []
        self.shadowed = False

    def visit_Name(self, node: cst.Name) -> None:  # noqa: N802 - libcst names its visitors so
        if node.value == self.name:
            self.found.append(node)

    def visit_Attribute(self, node: cst.Attribute) -> bool:  # noqa: N802 - libcst names its visitors so
        node.value.visit(self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:  # noqa: N802 - libcst names its visitors so
        node.value.visit(self)
        return False

    def visit_Param(self, node: cst.Param) -> None:  # noqa: N802 - libcst names its visitors so
        self.shadowed = self.shadowed or node.name.value == self.name

    def visit_ImportAlias(self, node: cst.ImportAlias) -> bool:  # noqa: N802 - libcst names its visitors so
        self.shadowed = self.shadowed or self.name in cst.Module([]).code_for_node(node)
        return False

    def visit_SimpleString(self, node: cst.SimpleString) -> None:  # noqa: N802 - libcst names its visitors so
        self.shadowed = self.shadowed or node.value.strip("'\"") == self.name

    def visit_Global(self, node: cst.Global) -> bool:  # noqa: N802 - libcst names its visitors so
        return True
