"""Metaclasses: the one that a class gets, and whether those of its bases go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.platform import standard_classes
from vlint.semantics.classes import classes
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.values import ClassValue, External, Value

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

_TYPE = External("builtins.type")


def metaclass_of(cls: Value, evaluator: Evaluator) -> Value | None:
    """The class of a class, or None where it is not known or there is none that fits."""
    if isinstance(cls, External):
        return _outside(cls.name)
    found: dict[Value, None] = {}
    for ancestor in classes.order(cls, evaluator).classes:
        metaclass: Value | None = None
        if isinstance(ancestor, ClassValue):
            metaclass = ancestor.metaclass or _TYPE
        elif isinstance(ancestor, External):
            metaclass = _outside(ancestor.name)
        if metaclass is None:
            return None
        found[metaclass] = None
    return _most_derived(list(found), evaluator)


def _outside(name: str) -> Value | None:
    """The metaclass of a class outside the project."""
    special = standard_classes.metaclass(name)
    if special is not None:
        return External(special)
    known = frameworks.hierarchy(name) is not None or standard_classes.special_ancestors(name) is not None
    return _TYPE if known and not name.endswith("TypedDict") else None


def _most_derived(found: list[Value], evaluator: Evaluator) -> Value | None:
    """The one that inherits from all the others; None where there is none, or it is not known."""
    orders = {one: classes.order(one, evaluator) for one in (*found, _TYPE)}
    if not all(isinstance(one, ClassValue | External) and orders[one].complete for one in orders):
        return None
    return next((one for one in orders if all(other in orders[one].classes for other in orders)), None)


def conflict(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether the metaclasses of the bases, and the one that is given, are all known and do not go together."""
    found = [metaclass_of(base, evaluator) for base in cls.bases]
    if cls.metaclass is not None:
        found.append(cls.metaclass)
    known = [one for one in found if one is not None and classes.order(one, evaluator).complete]
    if len(known) != len(found) or any(_TYPE not in classes.order(one, evaluator).classes for one in known):
        return False
    return _most_derived(known, evaluator) is None
