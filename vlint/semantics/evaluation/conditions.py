"""Conditions and exceptions: what is certainly true, what certainly raises, and what a handler catches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.attributes import called_by_python
from vlint.semantics.evaluation.values import (
    Arguments,
    BoundMethod,
    CallResult,
    ClassValue,
    Constant,
    DictValue,
    External,
    Fails,
    FunctionValue,
    InstanceValue,
    ListValue,
    ModuleValue,
    Partial,
    Sequence,
    TupleValue,
    Unknown,
    Value,
    options,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Place

_ALWAYS_TRUE = (ClassValue, FunctionValue, BoundMethod, ModuleValue, Partial)
_ENDS_THE_PROCESS = frozenset({"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit"})
_SAFE_STATEMENTS = (cst.Pass, cst.Global, cst.Nonlocal)


def truth(value: Value, evaluator: Evaluator) -> bool | None:
    """The truth of a value; None where it is not known or differs among the options."""
    del evaluator
    found = {_truth(option) for option in options(value)}
    return found.pop() if len(found) == 1 else None


def _truth(value: Value) -> bool | None:
    match value:
        case Constant():
            return bool(value.value)
        case Sequence():
            return bool(value.items)
        case DictValue():
            return bool(value.entries)
    return True if isinstance(value, _ALWAYS_TRUE) else None


def cases(node: cst.Match, place: Place, evaluator: Evaluator) -> Iterator[tuple[int, bool]]:
    """The cases that can be taken, by number, each with whether it certainly is; nothing follows one that is."""
    subject = evaluator.evaluate(node.subject, place)
    for number, case in enumerate(node.cases):
        matches = _matches(case.pattern, subject, place, evaluator)
        if matches and case.guard is not None:
            matches = evaluator.decide(case.guard, place)
        elif matches is None and case.guard is not None and evaluator.decide(case.guard, place) is False:
            matches = False
        if matches is not False:
            yield number, matches is True
        if matches:
            return


def _matches(pattern: cst.MatchPattern, subject: Value, place: Place, evaluator: Evaluator) -> bool | None:
    match pattern:
        case cst.MatchAs(pattern=None):
            return True
        case cst.MatchAs(pattern=inner) if inner is not None:
            return _matches(inner, subject, place, evaluator)
        case cst.MatchOr():
            found = [_matches(option.pattern, subject, place, evaluator) for option in pattern.patterns]
            return True if True in found else None if None in found else False
        case cst.MatchList() | cst.MatchTuple():
            return _matches_sequence(pattern, subject)
        case cst.MatchValue() | cst.MatchSingleton():
            value = evaluator.evaluate(pattern.value, place)
            if isinstance(subject, Constant) and isinstance(value, Constant):
                return bool(subject.value == value.value)
    return None


def _matches_sequence(pattern: cst.MatchList | cst.MatchTuple, subject: Value) -> bool | None:
    if not isinstance(subject, TupleValue | ListValue):
        return False if isinstance(subject, Constant) else None
    starred = sum(isinstance(element, cst.MatchStar) for element in pattern.patterns)
    needed = len(pattern.patterns) - starred
    if len(subject.items) < needed or (not starred and len(subject.items) != needed):
        return False
    simple = all(
        isinstance(element, cst.MatchStar) or (isinstance(element.value, cst.MatchAs) and element.value.pattern is None)
        for element in pattern.patterns
    )
    return True if simple else None


def suppresses(manager: cst.BaseExpression, place: Place, evaluator: Evaluator) -> bool:
    """Whether a context manager is `contextlib.suppress(…)` or one like it."""
    if not isinstance(manager, cst.Call):
        return False
    callee = evaluator.evaluate(manager.func, place)
    return isinstance(callee, External) and callee.name in {"contextlib.suppress", "pytest.raises"}


_PASSES_ON = frozenset({"builtins.open", "contextlib.nullcontext", "contextlib.closing", "contextlib.redirect_stdout"})
"""Context managers that let every exception pass."""


def may_suppress(manager: cst.BaseExpression, place: Place, evaluator: Evaluator) -> bool:
    """Whether a context manager can swallow exceptions: one that is not known to let them pass."""
    return any(_may_swallow(value, evaluator) for value in options(evaluator.evaluate(manager, place)))


def _may_swallow(value: Value, evaluator: Evaluator) -> bool:
    if isinstance(value, CallResult):
        entry = frameworks.interface_of(value)
        known = isinstance(entry, frameworks.Entry) and entry.context
        return not known and value.type_name not in _PASSES_ON
    if not isinstance(value, InstanceValue):
        return not isinstance(value, Fails)
    method = classes.find(value.cls, "__exit__", evaluator)
    if not isinstance(method, FunctionValue) or method.is_async:
        return True
    exception = Unknown("an exception")
    result = called_by_python(method, Arguments((value, exception, exception, exception)), evaluator)
    return truth(result, evaluator) is not False


def never_returns(call: cst.Call, place: Place, evaluator: Evaluator) -> bool:
    """Whether a call certainly ends the process."""
    if not isinstance(call.func, cst.Name | cst.Attribute):
        return False
    last = call.func.value if isinstance(call.func, cst.Name) else call.func.attr.value
    if last not in {name.rpartition(".")[2] for name in _ENDS_THE_PROCESS}:
        return False
    callee = evaluator.evaluate(call.func, place)
    return isinstance(callee, External) and callee.name in _ENDS_THE_PROCESS
