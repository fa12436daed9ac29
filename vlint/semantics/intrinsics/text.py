"""Strings, and the loops over displays of them: what paths are made with, over texts that are known."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from vlint.semantics.evaluation.operators import as_text
from vlint.semantics.evaluation.values import (
    Arguments,
    Constant,
    DictValue,
    Fails,
    ListValue,
    Sequence,
    TupleValue,
    Unknown,
    Value,
)
from vlint.semantics.intrinsics.registry import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

    from vlint.semantics.evaluation.evaluator import Evaluator

MAXIMUM_LENGTH = 10_000
"""Longer texts are not made: no path is as long."""


class _NotFollowedError(Exception):
    """The result may be there, but is not made."""


_PLAIN_METHODS = (
    "capitalize", "casefold", "lower", "upper", "title", "swapcase", "strip", "lstrip", "rstrip", "replace",
    "removeprefix", "removesuffix", "split", "rsplit", "partition", "rpartition", "startswith", "endswith",
    "splitlines", "zfill", "encode", "decode",
)  # fmt: skip


def _method(name: str) -> Callable[[Arguments, Evaluator], Value | None]:
    def call(arguments: Arguments, evaluator: Evaluator) -> Value | None:
        if not arguments.complete or arguments.keywords:
            return None
        return _each(arguments.positional, (), lambda *values: getattr(values[0], name)(*values[1:]), evaluator)

    return call


def _each(
    values: tuple[Value, ...], known: tuple[object, ...], function: Callable[..., object], evaluator: Evaluator
) -> Value:
    """`function` over every choice of the constants among `values`."""
    if not values:
        return _computed(function, known)

    def with_option(option: Value) -> Value:
        if isinstance(option, Constant):
            plain: object = option.value
        elif isinstance(option, TupleValue) and all(isinstance(item, Constant) for item in option.items):
            plain = tuple(item.value for item in option.items if isinstance(item, Constant))
        else:
            return Unknown("a text of parts that are not known")
        return _each(values[1:], (*known, plain), function, evaluator)

    return evaluator.each(values[0], with_option)


def _computed(function: Callable[..., object], arguments: tuple[object, ...]) -> Value:
    if any(isinstance(a, str | bytes) and len(a) > MAXIMUM_LENGTH for a in arguments) or _number_too_large(arguments):
        return Unknown("a long text")
    try:
        result = function(*arguments)
    except _NotFollowedError:
        return Unknown("a template of fields that are not plain")
    except Exception as error:  # the arguments are whatever the program passes
        return Fails(type(error).__name__, str(error))
    if isinstance(result, list):
        return ListValue(tuple(Constant(item) for item in result))
    if isinstance(result, tuple):
        return TupleValue(tuple(Constant(item) for item in result))
    if isinstance(result, str | bytes) and len(result) > MAXIMUM_LENGTH:
        return Unknown("a long text")
    return Constant(result)


def _number_too_large(arguments: tuple[object, ...]) -> bool:
    return any(isinstance(argument, int) and abs(argument) > MAXIMUM_LENGTH for argument in arguments)


for _name in _PLAIN_METHODS:
    intrinsic(f"builtins.str.{_name}", f"builtins.bytes.{_name}")(_method(_name))


@intrinsic("builtins.str")
def _str(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if len(arguments.positional) != 1 or arguments.keywords or not arguments.complete:
        return None

    def text(option: Value) -> Value:
        made = as_text(option, evaluator)
        return Unknown("a text that is not known") if made is None else Constant(made)

    return evaluator.each(arguments.positional[0], text)


@intrinsic("builtins.str.format")
def _format(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if not arguments.complete:
        return None
    names = [name for name, _ in arguments.keywords]
    values = (*arguments.positional, *(value for _, value in arguments.keywords))
    texts: list[Value] = []
    for value in values:
        made = as_text(value, evaluator) if not isinstance(value, Constant) else None
        texts.append(value if made is None else Constant(made))
    count = len(arguments.positional)

    def fill(template: object, *parts: object) -> object:
        if not isinstance(template, str) or _reaches_into(template):
            raise _NotFollowedError
        return template.format(*parts[: count - 1], **dict(zip(names, parts[count - 1 :], strict=True)))

    return _each(tuple(texts), (), fill, evaluator)


@intrinsic("builtins.str.join")
def _join(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if len(arguments.positional) != 2 or not isinstance(arguments.positional[1], Sequence):
        return None
    separator, parts = arguments.positional
    assert isinstance(parts, Sequence)
    return _each((separator, *parts.items), (), lambda glue, *texts: str(glue).join(map(str, texts)), evaluator)


def _reaches_into(template: str) -> bool:
    """Whether a template asks for attributes, items or widths: what a value would have to be known better for."""
    fields = (field for _, field, specification, _ in Formatter().parse(template) if field is not None or specification)
    return any(field and set(field) & set(".[") for field in fields) or ":" in template


def _view(part: Callable[[Value, Value], Value]) -> Callable[[Arguments, Evaluator], Value | None]:
    def view(arguments: Arguments, evaluator: Evaluator) -> Value | None:
        receiver = arguments.get(0, "self")
        if not isinstance(receiver, DictValue):
            return None
        return ListValue(tuple(part(key, value) for key, value in receiver.entries))

    return view


intrinsic("builtins.dict.keys")(_view(lambda key, value: key))
intrinsic("builtins.dict.values")(_view(lambda key, value: value))
intrinsic("builtins.dict.items")(_view(lambda key, value: TupleValue((key, value))))


@intrinsic("builtins.sorted", "builtins.reversed")
def _rearranged(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    first = arguments.get(0, "iterable")
    if isinstance(first, DictValue):
        return ListValue(tuple(key for key, _ in first.entries))
    return ListValue(first.items) if isinstance(first, Sequence) else None


@intrinsic("builtins.enumerate")
def _enumerate(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    first = arguments.get(0, "iterable")
    if not isinstance(first, Sequence) or arguments.get(1, "start") is not None:
        return None
    return ListValue(tuple(TupleValue((Constant(number), item)) for number, item in enumerate(first.items)))
