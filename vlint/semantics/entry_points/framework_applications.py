"""What frameworks make, as applications: by the table, in classes of the project too, and in wrappers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.classes import classes
from vlint.semantics.entry_points.judgements import Judgement, Right, Undecided, Wrong
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.descriptions import describe
from vlint.semantics.evaluation.values import CallResult, ClassValue, External, InstanceValue, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vlint.semantics.evaluation.evaluator import Evaluator

ANY_ATTRIBUTE = ("__getattr__", "__getattribute__")
"""Methods by which an object may have whatever is looked for."""


def judge_entry(entry: frameworks.Entry, value: Value, evaluator: Evaluator) -> Judgement:
    """What the runtime makes of `value`, of which the table has `entry`."""
    match entry.interface:
        case "wsgi" | "asgi":
            if evaluator.platform.entry_point.looks_at_signature and not entry.signature:
                reason = "does not show its interface in the signature of __call__, which is where the platform looks"
                return Wrong("signature", describe(value), reason, value, at_start=True)
            return Right("wsgi" if entry.interface == "wsgi" else "asgi")
        case "neither":
            reason = "is neither a WSGI nor an ASGI application"
            at_start = not (entry.seems if evaluator.platform.entry_point.looks_at_signature else entry.callable)
            return Wrong("not-callable", describe(value), reason, value, entry.hint, at_start=at_start)
    return Undecided("an interface that is not known")


def judge_callable_of_framework(value: External, evaluator: Evaluator) -> Judgement:
    """A class or a factory of a framework itself, as the application."""
    entry = frameworks.entry(value.name)
    if entry is None:
        return Undecided("something outside the project")
    return to_be_called(value, value.name.rpartition(".")[2], entry, evaluator)


def to_be_called(value: Value, name: str, entry: frameworks.Entry, evaluator: Evaluator) -> Wrong:
    """What makes applications, in the place of one; the table has `entry` of what it makes."""
    reason = f"is not an application but what makes one: `{name}` has to be called"
    at_start = evaluator.platform.entry_point.looks_at_signature and not entry.itself
    return Wrong("not-callable", describe(value), reason, value, at_start=at_start)


def wrong_inside(wrapper: frameworks.Entry, value: CallResult, evaluator: Evaluator) -> Wrong | None:
    """A wrapper around something that it cannot call: the requests that it passes on fail."""
    inner = value.arguments.get(*wrapper.argument)
    entry = _entry_of(inner, evaluator) if inner is not None else None
    if inner is None or entry is None or entry.varies or entry.interface == wrapper.wraps:
        return None
    speaks = "neither WSGI nor ASGI" if entry.interface == "neither" else entry.interface.upper()
    reason = f"calls {describe(inner)} as {wrapper.wraps.upper()}, but that speaks {speaks}"
    hint = entry.hint or f"leave the wrapper out, or take one for {speaks}"
    return Wrong("unanswered", describe(value), reason, value, hint)


def _entry_of(value: Value, evaluator: Evaluator) -> frameworks.Entry | None:
    """What the table says of an application, or of what its wrappers wrap."""
    if isinstance(value, InstanceValue):
        return framework_ancestor(value.cls, calling_members(evaluator), evaluator)
    found = frameworks.interface_of(value)
    return _entry_of(found, evaluator) if isinstance(found, Value) else found


def framework_ancestor(cls: ClassValue, members: Iterable[str], evaluator: Evaluator) -> frameworks.Entry | None:
    """The table's entry of the one ancestor outside the project that is not known by its members.

    None where there is none or are several, or where a class of the project has, or may have, one of `members`.
    """
    found: list[frameworks.Entry] = []
    for ancestor in classes.order(cls, evaluator).classes:
        if isinstance(ancestor, ClassValue):
            if any(classes.own(ancestor, member, evaluator) is not None for member in members):
                return None
            continue
        entry = frameworks.entry(ancestor.name) if isinstance(ancestor, External) else None
        if entry is not None:
            found.append(entry)
        elif not isinstance(ancestor, External) or not classes.shows_members(ancestor.name):
            return None
    return found[0] if len(found) == 1 else None


_OWN_MAKING = frozenset({"__init__", "__new__", "__call__", "__iter__", "__getitem__", "__await__"})


def made_by(cls: ClassValue, evaluator: Evaluator) -> frameworks.Entry | None:
    """The framework's class that a class of the project is one of, with no way of its own to be made; else None."""
    if not classes.has_plain_metaclass(cls, evaluator):
        return None
    ancestors = classes.order(cls, evaluator).classes
    known = all(isinstance(one, ClassValue) or frameworks.entry(getattr(one, "name", "")) for one in ancestors)
    if not known or any(classes.own_names(one) & _OWN_MAKING for one in ancestors):
        return None
    return framework_ancestor(cls, (), evaluator)


def calling_members(evaluator: Evaluator) -> tuple[str, ...]:
    """The members by which the platform may call an object."""
    attribute = evaluator.platform.entry_point.application_attribute
    return ("__call__", *ANY_ATTRIBUTE, *([attribute] if attribute else []))
