"""Classes: their bases, the order in which members are looked for, and what they inherit from."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.platform import standard_classes
from vlint.semantics.classes.set_members import is_set_outside, may_be_set
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import (
    ClassValue,
    External,
    InstanceValue,
    Unbound,
    Unknown,
    Value,
    choice,
    options,
)

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

_OBJECT = External("builtins.object")
_PLAIN_METACLASSES = (External("builtins.type"), External("abc.ABCMeta"))
"""Metaclasses that make classes and instances as `type` does."""


MAXIMUM_ANCESTORS = 100
"""Ancestors of the bases of a class, those of several counted several times; of more the order is not looked for."""


@dataclass(frozen=True)
class Order:
    """The method resolution order of a class, as far as it is known.

    Attributes:
        classes: The class, then its ancestors, of the project (`ClassValue`) or outside it (`External`).
        complete: Whether every ancestor is known; where not, the rest is open from the first unknown base on.
        consistent: Whether Python accepts the bases at all.
    """

    classes: tuple[Value, ...]
    complete: bool
    consistent: bool = True


def order(cls: Value, evaluator: Evaluator) -> Order:
    """The method resolution order of `cls` (C3, as Python computes it)."""
    known = evaluator.orders.get(cls)
    if known is None:
        known = evaluator.orders[cls] = _order(cls, evaluator)
    return known


def _order(cls: Value, evaluator: Evaluator) -> Order:
    if isinstance(cls, External):
        ancestors = frameworks.hierarchy(cls.name)
        if ancestors is None:
            ancestors = standard_classes.special_ancestors(cls.name)
        names = ancestors if ancestors is not None else ()
        return Order((cls, *(External(name) for name in names)), complete=ancestors is not None)
    if not isinstance(cls, ClassValue):
        return Order((cls,), complete=False)
    bases = cls.bases or (_OBJECT,)
    orders = [order(base, evaluator) for base in bases]
    complete = all(known.complete for known in orders)
    if sum(len(known.classes) for known in orders) > MAXIMUM_ANCESTORS:
        return Order((cls, Unknown("more ancestors than are followed")), complete=False)
    merged = _merge([list(known.classes) for known in orders] + [list(bases)])
    if merged is None:
        flat = dict.fromkeys(item for known in orders for item in known.classes)
        return Order((cls, *flat), complete, consistent=not complete)
    return Order((cls, *merged), complete)


def _merge(sequences: list[list[Value]]) -> list[Value] | None:
    result: list[Value] = []
    rest = [sequence for sequence in sequences if sequence]
    while rest:
        head = next((s[0] for s in rest if not any(s[0] in other[1:] for other in rest)), None)
        if head is None:
            return None
        result.append(head)
        rest = [[item for item in sequence if item != head] for sequence in rest]
        rest = [sequence for sequence in rest if sequence]
    return result


def own(cls: Value, name: str, evaluator: Evaluator) -> Value | None:
    """What a class itself has under `name`, its ancestors left out; None where it has nothing."""
    if isinstance(cls, External):
        return External(f"{cls.name}.{name}") if frameworks.has_member(cls.name, name) else None
    if not isinstance(cls, ClassValue):
        return None
    added = next((value for key, value in cls.added if key == name), None)
    if cls.scope is None:
        return next((value for key, value in cls.namespace if key == name), added)
    if is_set_outside(cls.name, name, cls.scope.root):
        return Unknown("a member that is set outside the class")
    if name not in cls.scope.names:
        return added
    found, unbound = evaluator.bindings(
        name, Place(cls.scope, None, cls.scope.place.frame if cls.scope.place else None)
    )
    values = [evaluator.value_of(reached) for reached in found]
    values = [option for value in values for option in options(value)]
    if all(isinstance(value, Unbound) for value in values):
        return added
    return choice([*values, Unknown("a member that is not always there")] if unbound else values)


def own_names(cls: Value) -> frozenset[str]:
    """The names that a class of the project itself defines; nothing for a class outside it."""
    if not isinstance(cls, ClassValue):
        return frozenset()
    return cls.scope.names if cls.scope is not None else frozenset(name for name, _ in cls.namespace)


def find(cls: Value, name: str, evaluator: Evaluator) -> Value | None:
    """What `name` is in a class or the first ancestor that has it; None where none of the known ones has."""
    known = order(cls, evaluator)
    for ancestor in known.classes:
        found = own(ancestor, name, evaluator)
        if found is not None:
            return found
        if not isinstance(ancestor, External | ClassValue):
            return Unknown("a member of a base that is not known")
        if isinstance(ancestor, External) and not shows_members(ancestor.name):
            return Unknown("a member of a class outside the project")
    return None


def shows_members(cls: str) -> bool:
    """Whether the members of a class outside the project that matter are known."""
    return frameworks.hierarchy(cls) is not None or cls in standard_classes.transparent_classes()


def lacks_call(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether instances of the class certainly cannot be called."""
    known = order(cls, evaluator)
    if not has_plain_metaclass(cls, evaluator):
        return False
    for ancestor in known.classes:
        if isinstance(ancestor, ClassValue):
            if own(ancestor, "__call__", evaluator) is not None:
                return False
        elif not isinstance(ancestor, External) or not _instances_lack_call(ancestor.name):
            return False
    return not may_be_set("__call__", known.classes, evaluator)


def _instances_lack_call(cls: str) -> bool:
    known = frameworks.hierarchy(cls) is not None or standard_classes.special_ancestors(cls) is not None
    return (known or cls in standard_classes.plain_classes()) and cls != "builtins.type"


def has_constructor(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether a class may have a `__new__` that gives something else than an instance of it."""
    for ancestor in order(cls, evaluator).classes:
        if isinstance(ancestor, External):
            if ancestor.name in standard_classes.plain_classes() or ancestor.name in _OWN_INSTANCES:
                continue
            if frameworks.is_plain_class(ancestor.name):
                continue
            if not shows_members(ancestor.name) or frameworks.has_member(ancestor.name, "__new__"):
                return True
        elif own(ancestor, "__new__", evaluator) is not None:
            return True
    return False


_OWN_INSTANCES = frozenset({"builtins.tuple", "builtins.dict", "typing.TypedDict", "typing_extensions.TypedDict"})
"""Classes outside the project whose `__new__` gives an instance of the class that is called."""


def is_complete(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether every ancestor of the class is known, and none of them is outside the project but `object`."""
    known = order(cls, evaluator)
    return known.complete and all(isinstance(c, ClassValue) or c == _OBJECT for c in known.classes)


def has_dynamic_attributes(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether attributes can appear that no class body names."""
    return any(find(cls, name, evaluator) is not None for name in ("__getattr__", "__getattribute__", "__slots__")) or (
        cls.metaclass is not None
    )


def has_plain_metaclass(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether neither the class nor a known ancestor of the project names a metaclass with code of its own."""
    return all(
        ancestor.metaclass is None or ancestor.metaclass in _PLAIN_METACLASSES
        for ancestor in order(cls, evaluator).classes
        if isinstance(ancestor, ClassValue)
    )


def inherits(cls: Value, ancestor: str, evaluator: Evaluator) -> bool | None:
    """Whether `cls` inherits from the class outside the project named `ancestor`; None where it cannot be known."""
    known = order(cls, evaluator)
    if External(ancestor) in known.classes:
        return True
    if isinstance(cls, ClassValue) and cls.metaclass is not None and not isinstance(cls.metaclass, External):
        return None
    open_ended = [c for c in known.classes if not isinstance(c, ClassValue | External)]
    if open_ended:
        return None
    outside = [c.name for c in known.classes if isinstance(c, External)]
    return None if any(not _surely_unrelated(name) for name in outside) else False


def _surely_unrelated(name: str) -> bool:
    """Whether a class outside the project is known not to be a request handler."""
    if frameworks.hierarchy(name) is not None or frameworks.interface(name) is not None:
        return True
    if frameworks.is_unrelated(name):
        return True
    return name.partition(".")[0] in sys.stdlib_module_names or name.startswith("builtins.")


def class_of(value: Value) -> Value | None:
    """The class of an instance, or None."""
    return value.cls if isinstance(value, InstanceValue) else None
