"""The imports of modules from outside of the project that a function reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Location
from vlint.project.imports import resolve_import
from vlint.semantics.evaluation.values import External
from vlint.semantics.imports import imports
from vlint.semantics.imports.caught_imports import catches_imports
from vlint.semantics.imports.search_path import environment_sets_path
from vlint.semantics.loading.loading import loaded_modules
from vlint.semantics.loading.running import executed
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step

_GUARDS = (cst.If, cst.While, cst.With, cst.Match)
_SOURCES = "src"  # where the project's own package lies that is installed with it
_IMPORT = re.compile(r"\bimport\b")


@dataclass(frozen=True, slots=True)
class OutsideImport:
    """A module from outside that is imported.

    Attributes:
        name: The dotted name, with the imported name behind it where that may be a module (`google.cloud.storage`).
        location: The module's name in the import.
        at_load: Whether it runs for certain when the function is loaded; else inside a function of its module.
    """

    name: str
    location: Location
    at_load: bool


def outside_imports(evaluator: Evaluator, is_wanted: Callable[[str], bool]) -> Iterator[OutsideImport]:
    """Those of modules that `is_wanted` (called with the dotted name) and that nothing in the project stands for.

    First those that certainly run when the function is loaded, in its module and in those that it imports; then those
    inside functions of its own module, unless something guards them: whether they ever run is not known.
    Imports under a condition that cannot be decided are left out, and those in a `try` that catches their failure:
    they have another way.
    """
    if environment_sets_path(evaluator):
        return
    for loaded in loaded_modules(evaluator):
        for step in executed(loaded, evaluator, _IMPORT):
            names = _names(step.node) if isinstance(step.node, cst.Import | cst.ImportFrom) else ()
            for name, node in names:
                if is_wanted(name) and _is_outside(name, step, evaluator, loaded):
                    yield OutsideImport(name, step.location(node), at_load=True)
    scope = evaluator.function_module
    for statement in (scope.module.statements[number] for number in scope.module.matching(_IMPORT)):
        if statement.contains("def ") and statement.tree is not None:
            for found in _function_imports(statement.tree, inside=False):
                for name, node in _names(found):
                    if is_wanted(name) and _is_outside(name, None, evaluator, scope):
                        yield OutsideImport(name, Location(scope.module.path, statement.range(node)), at_load=False)


def _function_imports(node: cst.CSTNode, *, inside: bool) -> Iterator[cst.Import | cst.ImportFrom]:
    """Imports inside functions that nothing guards."""
    for child in children(node):
        if isinstance(child, cst.Import | cst.ImportFrom):
            if inside:
                yield child
        elif isinstance(child, cst.Try | cst.TryStar):
            for part in (child.body if not catches_imports(child) else None, child.finalbody):
                if part is not None:
                    yield from _function_imports(part, inside=inside)
        elif not isinstance(child, (cst.BaseExpression, *_GUARDS)):
            yield from _function_imports(child, inside=inside or isinstance(child, cst.FunctionDef))


def _names(node: cst.Import | cst.ImportFrom) -> Iterator[tuple[str, cst.CSTNode]]:
    """The dotted names that an absolute import loads, each with the node of the module's name."""
    if isinstance(node, cst.Import):
        for alias in node.names:
            yield imports.dotted(alias.name), alias.name
    elif node.module is not None and not node.relative:
        module = imports.dotted(node.module)
        if isinstance(node.names, cst.ImportStar):
            yield module, node.module
        else:
            for alias in node.names:
                yield f"{module}.{imports.dotted(alias.name)}", node.module


def _is_outside(name: str, step: Step | None, evaluator: Evaluator, scope: ModuleScope) -> bool:
    """Whether nothing in the project has the name: neither where the runtime may look, nor near the module."""
    top = name.partition(".")[0]
    if not isinstance(imports.module_value(top, evaluator, scope), External):
        return False
    tree = evaluator.project.tree
    directory = scope.module.path.rpartition("/")[0]
    while directory:
        if tree.is_file(f"{directory}/{top}.py") or tree.is_directory(f"{directory}/{top}"):
            return False
        directory = directory.rpartition("/")[0]
    if tree.is_directory(top) or tree.is_directory(f"{_SOURCES}/{top}"):
        return False
    path = evaluator.possible_search_path(scope, step)
    return path.known and not resolve_import(tree, top, path.directories).found
