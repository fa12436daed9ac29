"""What `def` and `class` statements give: functions and classes, passed through their decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform.standard_classes import transparent_classes
from vlint.semantics.classes import classes
from vlint.semantics.classes.class_making import failure_of_class
from vlint.semantics.classes.records import named_tuple
from vlint.semantics.evaluation.scopes import StepLocation
from vlint.semantics.evaluation.values import (
    Arguments,
    ClassValue,
    External,
    Fails,
    FunctionValue,
    ListValue,
    TupleValue,
    Unknown,
    Value,
    choice,
    options,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Place


def define(node: cst.FunctionDef | cst.ClassDef, place: Place, evaluator: Evaluator) -> Value:
    """The value that a definition at `place` gives its name."""
    value = FunctionValue(node, place) if isinstance(node, cst.FunctionDef) else class_value(node, place, evaluator)
    for decorator in reversed(node.decorators):
        if isinstance(value, Fails):
            return value  # before any of them is called
        function = evaluator.evaluate(decorator.decorator, place)
        value = evaluator.call(function, Arguments((value,)), place)
    return value


def class_value(node: cst.ClassDef, place: Place, evaluator: Evaluator) -> Value:
    """The class that a `class` statement makes, before its decorators."""
    assert place.step is not None
    alternatives: list[tuple[Value, ...]] = [()]
    more: list[tuple[Value, ...]]
    for number, argument in enumerate(node.bases):
        base = _base(argument.value, place, evaluator)
        if base in _GENERIC and _is_taken_out(number, node.bases, place, evaluator):
            continue
        if argument.star:
            more = [base.items] if isinstance(base, TupleValue | ListValue) else [(Unknown("a starred base"),)]
        else:
            more = [(option,) for option in options(base)]
        alternatives = [(*known, *added) for known in alternatives for added in more][:8]
    metaclass: Value | None = None
    for keyword in node.keywords:
        if keyword.keyword is not None and keyword.keyword.value == "metaclass":
            metaclass = evaluator.evaluate(keyword.value, place)
        elif keyword.star:
            metaclass = Unknown("keywords that are not known")
    scope = evaluator.class_scope(node, place.step, place)
    origin = StepLocation(place.step, node.name)
    return choice(
        made(ClassValue(node.name.value, bases, scope, metaclass=metaclass, origin=origin), evaluator)
        for bases in alternatives
    )


def _base(expression: cst.BaseExpression, place: Place, evaluator: Evaluator) -> Value:
    """A base, of `Generic[T]` and the like the class that stands for it among the ancestors."""
    if not isinstance(expression, cst.Subscript):
        return evaluator.evaluate(expression, place)
    return evaluator.each(evaluator.evaluate(expression.value, place), lambda head: _origin(head, evaluator))


def _is_taken_out(number: int, bases: Sequence[cst.Arg], place: Place, evaluator: Evaluator) -> bool:
    """Whether typing takes the base `Generic[T]`, by its number from 0, out of the bases.

    It does where `Protocol` is one of them, and where one behind has parameters too, in typing's way.
    """
    plain = [evaluator.evaluate(base.value, place) for base in bases if not isinstance(base.value, cst.Subscript)]
    if any(one in _PROTOCOL for one in plain):
        return True
    behind = [one.value.value for one in bases[number + 1 :] if isinstance(one.value, cst.Subscript)]
    heads = [evaluator.evaluate(head, place) for head in behind]
    return any(not isinstance(head, External) or head.name not in _SUBSCRIPTED for head in heads)


def _origin(head: Value, evaluator: Evaluator) -> Value:
    if isinstance(head, External) and (head.name in _SUBSCRIPTED or head.name in transparent_classes()):
        return head
    if isinstance(head, ClassValue) and head.scope is not None:
        ancestors = classes.order(head, evaluator).classes
        if head.scope.node.type_parameters is not None or External("typing.Generic") in ancestors:
            return head
    return Unknown("a base with parameters")


_GENERIC = (External("typing.Generic"), External("typing_extensions.Generic"))
_PROTOCOL = (External("typing.Protocol"), External("typing_extensions.Protocol"))
_SUBSCRIPTED = frozenset(f"builtins.{name}" for name in ("dict", "list", "tuple", "set", "frozenset"))


def made(cls: ClassValue, evaluator: Evaluator) -> Value:
    """The class as its bases make it, or how Python fails to make it."""
    failure = failure_of_class(cls, evaluator)
    if failure is not None:
        return failure
    return named_tuple(cls) if _NAMED_TUPLE in cls.bases else cls


_NAMED_TUPLE = External("typing.NamedTuple")
