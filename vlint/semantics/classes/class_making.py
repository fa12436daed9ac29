"""Class statements that certainly raise: bases that cannot go together, `__slots__`, keywords, enumerations."""

from __future__ import annotations

import builtins
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform import standard_classes
from vlint.platform.standard_library import certain_modules
from vlint.semantics.classes import classes, metaclasses
from vlint.semantics.classes.enumerations import enumeration_failure
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.scopes import Frame, Place
from vlint.semantics.evaluation.values import (
    Arguments,
    CallResult,
    ClassValue,
    Constant,
    DictValue,
    External,
    Fails,
    FunctionValue,
    ModuleValue,
    Sequence,
    Value,
)
from vlint.semantics.intrinsics.system import python_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator

_LAYOUTS = (int, str, bytes, bytearray, float, complex, tuple, list, dict, set, frozenset, type, BaseException)
"""Built-in types whose instances are laid out in ways of their own: two of them do not go together as bases."""
_HANDLER_ARGUMENTS = 3
_SLOTS_OF_ANY_CLASS = frozenset({"__dict__", "__weakref__"})
"""Names in `__slots__` that stand for what instances have elsewise."""


def failure_of_class(cls: ClassValue, evaluator: Evaluator) -> Fails | None:
    """How Python certainly fails to make a class, once its bases and its body have been evaluated; else None."""
    for base in cls.bases:
        if isinstance(base, Fails):
            return base
    checks: tuple[Callable[[ClassValue, Evaluator], str | Fails | None], ...] = (
        _no_class,
        _final,
        _order,
        _metaclasses,
        _layout,
        enumeration_failure,
        _slots,
        _keywords,
    )
    if not classes.has_plain_metaclass(cls, evaluator):
        checks = (_metaclasses,)  # what else is refused is for that metaclass to say
    for check in checks:
        found = check(cls, evaluator)
        if found is not None:
            return found if isinstance(found, Fails) else Fails("TypeError", found, origin=cls.origin)
    return None


def _no_class(cls: ClassValue, evaluator: Evaluator) -> str | Fails | None:
    """A base that is no class."""
    if cls.metaclass is not None:
        return None
    for base in cls.bases:
        match base:
            case FunctionValue() | Constant() | Sequence() | DictValue():
                return f"a base of the class '{cls.name}' is not a class"
            case ModuleValue() | External(is_module=True):
                return f"a base of the class '{cls.name}' is a module"
            case External(name=name) if _is_module(name, evaluator):
                return f"a base of the class '{cls.name}' is the module '{name}'"
            case External(name=name) if name in standard_classes.plain_functions():
                return f"a base of the class '{cls.name}' is the function '{name.rpartition('.')[2]}'"
            case CallResult(callee=External(name=name), arguments=given) if _is_request_handler(name):
                if given.complete and len(given.positional) + len(given.keywords) < _HANDLER_ARGUMENTS:
                    return f"{name.rpartition('.')[2]}() lacks the arguments that it is made with"
    return None


def _is_module(name: str, evaluator: Evaluator) -> bool:
    return all(name in certain_modules(version) for version in python_versions(evaluator))


def _is_request_handler(name: str) -> bool:
    known = (name, *(frameworks.hierarchy(name) or ()))
    return "socketserver.BaseRequestHandler" in known


def _final(cls: ClassValue, evaluator: Evaluator) -> str | None:
    del evaluator
    for base in cls.bases:
        if isinstance(base, External) and base.name in standard_classes.final_classes():
            return f"type '{base.name.rpartition('.')[2]}' is not an acceptable base type"
    return None


def _order(cls: ClassValue, evaluator: Evaluator) -> str | None:
    if len(cls.bases) > 1 and not classes.order(cls, evaluator).consistent:
        return "Cannot create a consistent method resolution order (MRO)"
    return None


def _metaclasses(cls: ClassValue, evaluator: Evaluator) -> str | None:
    if not cls.bases or (len(cls.bases) == 1 and cls.metaclass is None):
        return None
    if metaclasses.conflict(cls, evaluator):
        return "metaclass conflict: the metaclasses of the bases do not go together"
    return None


def _layout(cls: ClassValue, evaluator: Evaluator) -> str | None:
    if len(cls.bases) < 2:
        return None
    solid = [_solid(base, evaluator) for base in cls.bases]
    for first, second in combinations([one for one in solid if one is not None], 2):
        if not (_is_ancestor(first, second, evaluator) or _is_ancestor(second, first, evaluator)):
            return "multiple bases have instance lay-out conflict"
    return None


def _solid(cls: Value, evaluator: Evaluator) -> Value | None:
    """The nearest ancestor that says how instances are laid out; None where there is none, or it is not known."""
    for ancestor in classes.order(cls, evaluator).classes:
        match ancestor:
            case ClassValue():
                if any(name not in _SLOTS_OF_ANY_CLASS for name in _slot_names(ancestor, evaluator) or ()):
                    return ancestor
            case External(name=name):
                made = getattr(builtins, name.removeprefix("builtins."), None)
                family = next((one for one in _LAYOUTS if isinstance(made, type) and issubclass(made, one)), None)
                if family is not None:
                    return External(f"builtins.{family.__name__}")
            case _:
                return None
    return None


def _is_ancestor(first: Value, second: Value, evaluator: Evaluator) -> bool:
    return first in classes.order(second, evaluator).classes


def _slot_names(cls: ClassValue, evaluator: Evaluator) -> list[str] | None:
    """The names in `__slots__`; None where the class has none, or they are not displayed."""
    if cls.scope is None or "__slots__" not in cls.scope.names:
        return None
    found = classes.own(cls, "__slots__", evaluator)
    if isinstance(found, Constant) and isinstance(found.value, str):
        return [found.value]
    if isinstance(found, Sequence) and all(isinstance(item, Constant) for item in found.items):
        return [item.value for item in found.items if isinstance(item, Constant) and isinstance(item.value, str)]
    return None


def _slots(cls: ClassValue, evaluator: Evaluator) -> Fails | None:
    """A name that is in `__slots__` and bound in the body as well."""
    names = _slot_names(cls, evaluator)
    if not names:
        return None
    bound = Counter(_certainly_bound(cls))
    conflicts = [name for name in names if bound[name] and name not in _SLOTS_OF_ANY_CLASS]
    if not conflicts:
        return None
    return Fails("ValueError", f"'{conflicts[0]}' in __slots__ conflicts with class variable", origin=cls.origin)


def _certainly_bound(cls: ClassValue) -> Iterator[str]:
    """The names that statements of the body itself bind, if none of them is deleted."""
    assert cls.scope is not None
    steps = cls.scope.block.steps
    if any(isinstance(step.node, cst.Del) for step in steps):
        return
    for step in steps:
        match step.node:
            case cst.FunctionDef() | cst.ClassDef():
                yield step.node.name.value
            case cst.AnnAssign(target=cst.Name(value=name), value=value) if value is not None:
                yield name
            case cst.Assign():
                for target in step.node.targets:
                    if isinstance(target.target, cst.Name):
                        yield target.target.value


def _keywords(cls: ClassValue, evaluator: Evaluator) -> str | Fails | None:
    """Keywords of the statement that nothing takes, and an `__init_subclass__` that refuses."""
    if cls.scope is None:
        return None
    node = cls.scope.node
    if any(keyword.keyword is None for keyword in node.keywords):
        return None
    place = Place(cls.scope.place.scope, cls.scope.step, cls.scope.place.frame) if cls.scope.place else None
    ancestors = classes.order(cls, evaluator)
    if place is None or not ancestors.complete:
        return None
    given = tuple(
        (keyword.keyword.value, evaluator.evaluate(keyword.value, place))
        for keyword in node.keywords
        if keyword.keyword is not None and keyword.keyword.value != "metaclass"
    )
    for ancestor in ancestors.classes[1:]:
        if isinstance(ancestor, External) and frameworks.hierarchy(ancestor.name) is None:
            return None  # Generic, Protocol and enumerations take some
        found = classes.own(ancestor, "__init_subclass__", evaluator)
        if found is not None:
            return _refused(found, cls, given, place, evaluator)
    if given:
        return f"{cls.name}.__init_subclass__() takes no keyword arguments"
    return None


def _refused(
    found: Value, cls: ClassValue, given: tuple[tuple[str, Value], ...], place: Place, evaluator: Evaluator
) -> Fails | None:
    """How an `__init_subclass__` of the project certainly raises."""
    from vlint.semantics.evaluation.calling import bind_arguments

    function = getattr(found, "function", found)
    if not isinstance(function, FunctionValue) or not isinstance(function.node, cst.FunctionDef):
        return None
    bound = bind_arguments(function, Arguments((cls,), given), evaluator)
    if isinstance(bound, Fails):
        return Fails(bound.exception, bound.message, origin=cls.origin)
    if function.is_async:
        return None
    block = evaluator.function_scope(function.node, function.place).block
    raised = evaluator.raised(block, Frame(function, bound, place))
    if raised.may_complete or raised.certain is None:
        return None
    return Fails(raised.certain.exception, raised.certain.message, origin=cls.origin)
