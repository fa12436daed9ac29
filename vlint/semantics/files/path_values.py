"""What the path in a call can be: for each call of the function around it, and for each turn of a loop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from vlint.semantics.evaluation.scopes import ClassScope, FunctionScope, LocalScope, Place
from vlint.semantics.evaluation.values import Fails, Unknown, Value, options
from vlint.semantics.files import file_context
from vlint.semantics.files.file_calls import callers, function_around, given
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step
    from vlint.semantics.evaluation.targets import Binding
    from vlint.semantics.files.file_calls import Caller
    from vlint.semantics.files.file_uses import Site, Use

Source: TypeAlias = "tuple[cst.BaseExpression, Place]"
"""An expression that gives a path, and where it stands."""

_CATCHES = re.compile(r"\btry\b|\bsuppress\b")


class PathValues:
    """The values of paths in the modules that one function brings in."""

    def __init__(
        self, modules: Sequence[ModuleScope], evaluator: Evaluator, unreached: frozenset[cst.CSTNode] | None = None
    ) -> None:
        """`unreached` are the modules' definitions that nothing leads to on the platform, where they are known."""
        self.modules = modules
        self.evaluator = evaluator
        self.unreached = file_context.unreached_definitions(modules) if unreached is None else unreached
        self._calls: dict[cst.CSTNode, tuple[Caller, ...]] = {}

    def of(self, use: Use) -> list[tuple[tuple[Value, ...], Source | None]]:
        """What the path can be, for each call of the function around it: the alternatives, and what gives them."""
        place = use.site.place
        value = self.evaluator.evaluate(use.node, place)
        around = function_around(place)
        is_one = _is_known(value) and len(options(value)) == 1
        if is_one or around is None or place.scope is not around or not self._takes_part(around, use):
            return [(options(value), (use.node, place))]
        found = [
            (
                options(self.evaluator.evaluate(use.node, Place(place.scope, place.step, caller.frame))),
                given(caller, use.node.value, around) if isinstance(use.node, cst.Name) else None,
            )
            for caller in self.callers(around)
            if self.runs(caller.site) and not file_context.is_caught(caller.site)
        ]
        return found or [(options(value), (use.node, place))]

    def _takes_part(self, around: FunctionScope, use: Use) -> bool:
        """Whether a parameter of the function, its receiver apart, takes part in the path."""
        receiver = isinstance(around.place.scope, ClassScope) if around.place is not None else False
        parameters = set(list(around.parameters)[receiver:])
        return bool(parameters) and any(self._comes_from(n, parameters, use.site.place, 0) for n in _names(use.node))

    def _comes_from(self, name: str, parameters: set[str], place: Place, depth: int) -> bool:
        if name in parameters:
            return True
        if depth > 3 or not isinstance(place.scope, FunctionScope) or name not in place.scope.names:
            return False
        sources = [(r.binding.source, r.place) for r in self.evaluator.bindings(name, place)[0]]
        return any(
            self._comes_from(inner, parameters, where, depth + 1)
            for source, where in sources
            if source is not None
            for inner in _names(source)
        )

    def callers(self, around: FunctionScope) -> tuple[Caller, ...]:
        """The calls of a function that the modules make."""
        if around.node not in self._calls:
            self._calls[around.node] = callers(around, self.modules, self.evaluator)
        return self._calls[around.node]

    def runs(self, site: Site) -> bool:
        """Whether the code there runs on the platform, as far as conditions and main guards tell."""
        return not file_context.is_within(site, self.unreached) and file_context.is_reached(site, self.evaluator)

    def is_caught(self, use: Use) -> bool:
        """Whether a failure is caught, around the use or around each call of its function."""
        if file_context.is_caught(use.site):
            return True
        around = function_around(use.site.place)
        if around is None or not all(file_context.is_caught(caller.site) for caller in self.callers(around)):
            return False
        return bool(self.callers(around)) or self._may_be_caught_in_broken_code(around.node)

    def _may_be_caught_in_broken_code(self, function: cst.CSTNode) -> bool:
        """Whether a statement that does not parse, as one that is being typed, may call a function and catch more."""
        if not isinstance(function, cst.FunctionDef):
            return False
        statements = [
            module.module.statements[number]
            for module in self.modules
            for number in module.module.mentioning(function.name.value)
        ]
        return any(statement.matches(_CATCHES) and statement.tree is None for statement in statements)

    def each_is_used(self, use: Use) -> bool:
        """Whether a choice of values comes from a loop over them, which uses each."""
        names = _names(use.node)
        if names & use.site.each:
            return True
        place = use.site.place
        while isinstance(place.scope, LocalScope):
            assert place.scope.place is not None
            place = place.scope.place
        return any(self._is_loop_target(name, place, 0) for name in names)

    def _is_loop_target(self, name: str, place: Place, depth: int) -> bool:
        if depth > 3 or place.step is None:
            return False
        if isinstance(place.scope, FunctionScope) and name not in place.scope.names:
            return False
        found, _ = self.evaluator.bindings(name, place)
        if len(found) != 1:
            return False
        binding: Binding = found[0].binding
        if binding.kind == "loop":
            return not _leaves(binding.step)
        if binding.source is None or binding.kind not in {"value", "walrus"}:
            return False
        return any(self._is_loop_target(n, found[0].place, depth + 1) for n in _names(binding.source))


def _is_known(value: Value) -> bool:
    return not any(isinstance(option, Unknown | Fails) for option in options(value))


def _names(node: cst.CSTNode) -> set[str]:
    if isinstance(node, cst.Name):
        return {node.value}
    if isinstance(node, cst.Attribute):
        return _names(node.value)
    if isinstance(node, cst.Arg):
        return _names(node.value)
    return {name for child in children(node) for name in _names(child)}


def _leaves(loop: Step) -> bool:
    """Whether a loop can end before it has used every element."""
    return any(isinstance(step.node, cst.Break | cst.Return) for block in loop.blocks.values() for step in block.walk())
