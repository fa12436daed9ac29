"""What the standard library's makers and decorators of classes give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.classes import records
from vlint.semantics.evaluation.values import Arguments, ClassValue, Constant, External, Partial, Unknown, Value
from vlint.semantics.intrinsics.registry import intrinsic

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

_UNKNOWN_FIELDS = Unknown("a field of a named tuple")


@intrinsic("dataclasses.dataclass")
def _dataclass(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if not arguments.positional:
        return Partial(External("dataclasses.dataclass"), arguments)
    return evaluator.each(arguments.positional[0], lambda option: records.data_class(option, arguments, evaluator))


@intrinsic(
    "functools.total_ordering",
    "typing.final",
    "typing.runtime_checkable",
    "typing_extensions.final",
    "typing_extensions.runtime_checkable",
)
def _as_it_is(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    return evaluator.each(arguments.positional[0], _class_alone) if len(arguments.positional) == 1 else None


def _class_alone(value: Value) -> Value:
    return value if isinstance(value, ClassValue) else Unknown("something decorated")


@intrinsic("collections.namedtuple")
def _namedtuple(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    name, fields = arguments.get(0, "typename"), arguments.get(1, "field_names")
    if not isinstance(name, Constant) or not isinstance(name.value, str) or not arguments.complete or fields is None:
        return None
    return ClassValue(name.value, (External("builtins.tuple"),), added=(("__init__", _UNKNOWN_FIELDS),))
