"""How an import has to be written so that the runtime finds the module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.imports import module_name

if TYPE_CHECKING:
    from vlint.semantics.loading import ImportFailure


def absolute_import(found: ImportFailure) -> str:
    """The import statement with the full name of the module that stands beside the importing one."""
    assert found.sibling is not None
    top = module_name(found.sibling)
    rest = found.name.partition(".")[2]
    name = f"{top}.{rest}" if rest else top
    node = found.step.node
    empty = cst.Module([])
    if isinstance(node, cst.ImportFrom):
        names = node.names
        listed = "*" if isinstance(names, cst.ImportStar) else ", ".join(_alias(alias, empty) for alias in names)
        return f"from {name} import {listed}"
    assert found.alias is not None
    asname = found.alias.asname
    bound = empty.code_for_node(asname.name) if asname is not None else found.name
    package, _, last = name.rpartition(".")
    return f"from {package} import {last}" + (f" as {bound}" if bound != last else "")


def _alias(alias: cst.ImportAlias, empty: cst.Module) -> str:
    text = empty.code_for_node(alias.name)
    return text if alias.asname is None else f"{text} as {empty.code_for_node(alias.asname.name)}"
