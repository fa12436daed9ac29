"""Operators over known values: arithmetic and comparison of constants, unpacking, subscripts."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

import libcst as cst

from vlint.semantics.evaluation.targets import Star
from vlint.semantics.evaluation.values import (
    CallResult,
    Choice,
    Constant,
    DictValue,
    Fails,
    ListValue,
    Member,
    Sequence,
    TupleValue,
    Unknown,
    Value,
    choice,
    options,
)
from vlint.semantics.intrinsics.registry import operator_intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Place

MAXIMUM_LENGTH = 100_000
"""Longer strings, and numbers of more bits, are not computed."""

_BINARY: dict[type[cst.CSTNode], tuple[str, Callable[[Any, Any], Any]]] = {
    cst.Add: ("add", operator.add),
    cst.Subtract: ("sub", operator.sub),
    cst.Multiply: ("mul", operator.mul),
    cst.Divide: ("truediv", operator.truediv),
    cst.FloorDivide: ("floordiv", operator.floordiv),
    cst.Modulo: ("mod", operator.mod),
    cst.BitOr: ("or", operator.or_),
    cst.BitAnd: ("and", operator.and_),
    cst.BitXor: ("xor", operator.xor),
}
_COMPARE: dict[type[cst.CSTNode], Callable[[Any, Any], Any]] = {
    cst.Equal: operator.eq,
    cst.NotEqual: operator.ne,
    cst.LessThan: operator.lt,
    cst.LessThanEqual: operator.le,
    cst.GreaterThan: operator.gt,
    cst.GreaterThanEqual: operator.ge,
    cst.In: lambda a, b: a in b,
    cst.NotIn: lambda a, b: a not in b,
    cst.Is: lambda a, b: type(a) is type(b) and a == b,
    cst.IsNot: lambda a, b: type(a) is not type(b) or a != b,
}


def binary(node: cst.CSTNode, left: Value, right: Value, evaluator: Evaluator) -> Value:
    """`left <operator> right`, by the operator's node type."""
    found = _BINARY.get(type(node))
    if found is None:
        return Unknown("an operator that is not followed")
    name, function = found
    return evaluator.each(left, lambda a: evaluator.each(right, lambda b: _binary(name, function, a, b, evaluator)))


def _binary(name: str, function: Callable[[Any, Any], Any], left: Value, right: Value, evaluator: Evaluator) -> Value:
    known = operator_intrinsic(name, left, right, evaluator)
    if known is not None:
        return known
    if name == "add" and isinstance(left, Sequence) and type(left) is type(right):
        assert isinstance(right, Sequence)
        return type(left)((*left.items, *right.items))
    if name == "mod" and isinstance(left, Constant) and isinstance(left.value, str):
        return _format(left.value, right)
    if not (isinstance(left, Constant) and isinstance(right, Constant)) or _too_large(name, left.value, right.value):
        return Unknown("an operation on values that are not constants")
    try:
        return Constant(function(left.value, right.value))
    except Exception as error:  # the operands are of any type
        return Fails(type(error).__name__, str(error))


def _too_large(name: str, left: object, right: object) -> bool:
    sizes = [
        len(v) if isinstance(v, str | bytes) else v.bit_length()
        for v in (left, right)
        if isinstance(v, str | bytes | int)
    ]
    if name == "mul":
        factors = [v for v in (left, right) if isinstance(v, int)]
        texts = [v for v in (left, right) if isinstance(v, str | bytes)]
        if texts and factors:
            return len(texts[0]) * abs(factors[0]) > MAXIMUM_LENGTH
    return sum(sizes) > MAXIMUM_LENGTH


def _format(template: str, right: Value) -> Value:
    items = right.items if isinstance(right, TupleValue) else (right,)
    if not all(isinstance(item, Constant) for item in items) or any(
        c.isdigit() or c == "*" for c in template.split("%", 1)[-1][:3]
    ):
        return Unknown("a formatted string of values that are not constants")
    values = tuple(item.value for item in items if isinstance(item, Constant))
    if sum(len(str(v)) for v in values) + len(template) > MAXIMUM_LENGTH:
        return Unknown("a long string")
    try:
        return Constant(template % values)
    except Exception as error:  # the template and its values are of any kind
        return Fails(type(error).__name__, str(error))


def augmented(node: cst.AugAssign, place: Place, evaluator: Evaluator) -> Value:
    """What `target += value` leaves in a name."""
    symbol = type(node.operator).__name__.removesuffix("Assign")
    plain = getattr(cst, symbol, None)
    if plain is None or not isinstance(node.target, cst.Name):
        return Unknown("an operator that is not followed")
    left = evaluator.lookup(node.target.value, place)
    return binary(plain(), left, evaluator.evaluate(node.value, place), evaluator)


def compare(node: cst.CSTNode, left: Value, right: Value) -> Value:
    """`left <comparison> right`, by the operator's node type."""
    function = _COMPARE.get(type(node))
    pairs = [(a, b) for a in options(left) for b in options(right)]
    if function is None or len(pairs) > 50:
        return Unknown("a comparison that is not followed")
    return choice(_compare(node, function, a, b) for a, b in pairs)


def _compare(node: cst.CSTNode, function: Callable[[Any, Any], Any], left: Value, right: Value) -> Value:
    if isinstance(left, Fails):
        return left
    if isinstance(right, Fails):
        return right
    if isinstance(node, cst.Is | cst.IsNot) and _none_against_other(left, right):
        return Constant(isinstance(node, cst.IsNot))
    if isinstance(left, TupleValue) and isinstance(right, TupleValue):
        left, right = _up_to_the_unknown(left, right)
    a, b = plain(left), plain(right)
    if a is NOT_PLAIN or b is NOT_PLAIN:
        return Unknown("a comparison of values that are not constants")
    try:
        return Constant(bool(function(a, b)))
    except Exception as error:  # the operands are of any type
        return Fails(type(error).__name__, str(error))


def _none_against_other(left: Value, right: Value) -> bool:
    """Whether one side is None and the other certainly is not."""
    none, other = (left, right) if isinstance(left, Constant) and left.value is None else (right, left)
    if not (isinstance(none, Constant) and none.value is None):
        return False
    return not isinstance(other, Unknown | Choice) and other.type_name not in {None, "builtins.NoneType"}


def _up_to_the_unknown(left: TupleValue, right: TupleValue) -> tuple[TupleValue, TupleValue]:
    """Two tuples cut behind the first items that differ, so that what follows need not be known to order them."""
    for index, (a, b) in enumerate(zip(left.items, right.items, strict=False), start=1):
        if not (isinstance(a, Constant) and isinstance(b, Constant)):
            break
        if a != b:
            return TupleValue(left.items[:index]), TupleValue(right.items[:index])
    else:
        shorter = min(len(left.items), len(right.items))
        more = (Constant(None),)  # whatever comes behind: the longer one is the greater
        return (
            TupleValue(left.items[:shorter] + more * (len(left.items) > shorter)),
            TupleValue(right.items[:shorter] + more * (len(right.items) > shorter)),
        )
    return left, right


NOT_PLAIN = object()


def plain(value: Value) -> Any:
    """A known value as the Python object it stands for, or `NOT_PLAIN`."""
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, Sequence):
        items = [plain(item) for item in value.items]
        if any(item is NOT_PLAIN for item in items):
            return NOT_PLAIN
        return tuple(items) if isinstance(value, TupleValue) else items
    return NOT_PLAIN


def element(value: Value) -> Value:
    """An element of an iterable, whichever it is."""
    if isinstance(value, Sequence):
        return choice(value.items)
    if isinstance(value, DictValue):
        return choice(key for key, _ in value.entries)
    if isinstance(value, Constant) and isinstance(value.value, str) and 0 < len(value.value) <= 12:
        return choice(Constant(character) for character in value.value)
    return Unknown("an element of something that is not known")


def unpacked(value: Value, part: int | Star) -> Value:
    """What one target gets when `value` is unpacked."""
    if isinstance(value, Constant) and isinstance(value.value, str):
        value = TupleValue(tuple(Constant(character) for character in value.value[:100]))
    if isinstance(value, CallResult) and isinstance(part, int) and part >= 0:
        return Member(value, f"[{part}]")
    if not isinstance(value, Sequence):
        return Unknown("unpacked from something that is not known")
    if isinstance(part, Star):
        return ListValue(value.items[part.before : len(value.items) - part.after])
    if not -len(value.items) <= part < len(value.items):
        return Fails("ValueError", "not enough values to unpack")
    return value.items[part]


def subscript(value: Value, index: Value) -> Value:
    """`value[index]`."""
    if isinstance(value, CallResult) and isinstance(index, Constant) and isinstance(index.value, int):
        return Member(value, f"[{index.value}]")
    if isinstance(value, DictValue) and isinstance(index, Constant):
        if (found := value.get(index.value)) is not None:
            return found
        return Unknown("a key that is not displayed")
    if isinstance(value, Sequence) and isinstance(index, Constant) and isinstance(index.value, int):
        if -len(value.items) <= index.value < len(value.items):
            return value.items[index.value]
        return (
            Unknown("an index that is not displayed")
            if isinstance(value, ListValue)
            else Fails("IndexError", "index out of range")
        )
    if isinstance(value, Constant) and isinstance(value.value, str | bytes) and isinstance(index, Constant):
        try:
            return Constant(value.value[index.value])
        except Exception as error:
            return Fails(type(error).__name__, str(error))
    return Unknown("a subscript of something that is not known")


def sliced(value: Value, lower: Value, upper: Value) -> Value:
    """`value[lower:upper]`."""
    if not (isinstance(lower, Constant) and isinstance(upper, Constant)):
        return Unknown("a slice that is not known")
    try:
        span = slice(lower.value, upper.value)
        if isinstance(value, Constant) and isinstance(value.value, str | bytes):
            return Constant(value.value[span])
        if isinstance(value, Sequence):
            return type(value)(value.items[span])
    except TypeError as error:
        return Fails("TypeError", str(error))
    return Unknown("a slice of something that is not known")


def as_text(value: Value, evaluator: Evaluator) -> str | None:
    """What `str(value)` gives, or None where it is not known."""
    from vlint.semantics.evaluation.values import Arguments
    from vlint.semantics.intrinsics.registry import call_intrinsic

    if isinstance(value, Constant):
        return str(value.value)
    found = call_intrinsic(f"{value.type_name}.__str__", Arguments((value,)), evaluator) if value.type_name else None
    return found.value if isinstance(found, Constant) and isinstance(found.value, str) else None
