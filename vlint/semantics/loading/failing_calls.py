"""Calls that certainly raise: of what cannot be called, with wrong arguments, or of a function that always raises."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import libcst as cst

from vlint.project.imports import resolve_import
from vlint.semantics.classes import classes
from vlint.semantics.classes.set_members import may_be_set
from vlint.semantics.evaluation.calling import bind_arguments, yields
from vlint.semantics.evaluation.expressions import arguments
from vlint.semantics.evaluation.scopes import Frame, Place
from vlint.semantics.evaluation.stable import is_stable
from vlint.semantics.evaluation.values import (
    Arguments,
    BoundMethod,
    ClassValue,
    Constant,
    External,
    Fails,
    FunctionValue,
    InstanceValue,
    Member,
    ModuleValue,
    Sequence,
    Unknown,
    Value,
)
from vlint.semantics.imports.imports import is_patched
from vlint.semantics.intrinsics.registry import has_intrinsic

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.loading.failing_expressions import FollowBlock

MAXIMUM_CALLS = 4
"""Calls within calls that are followed."""


def call_failure(node: cst.Call, place: Place, evaluator: Evaluator, follow: FollowBlock) -> object:
    """How a call whose function and arguments are there certainly fails.

    Returns:
        A `Fails` of the call itself, what `follow` finds in the body of the function that is called, or None.
    """
    if evaluator.never_returns(node, place):
        return Fails("SystemExit", "the process ends here") if place.frame is not None else None
    callee = evaluator.evaluate(node.func, place)
    if isinstance(callee, External | Member):
        return _outside(callee, node, place, evaluator)
    if not is_stable(node.func, place, evaluator) and not _is_method(node, callee, place, evaluator):
        return None
    given = _given(node, place, evaluator)
    match callee:
        case ModuleValue():
            return None if is_patched(callee, evaluator) else Fails("TypeError", "'module' object is not callable")
        case Constant() | Sequence():
            result = evaluator.call(callee, given, place)
            return result if isinstance(result, Fails) else None
        case FunctionValue():
            return _function(callee, given, place, evaluator, follow)
        case BoundMethod(function=FunctionValue() as function):
            return _function(function, given.prepended(callee.receiver), place, evaluator, follow)
        case ClassValue():
            return _instance(callee, given, place, evaluator, follow)
    return None


def _is_method(node: cst.Call, callee: Value, place: Place, evaluator: Evaluator) -> bool:
    """Whether a method is called of an instance or class that is certain, and that nobody gave another."""
    if not isinstance(node.func, cst.Attribute) or not isinstance(callee, BoundMethod | FunctionValue):
        return False

    if not is_stable(node.func.value, place, evaluator):
        return False
    base = evaluator.evaluate(node.func.value, place)
    cls = base.cls if isinstance(base, InstanceValue) else base
    return (
        isinstance(cls, ClassValue)
        and cls.metaclass is None
        and not may_be_set(node.func.attr.value, classes.order(cls, evaluator).classes, evaluator)
    )


def _given(node: cst.Call, place: Place, evaluator: Evaluator) -> Arguments:
    """The arguments of a call, unknown where they may have changed."""
    found = arguments(node, place, evaluator)
    if any(argument.star and not isinstance(argument.value, cst.Tuple | cst.Dict) for argument in node.args):
        return Arguments((), (), complete=False)
    stable = [is_stable(argument.value, place, evaluator) for argument in node.args if not argument.star]
    if all(stable):
        return found
    unknown = Unknown("an argument that may have changed")
    return Arguments(
        tuple(unknown for _ in found.positional), tuple((name, unknown) for name, _ in found.keywords), found.complete
    )


def _function(
    function: FunctionValue, given: Arguments, place: Place, evaluator: Evaluator, follow: FollowBlock
) -> object:
    bound = bind_arguments(function, given, evaluator)
    if isinstance(bound, Fails):
        return bound
    if not isinstance(function.node, cst.FunctionDef) or function.is_async or yields(function.node):
        return None
    frames, caller = 0, place
    while caller.frame is not None:
        if caller.frame.function.node is function.node:
            return None
        frames, caller = frames + 1, caller.frame.caller
    scope = evaluator.function_scope(function.node, function.place)
    if frames >= MAXIMUM_CALLS or is_patched(scope.root, evaluator):
        return None
    frame = Frame(function, bound, place)
    return follow(scope.block, Place(scope, None, frame))


def _instance(cls: ClassValue, given: Arguments, place: Place, evaluator: Evaluator, follow: FollowBlock) -> object:
    """How making an instance of a class of the project certainly fails."""
    ancestors = classes.order(cls, evaluator)
    if any(isinstance(one, ClassValue) and one.metaclass not in {None, _ABSTRACT} for one in ancestors.classes):
        return None
    made = evaluator.call(cls, given, place)
    if isinstance(made, Fails):
        return made
    initializer = classes.find(cls, "__init__", evaluator)
    if not isinstance(made, InstanceValue) or not isinstance(initializer, FunctionValue):
        return None
    return _function(initializer, given.prepended(made), place, evaluator, follow)


_ABSTRACT = External("abc.ABCMeta")


def _outside(callee: External | Member, node: cst.Call, place: Place, evaluator: Evaluator) -> Fails | None:
    """How a call of a function outside the project, whose result is followed, certainly fails."""
    if isinstance(callee, External) and callee.is_module and is_stable(node.func, place, evaluator):
        in_project = resolve_import(evaluator.project.tree, callee.name.partition(".")[0]).found
        standard = callee.name.partition(".")[0] in sys.stdlib_module_names and not in_project
        return Fails("TypeError", "'module' object is not callable") if standard else None
    name = callee.qualified_name if isinstance(callee, Member) else callee.name
    if name is None or not has_intrinsic(name):
        return None
    result = evaluator.evaluate(node, place)
    return result if isinstance(result, Fails) and is_stable_call(node, place, evaluator) else None


def is_stable_call(node: cst.Call, place: Place, evaluator: Evaluator) -> bool:
    """Whether a call gives what it gives by arguments, and a receiver, that are certain."""
    receiver = node.func.value if isinstance(node.func, cst.Attribute) else node.func
    return is_stable(receiver, place, evaluator) and all(
        not argument.star and is_stable(argument.value, place, evaluator) for argument in node.args
    )
