"""How an import has to be written so that the runtime finds the module."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Applicability, Edit, Fix
from vlint.semantics.imports.imports import find_module

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.loading.loading import ImportFailure


def right_import(found: ImportFailure, evaluator: Evaluator) -> str | None:
    """The import statement that finds the module which stands beside the importing one; None where none does."""
    name = _name(found, evaluator)
    if name is None:
        return None
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
    if not package.strip("."):
        package = name[: len(name) - len(last)]
    return f"from {package} import {last}" + (f" as {bound}" if bound != last else "")


def import_fix(found: ImportFailure, evaluator: Evaluator) -> Fix | None:
    """The edit that writes the import as the runtime finds it, if the statement imports nothing else."""
    node, step = found.step.node, found.step
    name = _name(found, evaluator)
    if name is None or not isinstance(node, cst.Import | cst.ImportFrom):
        return None
    if isinstance(node, cst.ImportFrom):
        assert node.module is not None
        location, text = step.location(node.module), name
    else:
        if len(node.names) != 1 or ("." in found.name and node.names[0].asname is None):
            return None
        location, text = step.location(), right_import(found, evaluator) or ""
    package = name.removesuffix(found.name)
    title = f"Import from `{package.rstrip('.') or package}`"
    return Fix(title, Applicability.SAFE, (Edit(location.path, location.range, text),))


def _name(found: ImportFailure, evaluator: Evaluator) -> str | None:
    """The name under which the runtime finds the sibling: the full one, or a relative one where that is no syntax."""
    if found.sibling is None:
        return None
    directories = found.sibling.directory.split("/")
    top = ".".join([*directories, found.name.partition(".")[0]])
    if not find_module(top, evaluator, found.scope).found:
        return None  # something else has the first part of the name
    if all(part.isidentifier() and not iskeyword(part) for part in directories):
        return ".".join([*directories, found.name])
    depth = len(found.scope.package.split(".")) - len(directories)
    return "." * (depth + 1) + found.name


def _alias(alias: cst.ImportAlias, empty: cst.Module) -> str:
    text = empty.code_for_node(alias.name)
    return text if alias.asname is None else f"{text} as {empty.code_for_node(alias.asname.name)}"
