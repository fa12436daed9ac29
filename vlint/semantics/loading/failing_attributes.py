"""Attributes and items that are certainly not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform.standard_names import is_function
from vlint.project.imports import resolve_import
from vlint.semantics.classes import classes
from vlint.semantics.classes.set_members import may_be_set
from vlint.semantics.evaluation.stable import is_bound_once, is_stable
from vlint.semantics.evaluation.values import (
    ClassValue,
    Constant,
    DictValue,
    External,
    Fails,
    InstanceValue,
    ListValue,
    ModuleValue,
    SetValue,
    TupleValue,
    Value,
)
from vlint.semantics.loading.failing_imports import lacks

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Place

_LATER = frozenset({"is_integer", "from_number"})
"""Members of built-in types that not every Python has which vlint runs on."""
_TYPES: dict[type[Value], type] = {ListValue: list, TupleValue: tuple, SetValue: set, DictValue: dict}


def attribute_failure(node: cst.Attribute, place: Place, evaluator: Evaluator) -> Fails | None:
    """How reading `value.name` certainly fails, or None."""
    name = node.attr.value
    base = evaluator.evaluate(node.value, place)
    match base:
        case ModuleValue():
            return _of_module(base, name, place, evaluator)
        case Constant() | ListValue() | TupleValue() | SetValue() | DictValue():
            kind = type(base.value) if isinstance(base, Constant) else _TYPES[type(base)]
            if hasattr(kind, name) or name in _LATER or not is_stable_kind(node.value, place, evaluator):
                return None
            return Fails("AttributeError", f"'{kind.__name__}' object has no attribute '{name}'")
        case ClassValue():
            if not is_stable(node.value, place, evaluator) or name.startswith("_"):
                return None
            return _of_class(base, name, evaluator)
        case InstanceValue():
            if not is_stable(node.value, place, evaluator) or name.startswith("_"):
                return None
            found = evaluator.attribute(base, name)
            if not isinstance(found, Fails) or may_be_set(name, classes.order(base.cls, evaluator).classes, evaluator):
                return None
            return found
        case External() if lacks(base, name, evaluator) and is_stable(node.value, place, evaluator):
            return Fails("AttributeError", f"{_kind_of(base)} has no attribute '{name}'")
    return None


def _kind_of(value: External) -> str:
    if value.is_module:
        return f"module '{value.name}'"
    return "the function" if is_function(value.name) else f"type object '{value.name}'"


def is_stable_kind(node: cst.BaseExpression, place: Place, evaluator: Evaluator) -> bool:
    """Whether the type of what an expression gives is certain: a list stays one, whatever is done to its items."""
    if is_stable(node, place, evaluator):
        return True
    if not isinstance(node, cst.Name):
        return False
    reached, unbound = evaluator.bindings(node.value, place)
    source = reached[0].binding.source if len(reached) == 1 and not unbound else None
    is_display = isinstance(source, cst.List | cst.Dict | cst.Set | cst.Tuple) and not reached[0].binding.path
    return is_display and is_bound_once(node.value, place)


def _of_module(module: ModuleValue, name: str, place: Place, evaluator: Evaluator) -> Fails | None:
    """The failure of a name that a module of the project has not, or of a module below that nobody imported."""
    found = evaluator.attribute(module, name)
    if isinstance(found, Fails):
        return found if found.exception == "AttributeError" else None
    below = f"{module.name}.{name}"
    if not isinstance(found, ModuleValue) or found.name != below or not module.path.endswith("__init__.py"):
        return None
    root = place.scope.root
    if not _names_itself(module, name, evaluator) and not any(
        _may_import(one, name) for one in {root, *evaluator.loaded()}
    ):
        return Fails("AttributeError", f"module '{module.name}' has no attribute '{name}': nothing imports it")
    return None


def _names_itself(module: ModuleValue, name: str, evaluator: Evaluator) -> bool:
    """Whether a package gives the name itself, or may."""
    scope = evaluator.module(module.path)
    return (
        any(statement.mentions(name) for statement in scope.module.statements)
        or scope.module.contains("__getattr__")
        or resolve_import(evaluator.project.tree, module.name).file != module.path
    )


_IMPORTS_BY_NAME = re.compile(r"\b(?:import_module|__import__|iter_modules|walk_packages|find_modules|autodiscover)\b")


def _may_import(scope: ModuleScope, name: str) -> bool:
    """Whether a module may import one of that name: by a statement, or by its name in a text."""
    module = scope.module
    if module.matches(_IMPORTS_BY_NAME):
        return True
    pattern = re.compile(
        rf"\b(?:from|import)\b[^\n]*\b{re.escape(name)}\b|['\"][\w.]*\b{re.escape(name)}\b[\w.:]*['\"]"
        rf"|\bimport\s*\([^)]*\b{re.escape(name)}\b"
    )
    return module.matches(pattern)


def _of_class(cls: ClassValue, name: str, evaluator: Evaluator) -> Fails | None:
    ancestors = classes.order(cls, evaluator)
    metaclasses = [one.metaclass for one in ancestors.classes if isinstance(one, ClassValue)]
    if any(one is not None for one in metaclasses) or may_be_set(
        name, classes.order(cls, evaluator).classes, evaluator
    ):
        return None
    found = evaluator.attribute(cls, name)
    return found if isinstance(found, Fails) else None


def subscript_failure(node: cst.Subscript, place: Place, evaluator: Evaluator) -> Fails | None:
    """How reading `value[index]` certainly fails: a key or index that is not there, or a value without any."""
    if len(node.slice) != 1 or not isinstance(node.slice[0].slice, cst.Index):
        return None
    index_node = node.slice[0].slice.value
    if not is_stable(node.value, place, evaluator) or not is_stable(index_node, place, evaluator):
        return None
    base, index = evaluator.evaluate(node.value, place), evaluator.evaluate(index_node, place)
    if isinstance(base, Constant) and isinstance(base.value, int | float | complex | None):
        return Fails("TypeError", f"'{type(base.value).__name__}' object is not subscriptable")
    if not isinstance(index, Constant):
        return None
    if isinstance(base, DictValue):
        return None if _may_have_key(base, index.value) else Fails("KeyError", repr(index.value))
    if isinstance(base, ListValue | TupleValue):
        kind = "list" if isinstance(base, ListValue) else "tuple"
        if not isinstance(index.value, int):
            given = type(index.value).__name__
            return Fails("TypeError", f"{kind} indices must be integers or slices, not {given}")
        if not -len(base.items) <= index.value < len(base.items):
            return Fails("IndexError", f"{kind} index out of range")
    return None


def _may_have_key(value: DictValue, key: object) -> bool:
    return any(not isinstance(known, Constant) or known.value == key for known, _ in value.entries)
