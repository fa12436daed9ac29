"""Expressions that certainly raise: the first one in the order in which Python evaluates the parts of a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.evaluation.definitions import class_value, define
from vlint.semantics.evaluation.scopes import ClassScope, FunctionScope, LocalScope, ModuleScope, Place
from vlint.semantics.evaluation.stable import is_stable
from vlint.semantics.evaluation.values import ClassValue, Constant, External, Fails, Sequence, Unbound, Value, options
from vlint.semantics.imports import imports
from vlint.semantics.intrinsics.system import python_versions
from vlint.semantics.loading.failing_attributes import attribute_failure, subscript_failure
from vlint.semantics.loading.failing_calls import call_failure
from vlint.syntax.parameters import collecting, single

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vlint.finding import Location
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Block, Step

MAXIMUM_DEPTH = 30
"""Expressions within expressions that are looked into."""


@dataclass(frozen=True)
class Found:
    """What certainly raises, and where it stands."""

    failure: Fails
    location: Location


_FUTURE = re.compile(r"\bfrom\s+__future__\s+import\b[^;]*\bannotations\b")
FollowBlock: TypeAlias = "Callable[[Block, Place], object]"


def evaluates_annotations(scope: ModuleScope, evaluator: Evaluator) -> bool:
    """Whether each Python that the platform may take evaluates the module's annotations while it is loaded."""
    lazily = any(tuple(map(int, version.split("."))) >= (3, 14) for version in python_versions(evaluator))
    return not lazily and not scope.module.matches(_FUTURE)


def certain(value: Value) -> Fails | None:
    """The failure that a value is, whichever of its options it is; None where one of them is none."""
    found = options(value)
    return found[0] if all(isinstance(option, Fails) for option in found) and isinstance(found[0], Fails) else None


@dataclass(frozen=True)
class Expressions:
    """Looks for what certainly raises in expressions.

    Attributes:
        unbound: The names of the module that may be looked up before anything binds them.
        bound_at: The number of the first statement of the module that may bind each name.
        follow: Walks the body of a function that is called.
    """

    evaluator: Evaluator
    unbound: frozenset[str]
    bound_at: Mapping[str, float]
    follow: FollowBlock

    def parts(self, step: Step) -> Iterator[cst.BaseExpression]:
        """The expressions that a statement evaluates whenever it runs, in order."""
        match step.node:
            case cst.If(test=test) | cst.Assert(test=test):
                yield test
            case cst.While(test=test):
                yield test
            case cst.For(iter=iterable):
                yield iterable
            case cst.With(items=items):
                yield items[0].item
            case cst.Match(subject=subject):
                yield subject
            case cst.Return(value=value) | cst.Expr(value=value) if value is not None:
                yield value
            case cst.Raise(exc=exc) if exc is not None:
                yield exc
            case cst.Assign() as node:
                yield node.value
                for target in node.targets:
                    yield from _read_by(target.target)
            case cst.AugAssign() as node:
                if isinstance(node.target, cst.Name):
                    yield node.target
                else:
                    yield from _read_by(node.target)
                yield node.value
            case cst.AnnAssign() as node:
                if node.value is not None:
                    yield node.value
                if not isinstance(step.block.scope, FunctionScope):
                    yield from self._annotations(step, node.annotation)
            case cst.FunctionDef() as node:
                yield from (decorator.decorator for decorator in node.decorators)
                yield from self._header(step, node)
            case cst.ClassDef() as node:
                yield from (decorator.decorator for decorator in node.decorators)
                if node.type_parameters is None:
                    yield from (argument.value for argument in (*node.bases, *node.keywords))

    def _header(self, step: Step, node: cst.FunctionDef) -> Iterator[cst.BaseExpression]:
        yield from (parameter.default for parameter in single(node.params) if parameter.default is not None)
        if node.type_parameters is None:
            for parameter in (*single(node.params), *collecting(node.params)):
                yield from self._annotations(step, parameter.annotation)
            yield from self._annotations(step, node.returns)

    def _annotations(self, step: Step, annotation: cst.Annotation | None) -> Iterator[cst.BaseExpression]:
        if annotation is not None and evaluates_annotations(step.block.scope.root, self.evaluator):
            yield annotation.annotation

    def failure(self, node: cst.CSTNode, place: Place, depth: int = 0) -> Found | None:
        """What in an expression that is evaluated at `place` certainly raises first, or None."""
        if depth > MAXIMUM_DEPTH or place.step is None:
            return None
        for part in self._inner(node, place):
            found = self.failure(part, place, depth + 1)
            if found is not None:
                return found
        return self._own(node, place)

    def _inner(self, node: cst.CSTNode, place: Place) -> Iterator[cst.CSTNode]:
        """The parts of an expression that are evaluated whenever it is, in order."""
        match node:
            case cst.BooleanOperation():
                yield node.left
            case cst.IfExp():
                yield node.test
            case cst.Comparison():
                yield node.left
                yield node.comparisons[0].comparator
            case cst.Attribute() | cst.NamedExpr() | cst.StarredElement() | cst.StarredDictElement():
                yield node.value
            case cst.Element() | cst.Index() | cst.Arg() | cst.Await():
                yield node.expression if isinstance(node, cst.Await) else node.value
            case cst.Call():
                yield node.func
                yield from node.args
            case cst.Subscript():
                yield node.value
                yield from (element.slice for element in node.slice if isinstance(element.slice, cst.Index))
            case cst.BinaryOperation():
                yield node.left
                yield node.right
            case cst.UnaryOperation():
                yield node.expression
            case cst.List() | cst.Tuple() | cst.Set():
                yield from node.elements
            case cst.Dict():
                for element in node.elements:
                    if isinstance(element, cst.DictElement):
                        yield element.key
                    yield element.value
            case cst.FormattedString():
                yield from (p.expression for p in node.parts if isinstance(p, cst.FormattedStringExpression))
            case cst.ListComp() | cst.SetComp() | cst.DictComp() | cst.GeneratorExp():
                yield node.for_in.iter
            case cst.Lambda():
                yield from (p.default for p in node.params.params if p.default is not None)

    def _own(self, node: cst.CSTNode, place: Place) -> Found | None:
        """How an expression whose parts raise nothing certainly raises itself."""
        step = place.step
        assert step is not None
        failure: Fails | None = None
        match node:
            case cst.Name() if self._may_be_unbound(node.value, place):
                value = self.evaluator.lookup(node.value, place)
                unbound = all(isinstance(option, Unbound) for option in options(value))
                failure = certain(value) if unbound else None
            case cst.Attribute():
                failure = attribute_failure(node, place, self.evaluator)
            case cst.Call():
                found = call_failure(node, place, self.evaluator, self.follow)
                if not isinstance(found, Fails):
                    return found if isinstance(found, Found) else None
                failure = found
            case cst.Dict() | cst.Set():
                failure = _unhashable(node)
            case cst.BinaryOperation() | cst.Comparison() | cst.Subscript():
                failure = certain(self.evaluator.evaluate(node, place))
                if failure is not None and not is_stable(node, place, self.evaluator):
                    failure = None
                if failure is None and isinstance(node, cst.Subscript):
                    failure = subscript_failure(node, place, self.evaluator)
        return Found(failure, step.location(node)) if failure is not None else None

    def _may_be_unbound(self, name: str, place: Place) -> bool:
        if imports.is_given(name):
            return False
        scope = place.scope
        while isinstance(scope, LocalScope):
            if name in scope.names or scope.place is None:
                return False
            scope = scope.place.scope
        if place.frame is None:
            return isinstance(scope, ModuleScope | ClassScope) and name in self.unbound
        while isinstance(scope, FunctionScope):
            if name in scope.names:
                return scope is place.scope and name not in scope.parameters
            assert scope.place is not None
            scope = scope.place.scope
        number = _number_of_caller(place, scope)
        return number is not None and self.bound_at.get(name, number + 1) > number

    def statement(self, step: Step, place: Place) -> Found | None:
        """How a simple statement whose expressions raise nothing certainly raises itself."""
        match step.node:
            case cst.Assign(value=value) as node:
                for target in node.targets:
                    failure = self._assignment(target.target, value, place)
                    if failure is not None:
                        return Found(failure, step.location(target.target))
        return None

    def _assignment(self, target: cst.BaseExpression, value: cst.BaseExpression, place: Place) -> Fails | None:
        """How assigning certainly fails: too many or too few values, or what cannot be set."""
        match target:
            case cst.Tuple() | cst.List() if is_stable(value, place, self.evaluator):
                found = self.evaluator.evaluate(value, place)
                if isinstance(found, Constant) and isinstance(found.value, int | float | None):
                    return Fails("TypeError", f"cannot unpack non-iterable {type(found.value).__name__} object")
                if isinstance(found, Sequence):
                    return _miscounted(len(found.items), target)
            case cst.Attribute() if is_stable(target.value, place, self.evaluator):
                found = self.evaluator.evaluate(target.value, place)
                if isinstance(found, Constant):
                    kind = type(found.value).__name__
                    return Fails("AttributeError", f"'{kind}' object has no attribute '{target.attr.value}'")
            case cst.Subscript() if is_stable(target.value, place, self.evaluator):
                found = self.evaluator.evaluate(target.value, place)
                if isinstance(found, Constant):
                    return Fails("TypeError", f"'{type(found.value).__name__}' object does not support item assignment")
                if found != External("os.environ") or not is_stable(value, place, self.evaluator):
                    return None
                given = self.evaluator.evaluate(value, place)
                if isinstance(given, Constant) and not isinstance(given.value, str):
                    return Fails("TypeError", f"str expected, not {type(given.value).__name__}")
        return None

    def knows_namespace(self, node: cst.ClassDef, place: Place) -> bool:
        """Whether a class body's names are what its statements bind: no metaclass can give it more."""
        if node.keywords or place.step is None:
            return False
        made = class_value(node, place, self.evaluator)
        if not isinstance(made, ClassValue):
            return False
        known = classes.order(made, self.evaluator)
        return known.complete and all(not isinstance(c, ClassValue) or c.metaclass is None for c in known.classes)

    def made(self, node: cst.ClassDef, step: Step, place: Place) -> Found | None:
        """How making a class certainly fails, once its body has run."""
        found = options(define(node, place, self.evaluator))
        failures = [one for one in found if isinstance(one, Fails)]
        return Found(failures[0], step.location(node.name)) if len(failures) == len(found) else None


def _number_of_caller(place: Place, scope: object) -> int | None:
    """The number of the top-level statement of `scope` from which the function at `place` is called, if it is one."""
    caller = place
    while caller.frame is not None:
        caller = caller.frame.caller
    while isinstance(caller.scope, LocalScope | ClassScope) and caller.scope.place is not None:
        caller = caller.scope.place
    return caller.step.index if caller.scope is scope and caller.step is not None else None


def _read_by(target: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """What assigning to a target evaluates."""
    match target:
        case cst.Attribute():
            yield target.value
        case cst.Subscript():
            yield target.value
            yield from (e.slice.value for e in target.slice if isinstance(e.slice, cst.Index))


def _miscounted(count: int, target: cst.Tuple | cst.List) -> Fails | None:
    starred = any(isinstance(element, cst.StarredElement) for element in target.elements)
    wanted = len(target.elements) - starred
    if count < wanted:
        return Fails("ValueError", f"not enough values to unpack (expected {wanted}, got {count})")
    if count > wanted and not starred:
        return Fails("ValueError", f"too many values to unpack (expected {wanted})")
    return None


def _unhashable(node: cst.Dict | cst.Set) -> Fails | None:
    """The failure of a key or member that is written out as a list, set or dictionary."""
    for element in node.elements:
        key = element.key if isinstance(element, cst.DictElement) else element.value
        if isinstance(element, cst.DictElement | cst.Element):
            for kind, name in ((cst.List, "list"), (cst.Dict, "dict"), (cst.Set, "set")):
                if isinstance(key, kind):
                    return Fails("TypeError", f"unhashable type: '{name}'")
    return None
