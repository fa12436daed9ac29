"""Attributes that a request handler's `__init__` sets too late: behind the base's, which has answered by then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.classes.set_members import assigning
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.values import ClassValue, FunctionValue
from vlint.syntax.nodes import descendants
from vlint.syntax.parameters import receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator

_DYNAMIC = re.compile(r"\bsetattr\(|\b__dict__\b|\bvars\(|\bglobals\(|\b__getattr")
_SENDING = frozenset({"end_headers", "flush_headers", "send_error"})
_BRANCHES = (cst.Lambda, cst.BooleanOperation, cst.IfExp, cst.BaseComp, cst.Await)


def read_too_early(cls: ClassValue, method: cst.FunctionDef, evaluator: Evaluator) -> str | None:
    """The attribute that a method certainly reads and that is not there yet when it is called, or None."""
    initializer = classes.find(cls, "__init__", evaluator)
    if not isinstance(initializer, FunctionValue) or not isinstance(initializer.node, cst.FunctionDef):
        return None
    given = frameworks.attributes_of_instances(evaluator.platform.entry_point.handler_base)
    late = set(_set_behind_base(initializer.node)) - given
    if not late:
        return None
    scopes = [scope.module for scope in evaluator.loaded()]
    if any(module.matches(_DYNAMIC) for module in scopes):
        return None
    for name in _certainly_read(method):
        if name in late and classes.find(cls, name, evaluator) is None:
            sets = assigning(name)
            texts = [module.source.text for module in scopes if module.matches(sets)]
            if sum(len(sets.findall(text)) for text in texts) == 1:
                return name
    return None


def _lines(node: cst.FunctionDef) -> Iterator[cst.BaseSmallStatement]:
    """The statements that a function begins with and that run one after the other."""
    for line in node.body.body if isinstance(node.body, cst.IndentedBlock) else ():
        if not isinstance(line, cst.SimpleStatementLine):
            return
        yield from line.body


def is_super_init(call: cst.Call) -> bool:
    """Whether a call is `super().__init__(…)`."""
    match call.func:
        case cst.Attribute(value=cst.Call(func=cst.Name(value="super"), args=[]), attr=cst.Name(value="__init__")):
            return True
    return False


def _set_behind_base(node: cst.FunctionDef) -> Iterator[str]:
    """The attributes that an `__init__` sets behind its call of the base's."""
    own, called = receiver(node), False
    for statement in _lines(node):
        match statement:
            case cst.Expr(value=cst.Call() as call):
                called = called or is_super_init(call)
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Attribute(value=cst.Name(value=owner), attr=name))]):
                if called and owner == own:
                    yield name.value


def _certainly_read(node: cst.FunctionDef) -> Iterator[str]:
    """The attributes of its receiver that a method certainly reads, before it has sent what a client takes for all."""
    own = receiver(node)
    for statement in _lines(node):
        if not isinstance(statement, cst.Expr | cst.Assign) or any(
            isinstance(part, _BRANCHES) for part in descendants(statement)
        ):
            return
        for part in descendants(statement.value):
            match part:
                case cst.Attribute(value=cst.Name(value=owner), attr=cst.Name(value=name)) if owner == own:
                    if name in _SENDING:
                        return
                    yield name
