"""Who imports a module: the other modules of the project that do make it a helper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.project.functions import project_files
from vlint.semantics import imports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Location
    from vlint.semantics.evaluator import Evaluator

_IMPORT = re.compile(r"\bimport\b")


def importer_of(evaluator: Evaluator) -> Location | None:
    """An import of the function's module in another module of the project, or None."""
    wanted = evaluator.function_path
    stem = wanted.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
    word = re.compile(rf"\b{re.escape(stem)}\b".encode())
    for path in _modules(evaluator):
        content = evaluator.project.tree.read(path)
        if path == wanted or content is None or not word.search(content):
            continue
        scope = evaluator.module(path)
        for number, statement in enumerate(scope.module.statements):
            if statement.is_definition or not statement.matches(_IMPORT) or not statement.mentions(stem):
                continue
            for step in scope.block.of(number):
                for inner in (step, *(s for block in step.blocks.values() for s in block.walk())):
                    is_import = isinstance(inner.node, cst.Import | cst.ImportFrom)
                    if is_import and wanted in imports.executed_by(inner, evaluator):
                        return inner.location()
    return None


def _modules(evaluator: Evaluator) -> Iterator[str]:
    """The project's Python files that the linter sees."""
    return (path for path in project_files(evaluator.project) if path.endswith(".py"))
