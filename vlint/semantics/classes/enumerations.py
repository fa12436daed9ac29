"""Enumerations: which names of the body are members, what a member is, and classes that Python refuses to make."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.evaluation.values import (
    Arguments,
    ClassValue,
    Constant,
    DictValue,
    External,
    InstanceValue,
    Sequence,
    Unknown,
    Value,
    options,
)

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

_ENUM = External("enum.Enum")
_DATA = ("builtins.int", "builtins.str")


def is_enumeration(cls: Value, evaluator: Evaluator) -> bool:
    """Whether a class certainly is an enumeration."""
    return isinstance(cls, ClassValue) and _ENUM in classes.order(cls, evaluator).classes


def _declared(cls: ClassValue) -> Counter[str]:
    """How often statements of the body itself assign to each name that can be a member's."""
    found: Counter[str] = Counter()
    for step in cls.scope.block.steps if cls.scope is not None else ():
        match step.node:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]) if not name.startswith("_"):
                found[name] += 1
            case cst.AnnAssign(target=cst.Name(value=name), value=value) if value is not None:
                found[name] += 1
    return found


def members(cls: ClassValue, evaluator: Evaluator) -> tuple[str, ...]:
    """The names in an enumeration's body that certainly are members: they are assigned to plain data."""
    if cls.scope is None or "_ignore_" in cls.scope.names:
        return ()
    return tuple(name for name in _declared(cls) if _is_data(classes.own(cls, name, evaluator)))


def _is_data(value: Value | None) -> bool:
    return value is not None and all(isinstance(one, Constant | Sequence | DictValue) for one in options(value))


def member(cls: ClassValue, name: str, found: Value, evaluator: Evaluator) -> Value:
    """What `Class.name` is, where the body has `found` under the name."""
    if name not in members(cls, evaluator):
        return found if name.startswith("_") else Unknown("a name in an enumeration that may be a member")
    ancestors = classes.order(cls, evaluator).classes
    if any(External(data) in ancestors for data in _DATA):
        # What takes text or a number takes such a member; that it can be called is another matter.
        return found if classes.lacks_call(cls, evaluator) else Unknown("a member of an enumeration")
    return InstanceValue(cls, Arguments((found,), complete=False))


def value_of_member(instance: InstanceValue, evaluator: Evaluator) -> Value | None:
    """What `member.value` is, where nothing of the class's own says it."""
    own = ("value", "_value_", "__new__", "__init__", "_generate_next_value_")
    if len(instance.arguments.positional) != 1 or not classes.order(instance.cls, evaluator).complete:
        return None
    ancestors = classes.order(instance.cls, evaluator).classes
    names = {name for ancestor in ancestors for name in classes.own_names(ancestor)}
    return None if names & set(own) else instance.arguments.positional[0]


_NAMES_OF_ALL = frozenset({"name", "value", "mro"})
"""Names without underscore that each enumeration answers to."""


def lacks(cls: ClassValue, name: str, evaluator: Evaluator) -> bool:
    """Whether an enumeration certainly has nothing under `name`, which no known ancestor has."""
    if name.startswith("_") or name in _NAMES_OF_ALL:
        return False
    order = classes.order(cls, evaluator)
    return order.complete and all(_is_plain(ancestor) for ancestor in order.classes)


def _is_plain(cls: Value) -> bool:
    """Whether a class says by definitions and assignments alone which names it has, and those are followed."""
    if not isinstance(cls, ClassValue):
        return cls in _WITHOUT_NAMES
    if cls.metaclass is not None or cls.scope is None:
        return False
    for step in cls.scope.block.steps:
        match step.node:
            case cst.FunctionDef() | cst.ClassDef() | cst.AnnAssign() | cst.Pass():
                continue
            case cst.Expr(value=cst.BaseString() | cst.Ellipsis()):
                continue
            case cst.Assign(targets=targets) if all(isinstance(target.target, cst.Name) for target in targets):
                continue
        return False
    return True


_WITHOUT_NAMES = (_ENUM, External("builtins.object"))


def enumeration_failure(cls: ClassValue, evaluator: Evaluator) -> str | None:
    """How Python certainly refuses to make an enumeration, or None."""
    if not is_enumeration(cls, evaluator) or not classes.order(cls, evaluator).complete:
        return None
    for base in cls.bases:
        if isinstance(base, ClassValue) and is_enumeration(base, evaluator) and members(base, evaluator):
            return f"<enum '{cls.name}'> cannot extend <enum '{base.name}'>"
    if not is_enumeration(cls.bases[-1], evaluator) and not _is_enum_of_python(cls.bases[-1], evaluator):
        return "new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`"
    known = set(members(cls, evaluator))
    twice = [name for name, count in _declared(cls).items() if count > 1 and name in known]
    return f"'{twice[0]}' already defined" if twice else None


def _is_enum_of_python(cls: Value, evaluator: Evaluator) -> bool:
    return isinstance(cls, External) and _ENUM in classes.order(cls, evaluator).classes
