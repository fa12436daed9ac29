"""What the built-in functions and the small tools of the standard library do with values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.evaluation.values import (
    Arguments,
    ClassValue,
    Constant,
    Descriptor,
    DictValue,
    External,
    FunctionValue,
    Partial,
    Sequence,
    TupleValue,
    Unknown,
    Value,
)
from vlint.semantics.imports.imports import module_value
from vlint.semantics.intrinsics.registry import intrinsic, property_of

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator


@intrinsic("functools.partial")
def _partial(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if not arguments.positional:
        return None
    function, *rest = arguments.positional
    bound = Arguments(tuple(rest), arguments.keywords, arguments.complete)
    return evaluator.each(function, lambda option: Partial(option, bound))


@intrinsic("functools.wraps")
def _wraps(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    return Partial(External("functools.update_wrapper.wraps"), arguments) if arguments.positional else None


@intrinsic("functools.update_wrapper.wraps")
def _apply_wraps(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if len(arguments.positional) < 2:
        return None
    wrapped, wrapper = arguments.positional[0], arguments.positional[-1]
    return evaluator.each(wrapper, lambda option: _wrapping(option, wrapped))


@intrinsic("functools.update_wrapper")
def _update_wrapper(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    if len(arguments.positional) < 2:
        return None
    wrapper, wrapped = arguments.positional[:2]
    return evaluator.each(wrapper, lambda option: _wrapping(option, wrapped))


def _wrapping(wrapper: Value, wrapped: Value) -> Value:
    if isinstance(wrapper, FunctionValue):
        return FunctionValue(wrapper.node, wrapper.place, wrapped, origin=wrapper.origin)
    return wrapper if isinstance(wrapper, ClassValue) else Unknown("a wrapper that is not a function")


@intrinsic("importlib.import_module")
def _import_module(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    """A module outside the project; which of its own modules a project has loaded by then is not followed."""
    name = arguments.positional[0] if len(arguments.positional) == 1 and not arguments.keywords else None
    if not isinstance(name, Constant) or not isinstance(name.value, str) or not arguments.complete:
        return None
    if not all(part.isidentifier() for part in name.value.split(".")):
        return None
    found = module_value(name.value, evaluator)
    return found if isinstance(found, External) else None


def _make_descriptor(kind: str) -> None:
    @intrinsic(f"builtins.{kind}")
    def descriptor(arguments: Arguments, evaluator: Evaluator) -> Value | None:
        if len(arguments.positional) != 1:
            return None
        return evaluator.each(arguments.positional[0], lambda function: Descriptor(kind, function))


for _kind in ("staticmethod", "classmethod", "property"):
    _make_descriptor(_kind)


@intrinsic("builtins.type")
def _type(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    if len(arguments.positional) != 3:
        return None
    name, bases, namespace = arguments.positional
    if not (isinstance(name, Constant) and isinstance(name.value, str)):
        return Unknown("a class with a name that is not known")
    if not isinstance(bases, TupleValue):
        return Unknown("a class with bases that are not known")
    if not isinstance(namespace, DictValue):
        return ClassValue(name.value, (*bases.items, Unknown("a namespace that is not known")))
    members = [(key.value, value) for key, value in namespace.entries if isinstance(key, Constant)]
    return ClassValue(name.value, bases.items, None, tuple((str(key), value) for key, value in members))


@intrinsic("builtins.bool")
def _bool(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    from vlint.semantics.evaluation.conditions import truth

    known = truth(arguments.positional[0], evaluator) if arguments.positional else False
    return Constant(known) if known is not None else None


@intrinsic("builtins.callable")
def _callable(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    match arguments.positional:
        case (FunctionValue() | ClassValue(),):
            return Constant(True)
        case (Constant() | Sequence() | DictValue(),):
            return Constant(False)
    return None


@intrinsic("builtins.getattr")
def _getattr(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    match arguments.positional:
        case (value, Constant(value=str(name))):
            return evaluator.attribute(value, name)
    return None


@intrinsic("builtins.tuple", "builtins.list")
def _sequence(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    match arguments.positional:
        case (Sequence(items=items),):
            return TupleValue(items)
    return None


@intrinsic("builtins.dict")
def _dict(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    if arguments.positional or not arguments.complete:
        return None
    return DictValue(tuple((Constant(name), value) for name, value in arguments.keywords))


@intrinsic("typing.cast")
def _cast(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    del evaluator
    return arguments.positional[1] if len(arguments.positional) == 2 else None


@property_of("typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING")
def _type_checking(receiver: Value, evaluator: Evaluator) -> Value | None:
    del receiver, evaluator
    return Constant(False)
