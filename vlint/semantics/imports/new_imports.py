"""The names that a fix needs: how a module spells them, and where the import of one that it lacks belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Edit
from vlint.semantics.evaluation.values import External, Unbound
from vlint.text import Range

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.files.path_source import Written
    from vlint.syntax.module import Module


def new_import(module: Module, statement: str) -> Edit:
    """The edit that adds an import behind the imports at the top of a module."""
    source = module.source
    newline = "\r\n" if "\r\n" in source.text else "\n"
    place = _behind_header(source.text)
    for number, top in enumerate(module.statements):
        nodes = top.tree.body if top.tree is not None else ()
        if not nodes or not (_imports(nodes[0]) or (number == 0 and _is_docstring(nodes[0]))):
            break
        place = _line_end(source.text, top.span(nodes[-1])[1])
    before = "" if place == 0 or source.text[place - 1] in "\r\n" else newline
    position = source.position(place)
    return Edit(module.path, Range(position, position), f"{before}{statement}{newline}")


class Names:
    """How the module spells what a fix needs, and the imports that it lacks."""

    def __init__(self, where: Written, evaluator: Evaluator) -> None:
        self._where = where
        self._evaluator = evaluator
        self._needed: dict[str, str] = {}

    def has(self, name: str) -> bool:
        """Whether the module can call the function or class of that qualified name."""
        return self._known(name) is not None

    def spell(self, name: str, otherwise: str) -> str:
        """The expression by which the module calls `name`; `otherwise`, with an import, where it has none."""
        known = self._known(name)
        if known is not None:
            return known
        first = otherwise.partition(".")[0]
        self._needed[first] = f"from pathlib import {first}" if name.startswith("pathlib") else f"import {first}"
        return otherwise

    def edits(self) -> tuple[Edit, ...] | None:
        """The imports to add; None where a name they would bind means something else here."""
        for name in self._needed:
            if not isinstance(self._evaluator.lookup(name, self._where.place), Unbound):
                return None
        return tuple(new_import(self._where.module, line) for line in dict.fromkeys(self._needed.values()))

    def _known(self, name: str) -> str | None:
        parts = name.split(".")
        for start in range(len(parts) - 1, -1, -1):
            spelled = ".".join(parts[start:])
            value = self._evaluator.evaluate(cst.parse_expression(spelled), self._where.place)
            if value == External(name):
                return spelled
        return None


def _imports(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[0], cst.Import | cst.ImportFrom)


def _is_docstring(node: cst.CSTNode) -> bool:
    match node:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString())]):
            return True
    return False


def _line_end(text: str, offset: int) -> int:
    """The offset behind the end of the line that `offset` is in."""
    match = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)").match(text, offset)
    assert match is not None
    return match.end()


def _behind_header(text: str) -> int:
    """The offset behind a module's first comment lines (`#!`, the encoding, a licence)."""
    match = re.match(r"(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n))*", text)
    return match.end() if match else 0
