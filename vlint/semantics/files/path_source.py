"""Where a path is written: the expression in a call, or the one behind the names that the call gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.scopes import FunctionScope, LocalScope, ModuleScope, Place
from vlint.semantics.evaluation.targets import bindings
from vlint.semantics.intrinsics.paths import PathValue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Step
    from vlint.semantics.evaluation.values import Value
    from vlint.syntax.module import Module

MAXIMUM_NAMES = 4
"""Names behind names that are followed to where a path is written."""


@dataclass(frozen=True)
class Written:
    """Where a path is written: an expression, and whether it serves the one use alone."""

    node: cst.BaseExpression
    place: Place
    exclusive: bool

    @property
    def step(self) -> Step:
        """The statement that holds the expression."""
        assert self.place.step is not None
        return self.place.step

    @property
    def module(self) -> Module:
        """The module that holds the expression."""
        return self.step.statement.module


def written(node: cst.BaseExpression, place: Place, evaluator: Evaluator) -> Written | None:
    """Where the path that `node` gives is written; None where several places give it."""
    exclusive = True
    for _ in range(MAXIMUM_NAMES):
        if isinstance(node, cst.Name):
            found = _binding(node.value, place, evaluator)
        elif isinstance(node, cst.Attribute) and not _is_part(node, place, evaluator):
            found = _at_origin(evaluator.evaluate(node, place), evaluator)
        else:
            return Written(node, place, exclusive)
        if found is None:
            found = _at_origin(evaluator.evaluate(node, place), evaluator)
        if found is None:
            return None
        name = node.value if isinstance(node, cst.Name) else node.attr.value
        exclusive = exclusive and found.module is place.scope.root.module and _mentions(found.place, name) == 2
        node, place = found.node, found.place
    return None


def _is_part(node: cst.Attribute, place: Place, evaluator: Evaluator) -> bool:
    """Whether an attribute is a property of a path (`path.parent`), which is written here."""
    return isinstance(evaluator.evaluate(node.value, place), PathValue)


def _binding(name: str, place: Place, evaluator: Evaluator) -> Written | None:
    """The one assignment that gives `name` its value at `place`."""
    while isinstance(place.scope, LocalScope):
        if name in place.scope.names or place.scope.place is None:
            return None
        place = place.scope.place
    scope = place.scope
    if isinstance(scope, FunctionScope) and name not in scope.names:
        place = Place(scope.root)
    found, unbound = evaluator.bindings(name, place)
    if len(found) != 1 or (unbound and isinstance(place.scope, FunctionScope)):
        return None
    binding = found[0].binding
    if binding.kind != "value" or binding.path or not isinstance(binding.source, cst.BaseExpression):
        return None
    return Written(binding.source, found[0].place, True)


def _at_origin(value: Value, evaluator: Evaluator) -> Written | None:
    """The assignment at the top of a module, or of a class there, that a value has its origin in."""
    origin = value.origin
    if origin is None:
        return None
    scope = evaluator.module(origin.path)
    offset = scope.module.source.offset(origin.range.start)
    numbers = (n for n, top in enumerate(scope.module.statements) if top.start <= offset < top.end)
    steps = [inner for n in numbers for top in scope.block.of(n) for inner in _steps(top, scope, evaluator)]
    for binding in (binding for step in steps for binding in bindings(step)):
        is_value = isinstance(binding.source, cst.BaseExpression) and binding.kind == "value" and not binding.path
        if is_value and binding.step.location(binding.node) == origin:
            assert isinstance(binding.source, cst.BaseExpression)
            return Written(binding.source, Place(binding.step.block.scope, binding.step), True)
    return None


def _steps(step: Step, scope: ModuleScope, evaluator: Evaluator) -> Iterator[Step]:
    """A statement, and those of its body if it is a class."""
    yield step
    if isinstance(step.node, cst.ClassDef):
        yield from evaluator.class_scope(step.node, step, Place(scope, step)).block.walk()


def _mentions(place: Place, name: str) -> int:
    scope = place.scope
    root = scope if isinstance(scope, ModuleScope) else scope.root
    return len(re.findall(rf"\b{re.escape(name)}\b", root.module.source.text))
