"""Putting a statement under `if __name__ == "__main__":`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Applicability, Edit, Fix

if TYPE_CHECKING:
    from vlint.semantics.evaluation.scopes import Step


def under_main_guard(step: Step) -> Fix | None:
    """The fix that guards a statement which stands alone at the top level of its module; None for another."""
    if not isinstance(step.node, cst.Expr) or step.block.owner is not None or step.statement.tree is None:
        return None
    body = step.statement.tree.body
    lines = [line for line in body if isinstance(line, cst.SimpleStatementLine) and step.node in line.body]
    if not lines or len(lines[0].body) != 1:
        return None
    location = step.location()
    source = step.statement.module.source
    if source.offset(location.range.start) and location.range.start.column != 1:
        return None
    text = source.slice(location.range)
    if re.search(r"\"\"\"|'''|\\\n", text):
        return None  # indenting would change what the string says
    newline = "\r\n" if "\r\n" in source.text else "\n"
    indented = newline.join("    " + line if line.strip() else line for line in text.splitlines())
    guarded = f'if __name__ == "__main__":{newline}{indented}'
    edit = Edit(location.path, location.range, guarded)
    return Fix('Put it under `if __name__ == "__main__":`', Applicability.SAFE, (edit,))
