"""Request handler classes: whether the server can make an instance of one, and which of its methods cannot answer.

The platform's server makes `handler(request, client_address, server)` for every connection, and the base's `__init__`
answers the request there and then: it calls the `do_…` method for it, without arguments, and does not await.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.classes.abstract_classes import abstract_members
from vlint.semantics.entry_points.judgements import Wrong
from vlint.semantics.entry_points.late_attributes import is_super_init, read_too_early
from vlint.semantics.evaluation import attributes
from vlint.semantics.evaluation.calling import yields
from vlint.semantics.evaluation.descriptions import describe
from vlint.semantics.evaluation.namespaces import READS_LOCALS
from vlint.semantics.evaluation.signatures import of_parameters
from vlint.semantics.evaluation.values import (
    Arguments,
    BoundMethod,
    ClassValue,
    Constant,
    External,
    FunctionValue,
    InstanceValue,
    Value,
    options,
)
from vlint.syntax.nodes import children, descendants
from vlint.syntax.parameters import receiver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator

MADE_WITH = ("request", "client_address", "server")
"""What the server passes to the class."""
_PASS_ON = "write `def __init__(self, *args, **kwargs)`, and end it with `super().__init__(*args, **kwargs)`"
_METHOD = re.compile(r"do_[A-Z]+")
_BASE_INIT = External("socketserver.BaseRequestHandler.__init__")
_REACHES_INSTANCE = READS_LOCALS | {"super"}
"""Built-in functions by which a method reaches its instance without naming it."""


@dataclass(frozen=True)
class Unanswering:
    """A `do_…` method that certainly answers no request.

    Attributes:
        name: The method's name.
        value: What the class has under it.
        reason: What keeps it from answering, to follow the name in a sentence.
        hint: What to write instead.
    """

    name: str
    value: Value
    reason: str
    hint: str


def unusable_class(cls: Value, evaluator: Evaluator) -> Wrong | None:
    """A request handler of which the server certainly gets no answer from any instance; None for another."""
    if not isinstance(cls, ClassValue) or not _is_plain(cls, evaluator):
        return None
    if abstract := abstract_members(cls, evaluator):
        listed = ", ".join(f"`{name}`" for name in abstract)
        reason = f"cannot be made, since it lacks an implementation of the abstract {listed}"
        return Wrong("unusable-handler", describe(cls), reason, cls, "define what is abstract in its bases")
    behind = [classes.own(one, "__init__", evaluator) for one in classes.order(cls, evaluator).classes]
    refusal = _unusable_initializer([one for one in behind if one is not None], len(MADE_WITH), cls, evaluator)
    return Wrong("unusable-handler", describe(cls), refusal, cls, _PASS_ON) if refusal is not None else None


def _unusable_initializer(
    initializers: Sequence[Value], count: int, cls: ClassValue, evaluator: Evaluator
) -> str | None:
    """Why the first of `initializers`, called with so many arguments, certainly never comes to the server's base."""
    found = initializers[0] if initializers else None
    passed = ", ".join(MADE_WITH)
    if found == _BASE_INIT:
        return None if count == len(MADE_WITH) else _miscounted(count)
    if not isinstance(found, FunctionValue) or not isinstance(found.node, cst.FunctionDef):
        return None
    signature = of_parameters(found.node.params)
    if not signature.accepts(1 + count):
        given = f"(self, {passed})" if count == len(MADE_WITH) else f"{count} arguments"
        return f"has an `__init__` that takes {signature}, but is called with {given}"
    if _leaves_base_out(found, cls, evaluator):
        return "has an `__init__` that never calls the base's, which is where a request is answered"
    forwarded = _passed_on(found.node)
    if forwarded is None:
        return None
    return _unusable_initializer(initializers[1:], forwarded, cls, evaluator)


def _miscounted(count: int) -> str:
    return f"has an `__init__` that passes {count} arguments to the base's, which takes ({', '.join(MADE_WITH)})"


def _is_plain(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether calling the class certainly comes to its `__init__`: no code of its own in between."""
    if not classes.order(cls, evaluator).complete or not classes.has_plain_metaclass(cls, evaluator):
        return False
    return classes.find(cls, "__new__", evaluator) is None


def _leaves_base_out(function: FunctionValue, cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether an `__init__` does nothing with its instance but to set attributes of it."""
    assert isinstance(function.node, cst.FunctionDef)
    own = receiver(function.node)
    parameters = evaluator.function_scope(function.node, function.place).parameters
    set_here: set[str] = set()
    for name, parent in _names(function.node.body, None):
        if name.value in _REACHES_INSTANCE or name.value == "__class__":
            return False
        match parent:
            case cst.Attribute(value=cst.Name(value=owner), attr=cst.Name(value=attribute)) if owner == own:
                set_here.add(attribute)
            case cst.Assign() if name.value != own:
                continue  # a parameter is kept, and not used
            case _ if name.value in parameters:
                return False
    if own is None or any(not _only_sets(function.node, own, attribute) for attribute in set_here):
        return False
    return all(classes.find(cls, attribute, evaluator) is None for attribute in (*set_here, "__setattr__"))


def _only_sets(node: cst.FunctionDef, own: str, attribute: str) -> bool:
    """Whether every `self.attribute` in a function's body is the target of an assignment."""
    targets = [p.target for p in descendants(node.body) if isinstance(p, cst.AssignTarget | cst.AnnAssign)]
    named = [part for part in descendants(node.body) if _is_attribute(part, own, attribute)]
    return all(any(part is target for target in targets) for part in named)


def _is_attribute(node: cst.CSTNode, own: str, attribute: str) -> bool:
    match node:
        case cst.Attribute(value=cst.Name(value=found), attr=cst.Name(value=name)):
            return found == own and name == attribute
    return False


def _passed_on(node: cst.FunctionDef) -> int | None:
    """How many arguments an `__init__` certainly passes to the next one, all of them by position; else None."""
    for line in node.body.body if isinstance(node.body, cst.IndentedBlock) else ():
        match line:
            case cst.SimpleStatementLine(body=[cst.Expr(value=cst.Call() as call)]) if is_super_init(call):
                plain = not any(argument.star or argument.keyword for argument in call.args)
                return len(call.args) if plain else None
            case cst.SimpleStatementLine(body=[cst.Assign() | cst.AnnAssign() | cst.Expr()]):
                continue
            case _:
                return None
    return None


def unanswering_methods(cls: Value, evaluator: Evaluator) -> Iterator[Unanswering]:
    """The `do_…` methods of a request handler of the project that certainly answer no request."""
    if not isinstance(cls, ClassValue) or not _is_plain(cls, evaluator):
        return
    names = {name for known in classes.order(cls, evaluator).classes for name in classes.own_names(known)}
    if not names.isdisjoint(evaluator.platform.entry_point.handler_dispatch) or not _calls_base(cls, evaluator):
        return
    for name in sorted(filter(_METHOD.fullmatch, names)):
        found = classes.find(cls, name, evaluator)
        failures = [_failure(option, name, cls, evaluator) for option in options(found)] if found else []
        if failures and all(failure is not None for failure in failures) and failures[0] is not None:
            yield failures[0]


def _calls_base(cls: ClassValue, evaluator: Evaluator) -> bool:
    """Whether making an instance comes to the base's `__init__`, if it comes to an end."""
    found = classes.find(cls, "__init__", evaluator)
    if found == _BASE_INIT:
        return True
    if not isinstance(found, FunctionValue) or not isinstance(found.node, cst.FunctionDef):
        return False
    return any(isinstance(part, cst.Call) and is_super_init(part) for part in descendants(found.node.body))


def _failure(found: Value, name: str, cls: ClassValue, evaluator: Evaluator) -> Unanswering | None:
    """Why a method answers no request, or None where it may."""
    bound = attributes.bind(found, InstanceValue(cls, Arguments(complete=False)), cls, evaluator)
    match bound:
        case Constant():
            return Unanswering(name, found, f"is {_article(bound)}, which cannot be called", "define it as a method")
        case BoundMethod(function=FunctionValue() as function) if isinstance(function.node, cst.FunctionDef):
            given = 1
        case FunctionValue() as function if isinstance(function.node, cst.FunctionDef):
            given = 0
        case _:
            return None
    signature = of_parameters(function.node.params)
    if not signature.accepts(given):
        passed = "self alone" if given else "no arguments"
        reason = f"takes {signature}, but is called with {passed}"
        return Unanswering(name, found, reason, f"write `def {name}(self)`: the request is in `self`")
    if function.is_async:
        return Unanswering(name, found, "is async, and the server does not await it: it never runs", "write `def`")
    if yields(function.node):
        reason = "has a `yield`, and nobody asks for what it yields: it never runs"
        return Unanswering(name, found, reason, "write to `self.wfile` instead")
    late = read_too_early(cls, function.node, evaluator) if given else None
    if late is not None:
        reason = f"reads `self.{late}`, which `__init__` sets behind the base's: the request is answered before"
        return Unanswering(name, found, reason, f"set `self.{late}` before `super().__init__(…)`")
    if given and _returns_display(function.node) and _ignores_instance(function.node):
        reason = "returns its answer, which goes nowhere, and sends nothing by `self`"
        hint = "send one: `self.send_response(200)`, `self.end_headers()`, `self.wfile.write(…)`"
        return Unanswering(name, found, reason, hint)
    return None


def _article(value: Constant) -> str:
    return "None" if value.value is None else f"a value of type {type(value.value).__name__}"


def _ignores_instance(node: cst.FunctionDef) -> bool:
    """Whether the body of a method has no way to its instance."""
    own = receiver(node)
    return own is not None and not any(name.value in {own, *_REACHES_INSTANCE} for name, _ in _names(node.body, None))


def _returns_display(node: cst.FunctionDef) -> bool:
    """Whether a function gives back a text or display, as one would for an answer."""
    displays = cst.Dict | cst.BaseString | cst.Tuple
    return any(isinstance(part, cst.Return) and isinstance(part.value, displays) for part in descendants(node.body))


def _names(node: cst.CSTNode, parent: cst.CSTNode | None) -> Iterator[tuple[cst.Name, cst.CSTNode | None]]:
    """Every name in a node, with the node that it stands in."""
    if isinstance(node, cst.Name):
        yield node, parent
    for child in children(node):
        yield from _names(child, node)
