"""The abstract evaluator: what a name or an expression of the project's code can be, found without running any of it.

It works on demand and backwards: asked for `app`, it looks for the statements that bind `app`, parses those, evaluates
what they are made from, and so on. Work is bounded in depth and in amount; past a bound the value is unknown.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation import attributes, calling, conditions, expressions, operators, raising
from vlint.semantics.evaluation.definitions import define
from vlint.semantics.evaluation.flow import PASS, Flow, Outcome, Reached, reaching
from vlint.semantics.evaluation.namespaces import rebinds_secretly
from vlint.semantics.evaluation.scopes import (
    ClassScope,
    FunctionScope,
    LocalScope,
    ModuleScope,
    Place,
    Step,
    StepLocation,
)
from vlint.semantics.evaluation.values import (
    Arguments,
    Choice,
    Constant,
    DictValue,
    Fails,
    Sequence,
    Unbound,
    Unknown,
    Value,
    choice,
    options,
)
from vlint.semantics.imports import imports
from vlint.semantics.imports.search_path import Additions, additions, touches_path

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from vlint.finding import Location
    from vlint.platform import Platform
    from vlint.project.project import Project
    from vlint.semantics.classes.classes import Order
    from vlint.semantics.evaluation.calls import CallSite
    from vlint.semantics.evaluation.raising import Raised
    from vlint.semantics.evaluation.scopes import Block, Frame
    from vlint.semantics.evaluation.targets import Binding, Star
    from vlint.semantics.files.file_calls import CallOf
    from vlint.semantics.files.file_uses import Site

MAXIMUM_DEPTH = 40
MAXIMUM_WORK = 20_000
"""Evaluations for one function; a module that needs more is not understood."""
BETWEEN_INTERRUPTIONS = 32
"""After so many evaluations it is asked whether the computation is still wanted."""


class Evaluator:
    """Evaluates expressions as they would be when the function at `function_path` is loaded.

    An evaluator remembers what it found, so it must not outlive a change of the project: make one for each check.
    """

    def __init__(self, project: Project, function_path: str) -> None:
        self.project = project
        self.function_path = function_path
        self._modules: dict[str, ModuleScope] = {}
        self._scopes: dict[Hashable, ClassScope | FunctionScope] = {}
        self._known: dict[Hashable, Value] = {}
        self._active: set[Hashable] = set()
        self.orders: dict[Value, Order] = {}
        """The method resolution order of each class."""
        self.sites: dict[tuple[ModuleScope, int, frozenset[str]], tuple[Site, ...]] = {}
        """The calls of some last names in each statement, by its number."""
        self.calls: dict[tuple[ModuleScope, cst.FunctionDef], tuple[CallOf, ...]] = {}
        """The calls of a function in each module."""
        self.callers: dict[FunctionScope, tuple[CallSite, ...] | None] = {}
        """The calls of a function in its own module, or None where there may be others."""
        self._path_additions: dict[ModuleScope, tuple[tuple[int, Additions], ...]] = {}
        self._loaded: tuple[ModuleScope, ...] | None = None
        self._possible_paths: dict[tuple[ModuleScope, int | None], Additions] = {}
        self._finding_path = False
        self._depth = 0
        self._work = 0

    def renew(self) -> None:
        """Allow as much work again as at the start: for callers that ask many questions of their own."""
        self._work = 0

    @property
    def platform(self) -> Platform:
        """The platform in force."""
        return self.project.platform

    @property
    def root_directory(self) -> str:
        """The absolute path at which the project's root stands when the function runs."""
        return self.platform.entry_point.root_directory

    def search_path(self, scope: ModuleScope | None) -> tuple[str, ...]:
        """The directories on `sys.path` for an import in `scope`: the root, and what it or the function adds."""
        if self._finding_path:
            return ("",)
        self._finding_path = True
        try:
            sources = dict.fromkeys((scope or self.function_module, self.function_module))
            added = [one for source in sources for _, one in self.path_additions(source)]
        finally:
            self._finding_path = False
        return tuple(dict.fromkeys(["", *(directory for one in added for directory in one.directories)]))

    def possible_search_path(self, scope: ModuleScope | None, step: Step | None = None) -> Additions:
        """The project's directories that any module may have put on `sys.path` before an import in `scope` runs.

        That takes a walk over all that may be loaded: for those who are about to say that nothing is found.
        """
        scope = scope or self.function_module
        key = (scope, step.top_level_index if step is not None else None)
        if key not in self._possible_paths:
            from vlint.semantics.loading.search_paths import possible_search_path

            self._possible_paths[key] = Additions(known=False)  # while it is looked for
            self._possible_paths[key] = possible_search_path(scope, step, self)
        return self._possible_paths[key]

    def path_additions(self, scope: ModuleScope) -> tuple[tuple[int, Additions], ...]:
        """What each top-level statement of a module may put on `sys.path`, with the statement's number."""
        if not touches_path(scope):
            return ()
        if scope not in self._path_additions:
            self._path_additions[scope] = additions(scope, self)
        return self._path_additions[scope]

    # Scopes

    def module(self, path: str) -> ModuleScope:
        """The scope of the project's module at `path`."""
        if path not in self._modules:
            self._modules[path] = imports.module_scope(self.project, path)
        return self._modules[path]

    @property
    def function_module(self) -> ModuleScope:
        """The scope of the function's own module."""
        return self.module(self.function_path)

    def class_scope(self, node: cst.ClassDef, step: Step, place: Place) -> ClassScope:
        """The scope of a class body; the same for the same class."""
        key = (node, place.frame)
        if key not in self._scopes:
            self._scopes[key] = ClassScope(node, step, place)
        scope = self._scopes[key]
        assert isinstance(scope, ClassScope)
        return scope

    def function_scope(self, node: cst.FunctionDef | cst.Lambda, place: Place) -> FunctionScope:
        """The scope of a function's body, for a function that is defined at `place`; the same for the same function."""
        key = (node, place.frame)
        if key not in self._scopes:
            assert place.step is not None
            self._scopes[key] = FunctionScope(node, place.step.statement, place)
        scope = self._scopes[key]
        assert isinstance(scope, FunctionScope)
        return scope

    def loaded(self) -> tuple[ModuleScope, ...]:
        """The modules that are certainly loaded with the function; the function's alone while they are looked for."""
        if self._loaded is None:
            from vlint.semantics.loading.loading import loaded_modules

            self._loaded = (self.function_module,)
            self._loaded = tuple(loaded_modules(self))
        return self._loaded

    # Values

    def evaluate(self, expression: cst.CSTNode, place: Place) -> Value:
        """What `expression` can be where it stands."""
        return self._bounded(lambda: expressions.evaluate(expression, place, self))

    def lookup(self, name: str, place: Place) -> Value:
        """What `name` can be at `place`, through the scopes that Python looks in."""
        return self._once(("name", name, place), lambda: self._lookup(name, place))

    def final(self, name: str, scope: ModuleScope) -> Value:
        """What `name` is when a module has been loaded; `Unbound` where it certainly has no such name."""
        return self._once(("final", name, scope), lambda: self._own(name, Place(scope)))

    def attribute(self, value: Value, name: str) -> Value:
        """What `value.name` can be."""
        return self._bounded(lambda: self.each(value, lambda option: attributes.attribute(option, name, self)))

    def call(self, callee: Value, arguments: Arguments, place: Place) -> Value:
        """What a call gives; `place` is where the call stands."""
        return self._bounded(lambda: self.each(callee, lambda option: calling.call(option, arguments, place, self)))

    def bindings(self, name: str, place: Place) -> tuple[list[Reached], bool]:
        """The bindings of `name` in the place's own scope that reach it, and whether it can be unbound there."""
        return reaching(name, place, self)

    def value_of(self, reached: Reached) -> Value:
        """What a binding gives its name."""
        binding, place = reached.binding, reached.place
        value = self._once(("binding", binding.node, binding.name, place), lambda: self._value_of(binding, place))
        if isinstance(value, Unbound) and binding.kind not in {"delete", "star"}:
            value = Fails(value.exception, value.message)  # another name, which the binding needs, is not bound
        return value.at(location_of(binding))

    def each(self, value: Value, function: Callable[[Value], Value]) -> Value:
        """`function` of every option of `value`, as one value; what is unknown or fails stays so."""
        if isinstance(value, Unknown | Fails):
            return value
        if isinstance(value, Choice):
            return choice(self.each(option, function) for option in options(value))
        return function(value)

    # Control

    def decide(self, test: cst.BaseExpression, place: Place) -> bool | None:
        """Whether a condition holds; None where it cannot be known."""
        return conditions.truth(self.evaluate(test, place), self)

    def length(self, expression: cst.BaseExpression, place: Place) -> int | None:
        """The number of items of an iterable, or None where it is not known."""
        value = self.evaluate(expression, place)
        if isinstance(value, Sequence):
            return len(value.items)
        if isinstance(value, Constant) and isinstance(value.value, str | bytes):
            return len(value.value)
        return len(value.entries) if isinstance(value, DictValue) and not value.entries else None

    def cases(self, node: cst.Match, place: Place) -> Iterator[tuple[int, bool]]:
        """The cases of a `match` that can be taken, by number, and whether one certainly is."""
        return conditions.cases(node, place, self)

    def raised(self, block: Block, frame: Frame | None) -> Raised:
        """Whether a block can raise, and whether it can run to its end."""
        return raising.raised(block, frame, self)

    def catches(self, handler: cst.ExceptHandler | cst.ExceptStarHandler, raised: Raised, place: Place) -> bool:
        """Whether a handler can catch what was raised."""
        return raising.catches(handler, raised, place, self)

    def suppresses(self, manager: cst.BaseExpression, place: Place) -> bool:
        """Whether a context manager is known to swallow exceptions."""
        return conditions.suppresses(manager, place, self)

    def may_suppress(self, manager: cst.BaseExpression, place: Place) -> bool:
        """Whether a context manager can swallow exceptions: one that is not known to let them pass."""
        return conditions.may_suppress(manager, place, self)

    def never_returns(self, call: cst.Call, place: Place) -> bool:
        """Whether a call certainly ends the process or raises."""
        return conditions.never_returns(call, place, self)

    def star_provides(self, step: Step, name: str) -> bool | None:
        """Whether `from module import *` binds `name`; None where it cannot be known."""
        return imports.star_provides(step, name, self)

    def effects(self, step: Step, flow: Flow) -> list[Outcome]:
        """What a statement that calls functions does to the flow's name by way of their `global` declarations."""
        scope = step.block.scope
        if not isinstance(scope, ModuleScope):
            return [PASS]
        writers = scope.writers(flow.name)
        if not writers or not any(step.statement.mentions(writer) for writer in writers):
            return [PASS]
        return calling.global_effects(step, flow, self)

    # Inner workings

    def _lookup(self, name: str, place: Place) -> Value:
        scope = place.scope
        if isinstance(scope, LocalScope):
            if name in scope.names:
                return scope.value(name, self)
            assert scope.place is not None
            return self.lookup(name, scope.place)
        if isinstance(scope, FunctionScope):
            return self._lookup_from_function(name, place, scope)
        if isinstance(scope, ClassScope):
            assert scope.place is not None
            own = self._own(name, place) if name in scope.names else Unbound()
            return self._or_else(own, lambda: self.lookup(name, self.outside(scope.place)))
        return self._or_else(self._own(name, place), lambda: self._builtin(name))

    def _lookup_from_function(self, name: str, place: Place, scope: FunctionScope) -> Value:
        if name in scope.names:
            found, unbound = self.bindings(name, place)
            values = [self.value_of(reached) for reached in found]
            if unbound:
                values.append(calling.parameter(name, scope, place, self))
            return choice(values)
        assert scope.place is not None
        outer = scope.place
        while isinstance(outer.scope, ClassScope):  # a function does not see the names of the class around it
            assert outer.scope.place is not None
            outer = outer.scope.place
        if name in scope.globals:
            outer = Place(scope.root)
        return self.lookup(name, self._as_called(outer, place))

    def _as_called(self, outer: Place, inner: Place) -> Place:
        """Where a free name of a function is looked up: the surrounding scope as it is when the function runs."""
        if isinstance(outer.scope, ModuleScope):
            caller = inner
            while caller.frame is not None:
                caller = caller.frame.caller
            while isinstance(caller.scope, LocalScope | ClassScope):
                assert caller.scope.place is not None
                caller = caller.scope.place
            if caller.scope is outer.scope and caller.step is not None:
                return caller
        elif isinstance(outer.scope, LocalScope):
            return outer
        return Place(outer.scope, None, outer.frame)

    @staticmethod
    def outside(place: Place | None) -> Place:
        """Where a class body at `place` looks its free names up: a class body around it is left out."""
        assert place is not None
        while isinstance(place.scope, ClassScope):
            assert place.scope.place is not None
            place = place.scope.place
        return place

    def _own(self, name: str, place: Place) -> Value:
        found, unbound = self.bindings(name, place)
        values = [self.value_of(reached) for reached in found]
        if unbound or not values:
            values.append(self._implicit(name, place))
        elif isinstance(place.scope, ModuleScope) and rebinds_secretly(name, place.scope.module):
            values.append(Unknown("the module may bind it again in ways that are not followed"))
        return choice(values)

    def _implicit(self, name: str, place: Place) -> Value:
        if isinstance(place.scope, ModuleScope):
            return imports.implicit_name(name, place.scope, self)
        return Unbound(message=f"name '{name}' is not defined")

    @staticmethod
    def _or_else(value: Value, otherwise: Callable[[], Value]) -> Value:
        if not any(isinstance(option, Unbound) for option in options(value)):
            return value
        return choice([*(option for option in options(value) if not isinstance(option, Unbound)), otherwise()])

    @staticmethod
    def _builtin(name: str) -> Value:
        return imports.builtin(name)

    def _value_of(self, binding: Binding, place: Place) -> Value:
        node = binding.source
        match binding.kind:
            case "delete":
                return Unbound(message=f"name '{binding.name}' is not defined")
            case "import":
                return imports.imported(binding, place, self)
            case "star":
                return imports.star_value(binding, place, self)
            case "definition":
                assert isinstance(node, cst.FunctionDef | cst.ClassDef)
                return define(node, place, self)
            case "augmented":
                assert isinstance(node, cst.AugAssign)
                return operators.augmented(node, place, self)
            case "value" | "walrus" | "perhaps" | "loop" | "with" | "match" if node is not None:
                value = self.evaluate(node, place)
                if binding.kind == "with":
                    value = self.each(value, lambda option: attributes.entered(option, self))
                if binding.kind == "loop":
                    value = self.each(value, operators.element)
                return self.unpack(value, binding.path)
        return Unknown(f"the value of '{binding.name}' is not followed")

    def unpack(self, value: Value, path: tuple[int | Star, ...]) -> Value:
        """The part of `value` that a target in a tuple gets."""
        for part in path:
            value = self.each(value, partial(operators.unpacked, part=part))
        return value

    def _once(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        known = self._known.get(key)
        if known is not None:
            return known
        if key in self._active:
            return Unknown("it depends on itself")
        self._active.add(key)
        try:
            value = self._bounded(compute)
        finally:
            self._active.discard(key)
        if not self._active or self._work < MAXIMUM_WORK:
            self._known[key] = value
        return value

    def _bounded(self, compute: Callable[[], Value]) -> Value:
        if self._depth >= MAXIMUM_DEPTH or self._work >= MAXIMUM_WORK:
            return Unknown("too deep to follow")
        self._depth += 1
        self._work += 1
        try:
            if self._work % BETWEEN_INTERRUPTIONS == 0:
                self.project.check_interruption()
            return compute()
        finally:
            self._depth -= 1


def location_of(binding: Binding) -> Location | None:
    """Where a binding stands, or None where it has no text of its own."""
    if binding.kind in {"star", "broken"}:
        return StepLocation(binding.step)
    return StepLocation(binding.step, binding.node)
