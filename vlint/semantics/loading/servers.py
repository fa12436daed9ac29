"""Servers that are started while a module is loaded: such a function never gets to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.calling import bind_arguments
from vlint.semantics.evaluation.expressions import arguments
from vlint.semantics.evaluation.flow import Returns
from vlint.semantics.evaluation.scopes import Frame, Place
from vlint.semantics.evaluation.targets import headers
from vlint.semantics.evaluation.values import Fails, FunctionValue, options
from vlint.semantics.loading.loading import loaded_modules
from vlint.semantics.loading.running import executed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Step

MAXIMUM_CALLS = 5
_CALL = re.compile(r"\(")


@dataclass(frozen=True)
class Started:
    """A call that starts a server.

    Attributes:
        call: The call.
        step: The statement that holds it.
        through: The top-level statement that leads there; `step` itself, unless a function is called.
    """

    call: cst.Call
    step: Step
    through: Step


@cache
def _server_call() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, frameworks.server_words())))
    return re.compile(rf"\b({words})\s*\(")


def started_servers(evaluator: Evaluator) -> Iterator[Started]:
    """The calls, reached when the function is loaded, that start a server."""
    for scope in loaded_modules(evaluator):
        if not scope.module.matches(_server_call()):
            continue
        for step in executed(scope, evaluator, _CALL, guarded=True):
            for call, holder in _calls_from(step, Place(step.block.scope, step), evaluator, 0):
                yield Started(call, holder, step)


def _calls_from(step: Step, place: Place, evaluator: Evaluator, depth: int) -> Iterator[tuple[cst.Call, Step]]:
    if step.node is None or isinstance(step.node, cst.FunctionDef | cst.ClassDef):
        return
    for header in headers(step.node):
        for call in _plain_calls(header):
            callee = evaluator.evaluate(call.func, place)
            if all(frameworks.starts_server(option) for option in options(callee)):
                yield call, step
            elif isinstance(callee, FunctionValue) and depth < MAXIMUM_CALLS:
                yield from _calls_in(callee, call, place, evaluator, depth)


def _calls_in(
    function: FunctionValue, call: cst.Call, place: Place, evaluator: Evaluator, depth: int
) -> Iterator[tuple[cst.Call, Step]]:
    """The server calls on the straight way through a function that is called."""
    if not isinstance(function.node, cst.FunctionDef) or function.is_async:
        return
    bound = bind_arguments(function, arguments(call, place, evaluator), evaluator)
    if isinstance(bound, Fails):
        return
    scope = evaluator.function_scope(function.node, function.place)
    if not scope.statement.matches(_CALL):
        return
    frame = Frame(function, bound, place)
    walk = Returns(frame, evaluator)
    walk.block(scope.block)
    for step in walk.reached:
        if step.block is scope.block or _is_certain(step, frame, evaluator):
            yield from _calls_from(step, Place(scope, step, frame), evaluator, depth + 1)


def _is_certain(step: Step, frame: Frame, evaluator: Evaluator) -> bool:
    """Whether a statement within others is reached whenever its function is."""
    owner = step.block.owner
    while owner is not None:
        if isinstance(owner.node, cst.If):
            decided = evaluator.decide(owner.node.test, Place(owner.block.scope, owner, frame))
            if decided is None:
                return False
        elif not isinstance(owner.node, cst.With | cst.Try):
            return False
        owner = owner.block.owner
    return not step.block.role.startswith("except")


def _plain_calls(node: cst.CSTNode) -> Iterator[cst.Call]:
    """The calls that an expression certainly makes."""
    match node:
        case cst.Expr() | cst.Assign() | cst.AnnAssign() | cst.Return() if node.value is not None:
            yield from _plain_calls(node.value)
        case cst.Call():
            yield node
            yield from _plain_calls(node.func)
            for argument in node.args:
                yield from _plain_calls(argument.value)
        case cst.Attribute():
            yield from _plain_calls(node.value)
