"""What an application answers a call of the platform with, and whether it can have sent anything by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.evaluation import attributes
from vlint.semantics.evaluation.namespaces import READS_LOCALS
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import (
    Arguments,
    BoundMethod,
    Constant,
    CoroutineValue,
    Fails,
    FunctionValue,
    InstanceValue,
    Unknown,
    Value,
    options,
)
from vlint.syntax.nodes import descendants
from vlint.syntax.parameters import positional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator


def no_result(value: Value, parameters: Sequence[str], evaluator: Evaluator) -> str | None:
    """Why what a WSGI application certainly returns is no iterable, or None where it may be one."""
    arguments = Arguments(tuple(Unknown(f"the {name} of a request") for name in parameters))
    result = evaluator.call(value, arguments, Place(evaluator.function_module))
    reasons = [_no_answer(option) for option in options(result)]
    return reasons[0] if all(reason is not None for reason in reasons) else None


def unanswered(value: Value, parameters: Sequence[str], evaluator: Evaluator) -> str | None:
    """Why an application never calls the last of its `parameters`, by which it has to answer, or None where it may."""
    function, receivers = _function(value, evaluator)
    if function is None or not _leaves_out(function, receivers + len(parameters) - 1):
        return None
    return f"never calls `{parameters[-1]}`"


def _no_answer(result: Value) -> str | None:
    """Why what a WSGI application returned is no answer, or None where it may be one."""
    match result:
        case CoroutineValue():
            return "returns a coroutine, but is no coroutine function: it is called as WSGI and nobody awaits that"
        case Constant(value=None):
            return "returns None, and a WSGI application has to return an iterable of bytes"
        case Constant(value=bool() | int() | float()):
            kind = type(result.value).__name__
            return f"returns a value of type {kind}, and a WSGI application has to return an iterable of bytes"
        case Fails(exception="TypeError"):
            return f"fails with {result.exception}: {result.message}"
    return None


def _function(value: Value, evaluator: Evaluator) -> tuple[cst.FunctionDef | None, int]:
    """The definition that a call of the application comes to, and how many parameters it has for its receiver."""
    if isinstance(value, InstanceValue):
        found = classes.find(value.cls, "__call__", evaluator)
        value = attributes.bind(found, value, value.cls, evaluator) if isinstance(found, FunctionValue) else value
    match value:
        case FunctionValue(node=cst.FunctionDef() as node):
            return node, 0
        case BoundMethod(function=FunctionValue(node=cst.FunctionDef() as node)):
            return node, 1
    return None, 0


def _leaves_out(node: cst.FunctionDef, index: int) -> bool:
    """Whether a function that gives something back never names the parameter at `index` (from 0)."""
    parameters = positional(node.params)
    if index >= len(parameters):
        return False
    wanted = {parameters[index].name.value, *READS_LOCALS}
    parts = [*descendants(node.body)]
    gives = any(isinstance(part, cst.Return) and _is_display(part.value) for part in parts)
    return gives and not any(isinstance(part, cst.Name) and part.value in wanted for part in parts)


def _is_display(node: cst.BaseExpression | None) -> bool:
    """Whether an expression is what somebody writes for an answer: a display, a text, or a call that makes one."""
    return isinstance(node, cst.Dict | cst.List | cst.Tuple | cst.BaseString | cst.Call)
