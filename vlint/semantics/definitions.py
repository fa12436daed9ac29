"""What `def` and `class` statements give: functions and classes, passed through their decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics import classes
from vlint.semantics.values import (
    Arguments,
    ClassValue,
    Constant,
    DictValue,
    Fails,
    FunctionValue,
    ListValue,
    Sequence,
    TupleValue,
    Unknown,
    Value,
    choice,
    options,
)

if TYPE_CHECKING:
    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import Place


def define(node: cst.FunctionDef | cst.ClassDef, place: Place, evaluator: Evaluator) -> Value:
    """The value that a definition at `place` gives its name."""
    value = FunctionValue(node, place) if isinstance(node, cst.FunctionDef) else class_value(node, place, evaluator)
    for decorator in reversed(node.decorators):
        function = evaluator.evaluate(decorator.decorator, place)
        value = evaluator.call(function, Arguments((value,)), place)
    return value


def class_value(node: cst.ClassDef, place: Place, evaluator: Evaluator) -> Value:
    """The class that a `class` statement makes, before its decorators."""
    assert place.step is not None
    alternatives: list[tuple[Value, ...]] = [()]
    more: list[tuple[Value, ...]]
    for argument in node.bases:
        base = evaluator.evaluate(argument.value, place)
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
    origin = place.step.location(node.name)
    return choice(
        checked(ClassValue(node.name.value, bases, scope, metaclass=metaclass, origin=origin), evaluator)
        for bases in alternatives
    )


def checked(cls: ClassValue, evaluator: Evaluator) -> Value:
    """The class, or how Python fails to make it: a base that is not there, is no class, or stands in no order."""
    for base in cls.bases:
        if isinstance(base, Fails):
            return base
        if isinstance(base, FunctionValue | Constant | Sequence | DictValue) and cls.metaclass is None:
            return Fails("TypeError", f"a base of the class '{cls.name}' is not a class", origin=cls.origin)
    if len(cls.bases) > 1 and not classes.order(cls, evaluator).consistent:
        return Fails("TypeError", "Cannot create a consistent method resolution order (MRO)", origin=cls.origin)
    return cls
