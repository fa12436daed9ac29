"""Classes of the project as applications, and as classes of what a framework makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.classes import classes
from vlint.semantics.entry_points.judgements import Judgement, Right, Undecided, Wrong
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.descriptions import describe
from vlint.semantics.evaluation.values import ClassValue, External, FunctionValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vlint.semantics.evaluation.evaluator import Evaluator


def judge_class_result(cls: ClassValue, judgement: Right, evaluator: Evaluator) -> Judgement:
    """A class as an application: its instances are what the runtime gets as the answer."""
    wanted = ("__await__",) if judgement.interface == "asgi" else ("__iter__", "__getitem__")
    if any(isinstance(classes.find(cls, name, evaluator), FunctionValue) for name in wanted):
        return judgement
    if not classes.order(cls, evaluator).complete:
        return Undecided("a class that is not known to its end")
    reason = f"makes instances without {wanted[0]}, which are no answer to a request"
    return Wrong("signature", describe(cls), reason, cls)


def unusable_instances(cls: ClassValue, evaluator: Evaluator) -> Wrong | None:
    """A class whose instances can be no answer, whatever its signature: it was probably meant to be instantiated."""
    if not classes.order(cls, evaluator).complete or cls.metaclass is not None:
        return None
    members = ("__await__", "__iter__", "__getitem__", "__new__", evaluator.platform.entry_point.application_attribute)
    if any(classes.find(cls, name, evaluator) is not None for name in members if name):
        return None
    reason = "makes instances that are no answer to a request"
    hint = f"call it: `{cls.name}()`" if classes.find(cls, "__call__", evaluator) is not None else ""
    return Wrong("signature", describe(cls), reason, cls, hint)


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
