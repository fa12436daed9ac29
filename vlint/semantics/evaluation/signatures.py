"""Signatures: which calls a callable takes, as Python would bind them and as `inspect.signature` shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.evaluation.values import (
    BoundMethod,
    ClassValue,
    Descriptor,
    External,
    FunctionValue,
    InstanceValue,
    Partial,
    Value,
)
from vlint.syntax.parameters import positional

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

_OBJECT_INIT = External("builtins.object.__init__")


@dataclass(frozen=True)
class Signature:
    """What a callable takes.

    Attributes:
        required: The names of positional parameters without default, in order.
        optional: The names of positional parameters with one.
        star: Whether there is `*args`.
        required_keywords: The names of keyword-only parameters without default.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    star: bool = False
    required_keywords: tuple[str, ...] = ()

    def accepts(self, count: int) -> bool:
        """Whether a call with `count` positional arguments, and nothing else, binds."""
        most = len(self.required) + len(self.optional)
        return len(self.required) <= count and (count <= most or self.star) and not self.required_keywords

    def bound(self, count: int) -> Signature:
        """What is left when the first `count` positional arguments are given."""
        taken = min(count, len(self.required))
        rest = max(0, count - len(self.required))
        return replace(self, required=self.required[taken:], optional=self.optional[rest:])

    def __str__(self) -> str:
        parts = [*self.required, *(f"{name}=…" for name in self.optional)]
        if self.star:
            parts.append("*args")
        elif self.required_keywords:
            parts.append("*")
        parts.extend(self.required_keywords)
        return f"({', '.join(parts)})"


def signature(value: Value, evaluator: Evaluator, *, shown: bool = False) -> Signature | None:
    """The signature of `value`, or None where it is not known.

    Args:
        value: A callable; not a choice.
        evaluator: Finds the members of classes.
        shown: Whether to give what `inspect.signature` shows, which follows `functools.wraps`.
    """
    match value:
        case FunctionValue():
            if shown and value.wrapped is not None:
                return signature(value.wrapped, evaluator, shown=True)
            return of_parameters(value.node.params)
        case BoundMethod():
            inner = signature(value.function, evaluator, shown=shown)
            return inner.bound(1) if inner is not None else None
        case Partial():
            inner = signature(value.function, evaluator, shown=shown)
            return _partial(inner, value) if inner is not None and value.arguments.complete else None
        case Descriptor(kind="staticmethod"):
            return signature(value.function, evaluator, shown=shown)
        case InstanceValue():
            found = classes.find(value.cls, "__call__", evaluator)
            return _method(found, evaluator, shown=shown) if found is not None else None
        case ClassValue():
            return _of_class(value, evaluator, shown=shown)
    return None


def of_parameters(params: cst.Parameters) -> Signature:
    """The signature that a parameter list spells."""
    listed = positional(params)
    return Signature(
        required=tuple(p.name.value for p in listed if p.default is None),
        optional=tuple(p.name.value for p in listed if p.default is not None),
        star=isinstance(params.star_arg, cst.Param),
        required_keywords=tuple(p.name.value for p in params.kwonly_params if p.default is None),
    )


def is_coroutine_function(value: Value) -> bool | None:
    """What `inspect.iscoroutinefunction(value)` says; None where it is not known."""
    match value:
        case FunctionValue():
            from vlint.semantics.evaluation.calling import yields

            return value.is_async and not yields(value.node)
        case BoundMethod() | Partial():
            return is_coroutine_function(value.function)
        case InstanceValue() | ClassValue():
            return False
        case Descriptor():
            return False
    return None


def _method(function: Value, evaluator: Evaluator, *, shown: bool) -> Signature | None:
    """The signature of a class's member when it is called through an instance."""
    match function:
        case FunctionValue() | Partial():
            inner = signature(function, evaluator, shown=shown)
            return inner.bound(1) if inner is not None and isinstance(function, FunctionValue) else inner
        case Descriptor(kind="classmethod"):
            inner = signature(function.function, evaluator, shown=shown)
            return inner.bound(1) if inner is not None else None
        case Descriptor(kind="staticmethod"):
            return signature(function.function, evaluator, shown=shown)
        case InstanceValue():
            return signature(function, evaluator, shown=shown)
    return None


def _of_class(cls: ClassValue, evaluator: Evaluator, *, shown: bool) -> Signature | None:
    if cls.metaclass is not None or classes.find(cls, "__new__", evaluator) is not None:
        return None
    found = classes.find(cls, "__init__", evaluator)
    if found is None or found == _OBJECT_INIT:
        return Signature(()) if classes.is_complete(cls, evaluator) else None
    return _method(found, evaluator, shown=shown)


def _partial(inner: Signature, value: Partial) -> Signature:
    """What `functools.partial` leaves: parameters given by name take, with all behind them, only keywords."""
    left = inner.bound(len(value.arguments.positional))
    given = {name for name, _ in value.arguments.keywords}
    required: list[str] = []
    keyword_only: list[str] = [name for name in left.required_keywords if name not in given]
    cut = False
    for name in left.required:
        cut = cut or name in given
        if name not in given:
            (keyword_only if cut else required).append(name)
    optional = () if cut else tuple(left.optional[: _first(left.optional, given)])
    return Signature(tuple(required), optional, left.star and not cut, tuple(keyword_only))


def _first(names: tuple[str, ...], given: set[str]) -> int:
    return next((index for index, name in enumerate(names) if name in given), len(names))
