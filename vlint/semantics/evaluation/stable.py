"""Whether a value is sure to be what the evaluator says: made once, of what nobody can have changed since.

The evaluator gives what a name was bound to, and believes lists, dictionaries and the attributes of instances to be as
they were displayed. Before something is said to raise, that must be certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.outlines import outline
from vlint.semantics.evaluation.scopes import FunctionScope, ModuleScope, Place
from vlint.semantics.evaluation.targets import flatten, suite, suites
from vlint.semantics.evaluation.values import (
    BoundMethod,
    ClassValue,
    Constant,
    DictValue,
    External,
    FunctionValue,
    ListValue,
    Member,
    ModuleValue,
    SetValue,
    Value,
)
from vlint.semantics.imports import imports
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator

MAXIMUM_DEPTH = 8

_CHANGING = (ListValue, DictValue, SetValue)


def is_stable(node: cst.CSTNode, place: Place, evaluator: Evaluator, depth: int = 0) -> bool:
    """Whether `node` certainly is at `place` what the evaluator says of it, if that says anything."""
    if depth > MAXIMUM_DEPTH:
        return False
    match node:
        case cst.Name():
            return _name_is_stable(node, place, evaluator, depth)
        case cst.FormattedString():
            return all(_inner(part, place, evaluator, depth) for part in node.parts)
        case cst.SimpleString() | cst.ConcatenatedString() | cst.Integer() | cst.Float() | cst.Ellipsis():
            return True
        case cst.Lambda():
            return True
        case cst.Attribute():
            return _attribute_is_stable(node, place, evaluator, depth)
        case cst.Call():
            return _call_is_stable(node, place, evaluator, depth)
        case cst.Tuple() | cst.List() | cst.Set() | cst.Dict() | cst.UnaryOperation() | cst.BinaryOperation():
            return _inner(node, place, evaluator, depth)
        case cst.BooleanOperation() | cst.Comparison() | cst.IfExp() | cst.Subscript():
            return _inner(node, place, evaluator, depth)
    return False


def _inner(node: cst.CSTNode, place: Place, evaluator: Evaluator, depth: int) -> bool:
    """Whether all the expressions in a node are stable."""
    for child in children(node):
        if isinstance(child, cst.BaseExpression):
            if not is_stable(child, place, evaluator, depth + 1):
                return False
        elif not _inner(child, place, evaluator, depth):
            return False
    return True


def _name_is_stable(node: cst.Name, place: Place, evaluator: Evaluator, depth: int) -> bool:
    name, scope = node.value, place.scope
    value = evaluator.lookup(name, place)
    if (isinstance(value, External) and value.name == f"builtins.{name}") or (
        isinstance(value, Constant) and name in _WORDS
    ):
        return True
    if isinstance(scope, FunctionScope):
        if name in scope.parameters:
            return isinstance(value, Constant) and _binds(scope, name) == 0
        if name in scope.names:
            reached, unbound = evaluator.bindings(name, place)
            once = len(reached) == 1 and not unbound and _binds(scope, name) == 1
            if not once or reached[0].binding.source is None or reached[0].binding.kind != "value":
                return False
            return not isinstance(value, _CHANGING) and _source(reached[0], evaluator, depth)
        root = scope.root
    elif isinstance(scope, ModuleScope):
        root = scope
    else:
        return False
    return _global_is_stable(name, value, place, root, evaluator, depth)


_WORDS = frozenset({"None", "True", "False", "__debug__", "__name__", "__file__"})


def is_bound_once(name: str, place: Place) -> bool:
    """Whether a single statement of the scope in which `name` is looked up, at `place`, can bind it."""
    if isinstance(place.scope, FunctionScope) and name in place.scope.names:
        return name not in place.scope.parameters and _binds(place.scope, name) == 1
    return isinstance(place.scope, ModuleScope | FunctionScope) and len(_binding(name, place.scope.root)) == 1


def _binding(name: str, root: ModuleScope) -> list[int]:
    """The numbers of a module's statements that may bind a name; the same twice for one that cannot be followed."""
    statements = root.module.statements
    if any(name in outline(statements[n]).anywhere for n in root.module.mentioning("global")):
        return [0, 0]
    return [number for number in root.module.mentioning(name) if name in outline(statements[number]).bound]


def _global_is_stable(
    name: str, value: Value, place: Place, root: ModuleScope, evaluator: Evaluator, depth: int
) -> bool:
    statements = root.module.statements
    binding = _binding(name, root)
    if len(binding) != 1:
        return False
    if imports.sets_attribute(root.module.path, name, evaluator):
        return False
    inside = Place(root, place.step) if place.scope is root else Place(root)
    reached, unbound = evaluator.bindings(name, inside)
    if len(reached) != 1 or unbound or reached[0].binding.step.block.owner is not None:
        return False
    one = reached[0].binding
    if isinstance(value, _CHANGING):
        own = place.step.index if place.scope is root and place.step is not None else len(statements)
        if any(number not in {binding[0], own} for number in root.module.mentioning(name) if number < own):
            return False
        if place.scope is not root:
            return False
    if one.kind in {"definition", "import"}:
        return isinstance(value, FunctionValue | ClassValue | ModuleValue | External) or (
            isinstance(value, Constant) and _imported_is_stable(one.step.node, one.source, root, evaluator, depth)
        )
    return one.kind == "value" and one.source is not None and _source(reached[0], evaluator, depth)


def _imported_is_stable(
    node: cst.CSTNode | None, alias: cst.CSTNode | None, scope: ModuleScope, evaluator: Evaluator, depth: int
) -> bool:
    """Whether a constant that comes from another module of the project is stable there."""
    if not isinstance(node, cst.ImportFrom) or not isinstance(alias, cst.ImportAlias) or depth > MAXIMUM_DEPTH:
        return False
    module = imports.module_of(node, scope, evaluator)
    if not isinstance(module, ModuleValue) or not module.path.endswith(".py") or not isinstance(alias.name, cst.Name):
        return False
    return is_stable(alias.name, Place(evaluator.module(module.path)), evaluator, depth + 1)


def _source(reached: object, evaluator: Evaluator, depth: int) -> bool:
    from vlint.semantics.evaluation.flow import Reached

    assert isinstance(reached, Reached)
    source = reached.binding.source
    return source is not None and is_stable(source, reached.place, evaluator, depth + 1)


def _binds(scope: FunctionScope, name: str) -> int:
    """How many statements of a function bind a name; many where one of them is not sure to run."""
    own = [step for step in scope.block.walk() if name in step.bound_names]
    return len(own) if all(step.block is scope.block for step in own) else 100


def _attribute_is_stable(node: cst.Attribute, place: Place, evaluator: Evaluator, depth: int) -> bool:
    if not is_stable(node.value, place, evaluator, depth + 1):
        return False
    base = evaluator.evaluate(node.value, place)
    if isinstance(base, ModuleValue) and base.path.endswith(".py"):
        name = node.attr.value
        return not imports.sets_attribute(base.path, name, evaluator) and is_stable(
            cst.Name(name), Place(evaluator.module(base.path)), evaluator, depth + 1
        )
    return isinstance(base, External | Constant)


def _call_is_stable(node: cst.Call, place: Place, evaluator: Evaluator, depth: int) -> bool:
    if not is_stable(node.func, place, evaluator, depth + 1):
        return False
    callee = evaluator.evaluate(node.func, place)
    match callee:
        case ClassValue():
            return True
        case FunctionValue():
            return isinstance(callee.node, cst.FunctionDef) and not _gives_back(callee.node)
        case External() | Member() | BoundMethod():
            return not isinstance(callee, BoundMethod) and all(
                not argument.star and is_stable(argument.value, place, evaluator, depth + 1) for argument in node.args
            )
    return False


def _gives_back(node: cst.FunctionDef) -> bool:
    """Whether a function has a `return` with a value, or is a generator."""
    from vlint.semantics.evaluation.calling import yields

    waiting = list(flatten(suite(node.body)))
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Return) and current.value is not None:
            return True
        waiting.extend(inner for _, part in suites(current) for inner in flatten(part))
    return yields(node)
