"""Which HTTP methods a request handler answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Applicability, Edit, Fix
from vlint.semantics.classes import classes
from vlint.semantics.entry_points.judgements import Right
from vlint.semantics.entry_points.request_handlers import Unanswering, unanswering_methods
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.values import Choice, ClassValue, External, options

if TYPE_CHECKING:
    from vlint.semantics.entry_points.entry_point import EntryPoint
    from vlint.semantics.evaluation.evaluator import Evaluator

_PREFIX = "do_"
_ASSIGNED = re.compile(r"\.do_\w+\s*=|\bsetattr\b")
_MISNAMED = re.compile(r"(?:do_?)?(get|post|put|delete|patch|head|options)", re.IGNORECASE)


def without_methods(found: EntryPoint, evaluator: Evaluator) -> bool:
    """Whether the entry point is a handler that certainly has no method for any request."""
    if not (isinstance(found.judgement, Right) and found.judgement.interface == "handler") or found.chosen is None:
        return False
    if evaluator.function_module.module.matches(_ASSIGNED):
        return False
    return all(_has_none(option, evaluator) for option in options(found.chosen.value))


def unanswering(found: EntryPoint, evaluator: Evaluator) -> tuple[Unanswering, ...]:
    """The methods of a handler that certainly answer no request, where it is known which class is the handler."""
    if not (isinstance(found.judgement, Right) and found.judgement.interface == "handler") or found.chosen is None:
        return ()
    if isinstance(found.chosen.value, Choice) or evaluator.function_module.module.matches(_ASSIGNED):
        return ()
    return tuple(unanswering_methods(found.chosen.value, evaluator))


def _has_none(cls: object, evaluator: Evaluator) -> bool:
    if not isinstance(cls, ClassValue | External):
        return False
    order = classes.order(cls, evaluator)
    if not order.complete or (isinstance(cls, ClassValue) and cls.metaclass is not None):
        return False
    for ancestor in order.classes:
        if isinstance(ancestor, ClassValue):
            names = classes.own_names(ancestor)
            if any(name.startswith(_PREFIX) and not name.islower() for name in names) or "__init__" in names:
                return False
            if not names.isdisjoint(evaluator.platform.entry_point.handler_dispatch):
                return False
        elif isinstance(ancestor, External) and frameworks.answers_requests(ancestor.name, _PREFIX):
            return False
    return True


def misnamed_methods(found: EntryPoint, evaluator: Evaluator) -> tuple[Fix | None, str | None]:
    """The edits that give a handler's methods the names that are looked for, and the first wrong name."""
    del evaluator
    cls = found.chosen.value if found.chosen is not None else None
    if not isinstance(cls, ClassValue) or cls.scope is None:
        return None, None
    edits: list[Edit] = []
    near: str | None = None
    for step in cls.scope.block.steps:
        if isinstance(step.node, cst.FunctionDef) and (match := _MISNAMED.fullmatch(step.node.name.value)):
            near = near or step.node.name.value
            location = step.location(step.node.name)
            edits.append(Edit(location.path, location.range, _PREFIX + match[1].upper()))
    if not edits:
        return None, None
    return Fix("Name the methods as they are looked for", Applicability.UNSAFE, tuple(edits)), near
