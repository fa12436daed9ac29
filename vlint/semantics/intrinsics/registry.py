"""What functions outside the project do, for those whose result matters: a registry by qualified name.

A function registered under `os.path.join` gets the evaluated arguments of a call and gives its value, or None to leave
the call as it is (a `CallResult`). Methods are registered under their class (`pathlib.Path.joinpath`,
`builtins.str.format`) and get the receiver as first argument; properties and operators have decorators of their own.
Arguments can be a `Choice`: `Evaluator.each` helps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.values import Arguments, Value

Intrinsic: TypeAlias = "Callable[[Arguments, Evaluator], Value | None]"
Property: TypeAlias = "Callable[[Value, Evaluator], Value | None]"
Operator: TypeAlias = "Callable[[str, Value, Value, Evaluator], Value | None]"

_functions: dict[str, Intrinsic] = {}
_properties: dict[str, Property] = {}
_operators: dict[str, Operator] = {}


def intrinsic(*names: str) -> Callable[[Intrinsic], Intrinsic]:
    """Register a function as what a call of each qualified name gives."""

    def register(function: Intrinsic) -> Intrinsic:
        _functions.update(dict.fromkeys(names, function))
        return function

    return register


def property_of(*names: str) -> Callable[[Property], Property]:
    """Register what an attribute is (`pathlib.Path.parent`, or `sys.version_info` for a name in a module).

    The function gets the receiver; for a name in a module, the `External` itself.
    """

    def register(function: Property) -> Property:
        _properties.update(dict.fromkeys(names, function))
        return function

    return register


def operators_of(*types: str) -> Callable[[Operator], Operator]:
    """Register the binary operators of a class outside the project.

    The function gets the operator's name (`truediv`, `add`, …) and both operands, one of which is of the class.
    """

    def register(function: Operator) -> Operator:
        _operators.update(dict.fromkeys(types, function))
        return function

    return register


def call_intrinsic(name: str, arguments: Arguments, evaluator: Evaluator) -> Value | None:
    """What a call of the qualified `name` gives, or None where nobody registered it or it declined."""
    _load()
    function = _functions.get(name)
    return function(arguments, evaluator) if function is not None else None


def has_intrinsic(name: str) -> bool:
    """Whether calls of the qualified `name` are followed."""
    _load()
    return name in _functions


def property_intrinsic(name: str, receiver: Value, evaluator: Evaluator) -> Value | None:
    """What the attribute of the qualified `name` is, or None where nobody registered it or it declined."""
    _load()
    function = _properties.get(name)
    return function(receiver, evaluator) if function is not None else None


def operator_intrinsic(name: str, left: Value, right: Value, evaluator: Evaluator) -> Value | None:
    """What a binary operator gives, or None where no operand's class has one registered."""
    _load()
    for operand in (left, right):
        function = _operators.get(operand.type_name or "")
        if function is not None:
            return function(name, left, right, evaluator)
    return None


_loaded: list[str] = []


def _load() -> None:
    """Import every other module of this package: they register what they know."""
    if _loaded:
        return
    import pkgutil
    from importlib import import_module

    import vlint.semantics.intrinsics

    _loaded.append("")
    for module in pkgutil.iter_modules(vlint.semantics.intrinsics.__path__):
        import_module(f"vlint.semantics.intrinsics.{module.name}")
