"""Classes of the project as applications, and as classes of what a framework makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.classes import classes
from vlint.semantics.entry_points.judgements import Judgement, Right, Undecided, Wrong
from vlint.semantics.evaluation.descriptions import describe
from vlint.semantics.evaluation.values import ClassValue, FunctionValue

if TYPE_CHECKING:
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
