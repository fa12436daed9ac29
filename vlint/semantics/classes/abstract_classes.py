"""Abstract classes: the members that still want an implementation, for which no instance can be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vlint.semantics.classes import classes
from vlint.semantics.classes.metaclasses import metaclass_of
from vlint.semantics.evaluation.values import CallResult, ClassValue, Descriptor, External, Fails, Value

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

_ABSTRACT = (
    External("abc.abstractmethod"),
    External("abc.abstractproperty"),
    External("abc.abstractclassmethod"),
    External("abc.abstractstaticmethod"),
)
_PROTOCOLS = (External("typing.Protocol"), External("typing_extensions.Protocol"))


def abstract_failure(cls: ClassValue, evaluator: Evaluator) -> Fails | None:
    """How making an instance certainly fails, because the class is a protocol or has abstract members; else None."""
    if not cls.bases and cls.metaclass is None:
        return None
    if any(base in _PROTOCOLS for base in cls.bases):
        return Fails("TypeError", "Protocols cannot be instantiated", origin=cls.origin)
    names = abstract_members(cls, evaluator)
    if not names:
        return None
    listed = ", ".join(f"'{name}'" for name in names)
    plural = "s" if len(names) > 1 else ""
    message = (
        f"Can't instantiate abstract class {cls.name} without an implementation for abstract method{plural} {listed}"
    )
    return Fails("TypeError", message, origin=cls.origin)


def abstract_members(cls: ClassValue, evaluator: Evaluator) -> list[str]:
    """The names of the members that certainly are abstract; none where the class may be no abstract class."""
    ancestors = classes.order(cls, evaluator).classes
    if metaclass_of(cls, evaluator) != External("abc.ABCMeta") or _is_changed(cls):
        return []
    names = {name for ancestor in ancestors for name in _declared(ancestor)}
    return sorted(name for name in names if _is_abstract(classes.find(cls, name, evaluator)))


_DECLARES = re.compile(
    r"\babstract\w*\b[^\n]*\n(?:[ \t]*@[^\n]*\n)*[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)|(\w+)[ \t]*=[^\n]*\babstract"
)


def _declared(cls: Value) -> frozenset[str]:
    """The members that may be abstract: of a class of many, those alone whose text says so."""
    if not isinstance(cls, ClassValue) or cls.scope is None:
        return classes.own_names(cls)
    return classes.own_names(cls) & cls.scope.step.statement.answer("abstract members", _declared_in)


def _declared_in(text: str) -> frozenset[str]:
    return frozenset(match[1] or match[2] for match in _DECLARES.finditer(text))


def _is_abstract(member: Value | None) -> bool:
    match member:
        case CallResult():
            return member.callee in _ABSTRACT
        case Descriptor():
            return _is_abstract(member.function)
    return False


def _is_changed(cls: ClassValue) -> bool:
    """Whether the module may say by itself what is abstract."""
    return cls.scope is None or cls.scope.root.module.contains("__abstractmethods__")
