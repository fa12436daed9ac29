"""Exceptions: what a block certainly raises, whether it can raise at all, and what a handler catches."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.frameworks import CACHES, hierarchy
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import (
    Arguments,
    CallResult,
    ClassValue,
    External,
    Fails,
    FunctionValue,
    InstanceValue,
    Member,
    Partial,
    Sequence,
    Unknown,
    Value,
    options,
)

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Block, Frame, Step

_SAFE_STATEMENTS = (cst.Pass, cst.Global, cst.Nonlocal)
_HARMLESS = CACHES | frozenset(
    {
        "builtins.staticmethod",
        "builtins.classmethod",
        "builtins.property",
        "abc.abstractmethod",
        "contextlib.contextmanager",
        "typing.final",
        "typing.no_type_check",
    }
)
"""Decorators that take any function and raise nothing."""
MAXIMUM_DEPTH = 3
"""Calls within calls that are looked into for statements that can raise."""


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
            from vlint.semantics.imports.imports import import_failure

            return import_failure(step, evaluator)
        case cst.Raise(exc=exc) if exc is not None:
            value = evaluator.evaluate(exc.func if isinstance(exc, cst.Call) else exc, place)
            name = value.name.rpartition(".")[2] if isinstance(value, External) else "Exception"
            return Fails(name, "raised here", origin=step.location())
        case cst.Assign(value=value) | cst.Expr(value=value):
            found = evaluator.evaluate(value, place) if isinstance(value, cst.Name | cst.Attribute) else None
            return found if isinstance(found, Fails) and not isinstance(value, cst.BaseString) else None
    return None


def _is_safe(step: Step, frame: Frame | None, evaluator: Evaluator, depth: int = 0) -> bool:
    """Whether a statement certainly raises nothing."""
    node = step.node
    place = Place(step.block.scope, step, frame)
    match node:
        case cst.FunctionDef():
            return _definition_is_safe(node, FunctionValue(node, place), place, evaluator, depth) and all(
                p.default is None or _is_plain(p.default) for p in node.params.params
            )
        case cst.ClassDef():
            return _class_is_safe(node, place, evaluator, depth)
        case cst.Assign():
            targets = [target.target for target in node.targets]
            return all(_fits(target, node.value, place, evaluator) for target in targets) and _evaluates(
                node.value, place, evaluator, depth
            )
        case cst.AnnAssign(target=cst.Name(), annotation=cst.Annotation(annotation=cst.Name())):
            return node.value is None or _evaluates(node.value, place, evaluator, depth)
        case cst.Expr():
            return _evaluates(node.value, place, evaluator, depth)
        case cst.Return():
            return node.value is None or _evaluates(node.value, place, evaluator, depth)
        case cst.Import() | cst.ImportFrom():
            from vlint.semantics.imports.imports import import_is_certain

            return import_is_certain(step, evaluator)
    return isinstance(node, _SAFE_STATEMENTS)


def _fits(target: cst.CSTNode, value: cst.BaseExpression, place: Place, evaluator: Evaluator) -> bool:
    """Whether assigning cannot raise: to a name, an attribute of `self`, or as many names as there are items."""
    match target:
        case cst.Name():
            return True
        case cst.Attribute(value=cst.Name()):
            return isinstance(evaluator.evaluate(target.value, place), InstanceValue | ClassValue | FunctionValue)
        case cst.Tuple() | cst.List():
            found = evaluator.evaluate(value, place)
            if not isinstance(found, Sequence) or not all(_is_name(element.value) for element in target.elements):
                return False
            starred = any(isinstance(element, cst.StarredElement) for element in target.elements)
            count = len(target.elements)
            return len(found.items) >= count - 1 if starred else len(found.items) == count
    return False


def _is_name(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Name)


def _evaluates(node: cst.CSTNode, place: Place, evaluator: Evaluator, depth: int) -> bool:
    """Whether an expression certainly gives a value."""
    if _is_plain(node):
        return True
    match node:
        case cst.Name():
            return not any(isinstance(option, Fails | Unknown) for option in options(evaluator.evaluate(node, place)))
        case cst.Tuple() | cst.List():
            return all(
                isinstance(element, cst.Element) and _evaluates(element.value, place, evaluator, depth)
                for element in node.elements
            )
        case cst.Attribute():
            options_of = options(evaluator.evaluate(node, place))
            return _evaluates(node.value, place, evaluator, depth) and all(map(_is_known, options_of))
        case cst.NamedExpr():
            return _evaluates(node.value, place, evaluator, depth)
        case cst.IfExp():
            return all(_evaluates(part, place, evaluator, depth) for part in (node.test, node.body, node.orelse))
        case cst.Call() if depth < MAXIMUM_DEPTH:
            if any(argument.star or not _evaluates(argument.value, place, evaluator, depth) for argument in node.args):
                return False
            return _call_is_safe(evaluator.evaluate(node.func, place), node, place, evaluator, depth)
    return False


def _is_known(value: Value) -> bool:
    """Whether an attribute is one that is seen in the project, or a class whose ancestors are known."""
    if isinstance(value, External):
        return value.is_module or hierarchy(value.name) is not None
    return not isinstance(value, Fails | Unknown | CallResult | Member)


def _class_is_safe(node: cst.ClassDef, place: Place, evaluator: Evaluator, depth: int) -> bool:
    """Whether a class statement certainly raises nothing: known bases, and nothing in its body but definitions."""
    from vlint.semantics.classes import classes
    from vlint.semantics.evaluation.definitions import class_value

    if node.keywords or not all(
        not base.star and _evaluates(base.value, place, evaluator, depth) for base in node.bases
    ):
        return False
    made = class_value(node, place, evaluator)
    if not isinstance(made, ClassValue) or made.scope is None:
        return False
    ancestors = classes.order(made, evaluator)
    if not ancestors.complete or not all(_is_plain_class(ancestor, evaluator) for ancestor in ancestors.classes):
        return False
    if len(node.bases) > 1 and any(_has_layout(ancestor) for ancestor in ancestors.classes):
        return False
    body = made.scope.block.steps
    return all(_is_member(step, evaluator, depth) for step in body) and _definition_is_safe(
        node, made, place, evaluator, depth
    )


def _is_plain_class(cls: Value, evaluator: Evaluator) -> bool:
    """Whether a class can be inherited from without code of its own being run."""
    from vlint.semantics.classes import classes

    if isinstance(cls, External):
        return hierarchy(cls.name) is not None
    plain = isinstance(cls, ClassValue) and cls.metaclass is None
    return plain and classes.own(cls, "__init_subclass__", evaluator) is None


def _has_layout(cls: Value) -> bool:
    """Whether a class is a built-in type other than `object`, two of which may not go together as bases."""
    return isinstance(cls, External) and cls.name.startswith("builtins.") and cls.name != "builtins.object"


def _is_member(step: Step, evaluator: Evaluator, depth: int) -> bool:
    """Whether a statement of a class body raises nothing, neither by itself nor when the class is made."""
    match step.node:
        case cst.Assign() | cst.AnnAssign():
            return step.node.value is not None and _is_plain(step.node.value) and _is_safe(step, None, evaluator, depth)
        case cst.Expr():
            return _is_plain(step.node.value)
        case cst.FunctionDef() | cst.Pass():
            return _is_safe(step, None, evaluator, depth)
    return False


def _definition_is_safe(
    node: cst.FunctionDef | cst.ClassDef, value: Value, place: Place, evaluator: Evaluator, depth: int
) -> bool:
    """Whether the decorators of a definition, which makes `value`, certainly raise nothing."""
    for decorator in reversed(node.decorators):
        function = evaluator.evaluate(decorator.decorator, place)
        if isinstance(node, cst.FunctionDef) and _is_harmless(decorator.decorator, function):
            value = evaluator.call(function, Arguments((value,)), place)
            continue
        if not _evaluates(decorator.decorator, place, evaluator, depth) or depth >= MAXIMUM_DEPTH:
            return False
        given = Arguments((value,))
        if not _applies(function, given, place, evaluator, depth):
            return False
        value = evaluator.call(function, given, place)
    return True


def _is_harmless(decorator: cst.BaseExpression, function: Value) -> bool:
    """Whether a decorator of the standard library takes any function there is."""
    if isinstance(function, Partial):
        return function.function == External("functools.update_wrapper.wraps")
    return not isinstance(decorator, cst.Call) and isinstance(function, External) and function.name in _HARMLESS


def _call_is_safe(callee: Value, call: cst.Call, place: Place, evaluator: Evaluator, depth: int) -> bool:
    """Whether a call certainly raises nothing, once its arguments have been evaluated."""
    from vlint.semantics.evaluation.expressions import arguments

    return _applies(callee, arguments(call, place, evaluator), place, evaluator, depth)


def _applies(callee: Value, given: Arguments, place: Place, evaluator: Evaluator, depth: int) -> bool:
    """Whether calling a plain function, or making an instance of a plain class, certainly raises nothing."""
    from vlint.semantics.classes import classes
    from vlint.semantics.evaluation.calling import bind_arguments
    from vlint.semantics.evaluation.scopes import Frame

    if isinstance(callee, ClassValue):
        instance = evaluator.call(callee, given, place)
        initializer = classes.find(callee, "__init__", evaluator)
        if not isinstance(instance, InstanceValue) or not classes.is_complete(callee, evaluator):
            return False
        if initializer is None:
            return True
        callee, given = initializer, given.prepended(instance)
    if not isinstance(callee, FunctionValue) or not isinstance(callee.node, cst.FunctionDef):
        return False
    bound = bind_arguments(callee, given, evaluator)
    if isinstance(bound, Fails):
        return False
    frame = Frame(callee, bound, place)
    steps = evaluator.function_scope(callee.node, callee.place).block.steps
    return callee.is_async or all(_is_safe(step, frame, evaluator, depth + 1) for step in steps)


def _is_plain(node: cst.CSTNode) -> bool:
    """Whether an expression is a display or constant that has no names in it."""
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
    if handler.type is None or what.certain is None or isinstance(handler, cst.ExceptStarHandler):
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
