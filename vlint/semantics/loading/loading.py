"""What certainly happens while a module is loaded: the modules that are with it, and the imports that fail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Location
from vlint.project.imports import resolve_import
from vlint.semantics.evaluation.scopes import ClassScope, Place
from vlint.semantics.evaluation.values import Fails, ModuleValue, Unbound
from vlint.semantics.imports import imports
from vlint.semantics.loading.load_order import may_be_loaded_before
from vlint.semantics.loading.running import executed
from vlint.text import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step

_IMPORT = re.compile(r"\bimport\b")
_ENDS = re.compile(r"\b(raise|exit|_exit|abort|quit)\b")
MAXIMUM_MODULES = 200
"""Modules of the project that are followed from one function."""
MAXIMUM_DEPTH = 40
"""Imports within imports that are followed."""


@dataclass(frozen=True)
class ImportFailure:
    """An import that certainly fails when a function is loaded.

    Attributes:
        failure: What Python raises.
        location: The name in the import that is not found.
        step: The import statement.
        alias: The part of the statement that fails, where it is one of several.
        name: The absolute dotted name of the module that is looked for.
        scope: The module that holds the import.
        sibling: The module that was probably meant, which stands in a directory above the importing one or beside it.
        is_circular: Whether it fails because the module that it asks is on its way to be loaded itself.
    """

    failure: Fails
    location: Location
    step: Step
    alias: cst.ImportAlias | None
    name: str
    scope: ModuleScope
    sibling: Sibling | None
    is_circular: bool = False


@dataclass(frozen=True)
class Sibling:
    """A module that an import would find if its directory were on `sys.path`: the directory, and a file of it."""

    directory: str
    file: str


def loaded_modules(evaluator: Evaluator, follows: Callable[[Step], bool] | None = None) -> Iterator[ModuleScope]:
    """The function's module, and the modules of the project that are certainly loaded with it, nearest first.

    Args:
        evaluator: Of the function.
        follows: Says of an import whether what it loads is wanted; all are, by default.
    """
    waiting = [evaluator.function_module]
    seen = {evaluator.function_path}
    while waiting and len(seen) <= MAXIMUM_MODULES:
        scope = waiting.pop(0)
        yield scope
        for step in executed(scope, evaluator, _IMPORT):
            if not isinstance(step.node, cst.Import | cst.ImportFrom) or (follows is not None and not follows(step)):
                continue
            for path in imports.executed_by(step, evaluator):
                if path not in seen:
                    seen.add(path)
                    waiting.append(evaluator.module(path))


def import_failures(evaluator: Evaluator) -> Iterator[ImportFailure]:
    """The imports that certainly fail when the evaluator's function is loaded, in its module and those it imports."""
    yield from _load(evaluator.function_module, {}, {evaluator.function_path: None}, evaluator)


def _load(
    scope: ModuleScope, active: dict[ModuleScope, Step], seen: dict[str, None], evaluator: Evaluator
) -> Iterator[ImportFailure]:
    """The failures of one module and those it loads.

    `active` are the modules on the way, each at its import; `seen` are the files of all that were begun, in order.
    """
    if len(seen) > MAXIMUM_MODULES or len(active) > MAXIMUM_DEPTH:
        return
    for step in executed(scope, evaluator, _IMPORT):
        if not isinstance(step.node, cst.Import | cst.ImportFrom):
            continue
        failures = [*_failures(step, step.node, scope, evaluator), *_unfinished(step, scope, active, seen, evaluator)]
        yield from failures
        if failures:
            continue
        active[scope] = _in_module(step)
        for path in imports.executed_by(step, evaluator):
            if path not in seen:
                seen[path] = None
                yield from _load(evaluator.module(path), active, seen, evaluator)
        del active[scope]


def _in_module(step: Step) -> Step:
    """The step of the module's own blocks that a step in class bodies is part of."""
    while isinstance(step.block.scope, ClassScope):
        step = step.block.scope.step
    return step


def _unfinished(
    step: Step, scope: ModuleScope, active: dict[ModuleScope, Step], seen: Iterable[str], evaluator: Evaluator
) -> Iterator[ImportFailure]:
    """The first name that a circular import asks of a module before that has bound it."""
    node = step.node
    if not isinstance(node, cst.ImportFrom) or isinstance(node.names, cst.ImportStar):
        return
    module = imports.module_of(node, scope, evaluator)
    if not isinstance(module, ModuleValue) or not module.path.endswith(".py"):
        return
    source = evaluator.module(module.path)
    if source not in active:
        return
    for alias in node.names:
        name = imports.dotted(alias.name)
        bound, unbound = evaluator.bindings(name, Place(source, active[source]))
        if bound or not unbound or imports.find_module(f"{module.name}.{name}", evaluator, scope).found:
            continue
        if not isinstance(imports.implicit_name(name, source, evaluator), Unbound) or _may_have(name, source):
            continue
        if may_be_loaded_before(source, active, seen, evaluator):
            return
        message = f"cannot import name '{name}' from partially initialized module '{module.name}'"
        failure = Fails("ImportError", message)
        yield ImportFailure(failure, step.location(alias.name), step, alias, module.name, scope, None, is_circular=True)
        return


def _may_have(name: str, source: ModuleScope) -> bool:
    """Whether a module that is being loaded may have a name that nothing has bound."""
    return hasattr(ModuleType, name) or source.module.contains("__getattr__")


def abrupt_end(evaluator: Evaluator) -> tuple[Location, str] | None:
    """Where loading certainly ends before the module's end, and by what: a `raise`, or a call that ends the process."""
    for scope in loaded_modules(evaluator):
        for step in executed(scope, evaluator, _ENDS):
            if isinstance(step.block.scope, ClassScope):
                continue
            if isinstance(step.node, cst.Raise):
                return step.location(), "raises"
            place = Place(step.block.scope, step)
            match step.node:
                case cst.Expr(value=cst.Call() as call) if evaluator.never_returns(call, place):
                    return step.location(), "ends the process"
    return None


def _failures(
    step: Step, node: cst.Import | cst.ImportFrom, scope: ModuleScope, evaluator: Evaluator
) -> Iterator[ImportFailure]:
    if isinstance(node, cst.Import):
        for alias in node.names:
            name = imports.dotted(alias.name)
            value = imports.module_value(name, evaluator, scope)
            sibling = _sibling(name, scope, step, evaluator) if not isinstance(value, Fails) else None
            broken = imports.syntax_failure(value, evaluator) if isinstance(value, ModuleValue) else None
            if isinstance(value, Fails) or sibling is not None or broken is not None:
                failure = value if isinstance(value, Fails) else broken or _not_found(name)
                yield ImportFailure(failure, step.location(alias.name), step, alias, name, scope, sibling)
        return
    name = imports.absolute_name(node, scope) or ""
    module = imports.module_of(node, scope, evaluator)
    sibling = None if node.relative or isinstance(module, Fails) else _sibling(name, scope, step, evaluator)
    broken = imports.syntax_failure(module, evaluator) if isinstance(module, ModuleValue) else None
    if isinstance(module, Fails) or sibling is not None or broken is not None:
        failure = module if isinstance(module, Fails) else broken or _not_found(name)
        yield ImportFailure(failure, _source_location(step, node), step, None, name, scope, sibling)
    elif isinstance(module, ModuleValue) and not isinstance(node.names, cst.ImportStar):
        for alias in node.names:
            value = imports.from_import(node, imports.dotted(alias.name), scope, evaluator)
            if isinstance(value, Fails) and not isinstance(value, Unbound):
                yield ImportFailure(value, step.location(alias.name), step, alias, name, scope, None)


def _source_location(step: Step, node: cst.ImportFrom) -> Location:
    """Where the module of `from … import` stands, its leading dots included."""
    parts = [*node.relative, *([node.module] if node.module is not None else [])]
    first, last = step.location(parts[0]), step.location(parts[-1])
    return Location(first.path, Range(first.range.start, last.range.end))


def _not_found(name: str) -> Fails:
    return Fails("ModuleNotFoundError", f"No module named '{name.partition('.')[0]}'")


def _sibling(name: str, scope: ModuleScope, step: Step, evaluator: Evaluator) -> Sibling | None:
    """The module near the importing one that an absolute import would find, if its directory were on `sys.path`."""
    sibling = None if imports.is_outside(name, evaluator) else _nearest(name, scope, step, evaluator)
    if sibling is not None:
        path = evaluator.possible_search_path(scope, step)
        if path.known and not resolve_import(evaluator.project.tree, name.partition(".")[0], path.directories).found:
            return sibling
    return None


def _nearest(name: str, scope: ModuleScope, step: Step, evaluator: Evaluator) -> Sibling | None:
    """The module that the import would find from the first directory, going up from the importing one."""
    directory = scope.module.path.rpartition("/")[0]
    while directory:
        for wanted in dict.fromkeys((name.partition(".")[0], name, *_submodules(name, step.node))):
            found = resolve_import(evaluator.project.tree, wanted, (directory,))
            if found.file is not None and found.file != scope.module.path:
                return Sibling(directory, found.file)
        directory = directory.rpartition("/")[0]
    return None


def _submodules(package: str, node: cst.CSTNode | None) -> Iterator[str]:
    """The modules that `from package import …` names, if that is what they are."""
    if isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
        for alias in node.names:
            yield f"{package}.{imports.dotted(alias.name)}"
