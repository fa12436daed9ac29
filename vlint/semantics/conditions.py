"""Conditions and exceptions: what is certainly true, what certainly raises, and what a handler catches."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.scopes import Place
from vlint.semantics.values import (
    BoundMethod,
    ClassValue,
    Constant,
    DictValue,
    External,
    Fails,
    FunctionValue,
    ListValue,
    ModuleValue,
    Partial,
    Sequence,
    TupleValue,
    Unbound,
    Value,
    options,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import Block, Frame, Step

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


@dataclass(frozen=True)
class Raised:
    """What a block does: whether it can run to its end, whether it can raise, and what it certainly raises if so."""

    may_complete: bool
    may_raise: bool
    certain: Fails | None = None


def raised(block: Block, frame: Frame | None, evaluator: Evaluator) -> Raised:
    """What is known of the exceptions of a block."""
    may_raise = False
    for step in block.steps:
        failure = failure_of(step, frame, evaluator)
        if failure is not None:
            return Raised(may_complete=False, may_raise=True, certain=failure if not may_raise else None)
        may_raise = may_raise or not _is_safe(step, frame, evaluator)
    return Raised(may_complete=True, may_raise=may_raise)


def failure_of(step: Step, frame: Frame | None, evaluator: Evaluator) -> Fails | None:
    """How a simple statement certainly fails, or None: an import that finds nothing, a `raise`."""
    place = Place(step.block.scope, step, frame)
    match step.node:
        case cst.Import() | cst.ImportFrom():
            from vlint.semantics.imports import import_failure

            return import_failure(step, evaluator)
        case cst.Raise(exc=exc) if exc is not None:
            value = evaluator.evaluate(exc.func if isinstance(exc, cst.Call) else exc, place)
            name = value.name.rpartition(".")[2] if isinstance(value, External) else "Exception"
            return Fails(name, "raised here", origin=step.location())
        case cst.Assign(value=value) | cst.Expr(value=value):
            found = evaluator.evaluate(value, place) if isinstance(value, cst.Name | cst.Attribute) else None
            return found if isinstance(found, Fails) and not isinstance(value, cst.BaseString) else None
    return None


def _is_safe(step: Step, frame: Frame | None, evaluator: Evaluator) -> bool:
    node = step.node
    match node:
        case cst.FunctionDef():
            return not node.decorators and all(p.default is None for p in node.params.params)
        case cst.Assign():
            return all(isinstance(t.target, cst.Name) for t in node.targets) and _is_plain(node.value)
        case cst.AnnAssign():
            return node.value is not None and _is_plain(node.value) and isinstance(node.annotation.annotation, cst.Name)
        case cst.Expr():
            return _is_plain(node.value)
        case cst.Import() | cst.ImportFrom():
            from vlint.semantics.imports import import_is_certain

            return import_is_certain(step, evaluator)
    del frame
    return isinstance(node, _SAFE_STATEMENTS)


def _is_plain(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Dict):
        return not node.elements
    if isinstance(node, cst.List | cst.Tuple):
        return all(_is_plain(element.value) for element in node.elements)
    plain = cst.SimpleString | cst.Integer | cst.Float | cst.Ellipsis | cst.Lambda
    return isinstance(node, plain) or (isinstance(node, cst.Name) and node.value in {"None", "True", "False"})


def catches(
    handler: cst.ExceptHandler | cst.ExceptStarHandler, what: Raised, place: Place, evaluator: Evaluator
) -> bool:
    """Whether a handler can catch what a block raises; only an exception known for certain rules a handler out."""
    if handler.type is None or what.certain is None:
        return True
    exception = getattr(builtins, what.certain.exception, None)
    if not (isinstance(exception, type) and issubclass(exception, BaseException)):
        return True
    types = evaluator.evaluate(handler.type, place)
    for option in types.items if isinstance(types, Sequence) else options(types):
        caught = (
            getattr(builtins, option.name.removeprefix("builtins."), None) if isinstance(option, External) else None
        )
        if not isinstance(caught, type) or issubclass(exception, caught):
            return True
    return False


def suppresses(manager: cst.BaseExpression, place: Place, evaluator: Evaluator) -> bool:
    """Whether a context manager is `contextlib.suppress(…)` or one like it."""
    if not isinstance(manager, cst.Call):
        return False
    callee = evaluator.evaluate(manager.func, place)
    return isinstance(callee, External) and callee.name in {"contextlib.suppress", "pytest.raises"}


def never_returns(call: cst.Call, place: Place, evaluator: Evaluator) -> bool:
    """Whether a call certainly ends the process."""
    if not isinstance(call.func, cst.Name | cst.Attribute):
        return False
    last = call.func.value if isinstance(call.func, cst.Name) else call.func.attr.value
    if last not in {name.rpartition(".")[2] for name in _ENDS_THE_PROCESS}:
        return False
    callee = evaluator.evaluate(call.func, place)
    return isinstance(callee, External) and callee.name in _ENDS_THE_PROCESS


__all__ = ["Raised", "Unbound", "cases", "catches", "failure_of", "never_returns", "raised", "suppresses", "truth"]
