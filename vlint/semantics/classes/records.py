"""Data classes and named tuples: the fields that a class body declares, and the `__init__` that is made from them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import (
    Arguments,
    CallResult,
    ClassValue,
    Constant,
    DictValue,
    External,
    Fails,
    FunctionValue,
    ListValue,
    SetValue,
    Unknown,
    Value,
    options,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ClassScope, Step

_FIELDS = "__dataclass_fields__"
_FIELD = External("dataclasses.field")
_SPECIAL_ANNOTATIONS = ("ClassVar", "InitVar", "KW_ONLY")
_UNKNOWN_INIT = ("__init__", Unknown("an __init__ that is made from fields"))


@dataclass(frozen=True)
class Field:
    """One field of a data class or named tuple.

    Attributes:
        name: Its name.
        default: The expression or call of `field` that gives its default, or None where it must be given.
        keyword_only: Whether it can only be given by name.
        node: The declaration.
    """

    name: str
    default: cst.BaseExpression | None
    keyword_only: bool
    node: cst.AnnAssign


@dataclass(frozen=True)
class FieldsValue(Value):
    """What a data class keeps of its fields for those that inherit from it; None where they are not known."""

    fields: tuple[Field, ...] | None = None


def data_class(cls: Value, arguments: Arguments, evaluator: Evaluator) -> Value:
    """What `dataclasses.dataclass` makes of a class: the class with an `__init__`, or how it fails."""
    if not isinstance(cls, ClassValue) or cls.scope is None:
        return cls if isinstance(cls, ClassValue) else Unknown("a data class of something that is not known")
    keyword_only = arguments.keyword("kw_only") or Constant(False)
    initializes = arguments.keyword("init") or Constant(True)
    fields = _fields(cls, cls.scope, keyword_only, evaluator) if arguments.complete else None
    if isinstance(fields, Fails):
        return fields
    marked = replace(cls, added=(*cls.added, (_FIELDS, FieldsValue(fields))))
    if initializes == Constant(False):
        return marked
    if fields is None or initializes != Constant(True):
        return replace(marked, added=(*marked.added, _UNKNOWN_INIT))
    wrong = _order_failure(fields, cls)
    if wrong is not None:
        return wrong if classes.own(cls, "__init__", evaluator) is None else marked
    return replace(marked, added=(*marked.added, ("__init__", _initializer(fields, cls.scope))))


def _order_failure(fields: Sequence[Field], cls: ClassValue) -> Fails | None:
    """How fields without default behind one that has one keep the class from being made."""
    with_default: str | None = None
    for field in fields:
        if field.keyword_only:
            continue
        if field.default is not None:
            with_default = field.name
        elif with_default is not None:
            message = f"non-default argument '{field.name}' follows default argument '{with_default}'"
            return Fails("TypeError", message, origin=cls.origin)
    return None


def _fields(
    cls: ClassValue, scope: ClassScope, keyword_only: Value, evaluator: Evaluator
) -> tuple[Field, ...] | Fails | None:
    """The fields of a data class, those of its bases first; None where they are not known."""
    order = classes.order(cls, evaluator)
    if not order.complete or keyword_only not in {Constant(False), Constant(True)}:
        return None
    found: dict[str, Field] = {}
    for ancestor in reversed(order.classes[1:]):
        inherited = classes.own(ancestor, _FIELDS, evaluator) if isinstance(ancestor, ClassValue) else None
        if isinstance(inherited, FieldsValue) and inherited.fields is not None:
            found |= {field.name: field for field in inherited.fields}
        elif inherited is not None:
            return None
    for step in scope.block.steps:
        match step.node:
            case cst.AnnAssign(target=cst.Name()):
                field = _field(step, step.node, cls, keyword_only == Constant(True), evaluator)
                if field is None:
                    return None
                if isinstance(field, Fails):
                    return field
                found[field.name] = field
            case cst.FunctionDef() | cst.ClassDef() | cst.Assign() | cst.Expr() | cst.Pass():
                continue
            case _:
                return None
    return tuple(found.values())


def _field(
    step: Step, node: cst.AnnAssign, cls: ClassValue, keyword_only: bool, evaluator: Evaluator
) -> Field | Fails | None:
    """The field that an annotated assignment declares; None where it may be none, or is one of a special kind."""
    text = cst.Module([]).code_for_node(node.annotation.annotation)
    if any(word in text for word in _SPECIAL_ANNOTATIONS) or not _is_certain_annotation(step, node, evaluator):
        return None
    assert isinstance(node.target, cst.Name)
    name = node.target.value
    if node.value is None:
        inherited = classes.find(cls, name, evaluator)
        return None if inherited is not None else Field(name, None, keyword_only, node)
    value = evaluator.evaluate(node.value, Place(step.block.scope, step))
    if isinstance(value, DictValue | ListValue | SetValue):
        kind = (value.type_name or "").rpartition(".")[2]
        message = f"mutable default <class '{kind}'> for field {name} is not allowed: use default_factory"
        return Fails("ValueError", message, origin=step.location(node.value))
    if not isinstance(value, CallResult):
        return None if any(isinstance(v, Unknown | CallResult) for v in options(value)) else _plain(node, keyword_only)
    if value.callee != _FIELD:
        return _plain(node, keyword_only) if _is_standard(value.callee) else None
    given = {keyword for keyword, _ in value.arguments.keywords}
    if not value.arguments.complete or given & {"init", "kw_only"}:
        return None
    return Field(name, node.value if given & {"default", "default_factory"} else None, keyword_only, node)


def _plain(node: cst.AnnAssign, keyword_only: bool) -> Field:
    assert isinstance(node.target, cst.Name)
    return Field(node.target.value, node.value, keyword_only, node)


def _is_standard(callee: Value) -> bool:
    return isinstance(callee, External) and callee.name.partition(".")[0] in {*sys.stdlib_module_names, "builtins"}


def _is_certain_annotation(step: Step, node: cst.AnnAssign, evaluator: Evaluator) -> bool:
    """Whether the annotation certainly is no other name of `ClassVar`, `InitVar` or `KW_ONLY`."""
    head = node.annotation.annotation
    while isinstance(head, cst.Subscript):
        head = head.value
    match head:
        case cst.Name():
            value = evaluator.evaluate(head, Place(step.block.scope, step))
            special = isinstance(value, External) and value.name.rpartition(".")[2] in _SPECIAL_ANNOTATIONS
            return not special
        case cst.Attribute() | cst.BaseString() | cst.BinaryOperation():
            return True
    return False


def _initializer(fields: Sequence[Field], scope: ClassScope) -> Value:
    """The `__init__` that takes the fields and keeps them."""
    positional = [cst.Param(cst.Name("self"))]
    keywords: list[cst.Param] = []
    body: list[cst.BaseStatement] = []
    for field in fields:
        parameter = cst.Param(cst.Name(field.name), default=field.default)
        (keywords if field.keyword_only else positional).append(parameter)
        target = cst.AssignTarget(cst.Attribute(cst.Name("self"), cst.Name(field.name)))
        body.append(cst.SimpleStatementLine([cst.Assign([target], cst.Name(field.name))]))
    star = cst.ParamStar() if keywords else cst.MaybeSentinel.DEFAULT
    parameters = cst.Parameters(params=positional, kwonly_params=keywords, star_arg=star)
    if not body:
        body.append(cst.SimpleStatementLine([cst.Pass()]))
    node = cst.FunctionDef(cst.Name("__init__"), parameters, cst.IndentedBlock(body))
    last = scope.block.steps[-1] if scope.block.steps else scope.step
    frame = scope.place.frame if scope.place is not None else None
    return FunctionValue(node, Place(scope, last, frame))


def named_tuple(cls: ClassValue) -> Value:
    """What inheriting from `typing.NamedTuple` makes of a class: a tuple with an `__init__` of its fields."""
    bases = tuple(External("builtins.tuple") if base.name == "typing.NamedTuple" else base for base in _external(cls))
    if len(bases) != len(cls.bases) or cls.scope is None:
        return Unknown("a named tuple with bases that are not known")
    fields: list[Field] = []
    for step in cls.scope.block.steps:
        match step.node:
            case cst.AnnAssign(target=cst.Name()):
                fields.append(_plain(step.node, keyword_only=False))
            case cst.FunctionDef() | cst.Expr() | cst.Pass() | cst.Assign():
                continue
            case _:
                return replace(cls, bases=bases, added=(_UNKNOWN_INIT,))
    wrong = _order_failure(fields, cls)
    if wrong is not None:
        return replace(wrong, message="non-default namedtuple field cannot follow default field")
    return replace(cls, bases=bases, added=(("__init__", _initializer(fields, cls.scope)),))


def _external(cls: ClassValue) -> Iterator[External]:
    return (base for base in cls.bases if isinstance(base, External))
