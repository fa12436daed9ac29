"""How an import has to be written so that the runtime finds the module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Applicability, Edit, Fix
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


def import_fix(found: ImportFailure) -> Fix | None:
    """The edit that writes the import with the module's full name, if the statement imports nothing else."""
    node, step = found.step.node, found.step
    if found.sibling is None or not isinstance(node, cst.Import | cst.ImportFrom):
        return None
    if isinstance(node, cst.ImportFrom):
        assert node.module is not None
        location = step.location(node.module)
        top = module_name(found.sibling)
        rest = found.name.partition(".")[2]
        text = f"{top}.{rest}" if rest else top
    else:
        if len(node.names) != 1 or ("." in found.name and node.names[0].asname is None):
            return None
        location, text = step.location(), absolute_import(found)
    title = f"Import from `{module_name(found.sibling).rpartition('.')[0]}`"
    return Fix(title, Applicability.SAFE, (Edit(location.path, location.range, text),))


def _alias(alias: cst.ImportAlias, empty: cst.Module) -> str:
    text = empty.code_for_node(alias.name)
    return text if alias.asname is None else f"{text} as {empty.code_for_node(alias.asname.name)}"
