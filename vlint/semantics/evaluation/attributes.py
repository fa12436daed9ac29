"""Attributes: what `value.name` is, for each kind of value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes, enumerations
from vlint.semantics.classes.set_members import may_be_set
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.scopes import Frame, Place
from vlint.semantics.evaluation.values import (
    Arguments,
    BoundMethod,
    CallResult,
    ClassValue,
    Constant,
    Descriptor,
    External,
    Fails,
    FunctionValue,
    InstanceValue,
    Member,
    ModuleValue,
    Partial,
    SuperValue,
    Unknown,
    Value,
    choice,
    options,
)
from vlint.semantics.imports import imports
from vlint.semantics.intrinsics.registry import property_intrinsic

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator


def attribute(value: Value, name: str, evaluator: Evaluator) -> Value:
    """What `value.name` is; `value` is neither a choice nor unknown."""
    match value:
        case ModuleValue():
            return imports.module_attribute(value, name, evaluator)
        case External():
            external = External(f"{value.name}.{name}")
            known = property_intrinsic(external.name, external, evaluator)
            return known if known is not None else frameworks.attribute(external)
        case ClassValue():
            return _of_class(value, name, evaluator)
        case InstanceValue():
            return of_instance(value, name, evaluator)
        case SuperValue():
            return _of_super(value, name, evaluator)
        case Partial() if name == "func":
            return value.function
        case BoundMethod() if name == "__func__":
            return value.function
        case BoundMethod() if name == "__self__":
            return value.receiver
        case FunctionValue() if name == "__name__":
            return Constant(value.name)
        case FunctionValue() if name == "__wrapped__" and value.wrapped is not None:
            return value.wrapped
    if value.type_name is None:
        return Unknown(f"the attribute '{name}' of something outside the project")
    member = Member(value, name)
    known = property_intrinsic(member.qualified_name or "", value, evaluator)
    return known if known is not None else member


def of_instance(value: InstanceValue, name: str, evaluator: Evaluator) -> Value:
    """An attribute of an instance: its own, else the class's, bound to it."""
    if name == "__class__":
        return value.cls
    if name == "value" and enumerations.is_enumeration(value.cls, evaluator):
        return enumerations.value_of_member(value, evaluator) or Unknown("the value of a member")
    found = classes.find(value.cls, name, evaluator)
    if not name.startswith("__"):
        own = _assigned(value, name, evaluator)
        if own is not None:
            return own
    if found is None:
        dynamic = classes.has_dynamic_attributes(value.cls, evaluator) or _is_private(name)
        ancestors = classes.order(value.cls, evaluator).classes
        if dynamic or not classes.is_complete(value.cls, evaluator) or may_be_set(name, ancestors, evaluator):
            return Unknown(f"the attribute '{name}' of a class that is not known to its end")
        return Fails("AttributeError", f"'{value.cls.name}' object has no attribute '{name}'")
    return evaluator.each(found, lambda option: bind(option, value, value.cls, evaluator))


def _is_private(name: str) -> bool:
    """Whether a name may be one that Python sets or changes: `__name__`, `__private` as `_Class__private`."""
    return name.startswith("_") and "__" in name


def bind(value: Value, receiver: Value, cls: Value, evaluator: Evaluator) -> Value:
    """What a class's member becomes when it is asked for through an instance (`receiver`)."""
    match value:
        case FunctionValue():
            return BoundMethod(value, receiver)
        case Descriptor(kind="staticmethod"):
            return value.function
        case Descriptor(kind="classmethod"):
            return BoundMethod(value.function, cls)
        case Descriptor(kind="property"):
            if isinstance(value.function, FunctionValue):
                return called_by_python(value.function, Arguments((receiver,)), evaluator)
            return Unknown("a property of something outside the project")
        case External():
            return Unknown("a member of a class outside the project")
        case InstanceValue() if classes.find(value.cls, "__get__", evaluator) is not None:
            return Unknown("what a descriptor gives")
    return value


def _of_class(value: ClassValue, name: str, evaluator: Evaluator) -> Value:
    if name == "__name__":
        return Constant(value.name)
    found = classes.find(value, name, evaluator)
    if enumerations.is_enumeration(value, evaluator):
        return _of_enumeration(value, name, evaluator)
    if found is None:
        known = classes.is_complete(value, evaluator) and classes.has_plain_metaclass(value, evaluator)
        if not known or _is_private(name) or may_be_set(name, classes.order(value, evaluator).classes, evaluator):
            return Unknown(f"the attribute '{name}' of a class that is not known to its end")
        return Fails("AttributeError", f"type object '{value.name}' has no attribute '{name}'")

    def unwrapped(option: Value) -> Value:
        match option:
            case Descriptor(kind="staticmethod"):
                return option.function
            case Descriptor(kind="classmethod"):
                return BoundMethod(option.function, value)
            case InstanceValue() if classes.find(option.cls, "__get__", evaluator) is not None:
                return Unknown("what a descriptor gives")
        return option

    return evaluator.each(found, unwrapped)


def _of_enumeration(value: ClassValue, name: str, evaluator: Evaluator) -> Value:
    """An attribute of an enumeration: one of its members, or something else."""
    order = classes.order(value, evaluator)
    owner = next((cls for cls in order.classes if classes.own(cls, name, evaluator) is not None), None)
    found = classes.own(owner, name, evaluator) if owner is not None else None
    if isinstance(owner, ClassValue) and found is not None:
        return evaluator.each(found, lambda option: enumerations.member(owner, name, option, evaluator))
    if found is None and enumerations.lacks(value, name, evaluator) and not may_be_set(name, order.classes, evaluator):
        return Fails("AttributeError", f"type object '{value.name}' has no attribute '{name}'")
    return Unknown(f"the attribute '{name}' of an enumeration")


def _of_super(value: SuperValue, name: str, evaluator: Evaluator) -> Value:
    receiver = value.receiver
    start = receiver.cls if isinstance(receiver, InstanceValue) else receiver
    order = classes.order(start, evaluator) if isinstance(start, ClassValue) else classes.order(value.cls, evaluator)
    if value.cls not in order.classes:
        return Unknown("a super() that is not followed")
    behind = order.classes[order.classes.index(value.cls) + 1 :]
    for cls in behind:
        found = classes.own(cls, name, evaluator)
        if found is not None:
            return evaluator.each(found, lambda option: bind(option, receiver, start, evaluator))
    return Unknown(f"the attribute '{name}' of super()")


def _assigned(value: InstanceValue, name: str, evaluator: Evaluator) -> Value | None:
    """What `self.name = …` gave an attribute in `__init__`; unknown if another method assigns it."""
    for cls in classes.order(value.cls, evaluator).classes:
        if not isinstance(cls, ClassValue) or cls.scope is None:
            continue
        statement = cls.scope.step.statement
        if not statement.mentions(name):
            continue
        initializer = classes.own(cls, "__init__", evaluator)
        found = _in_initializer(initializer, value, name, evaluator) if isinstance(initializer, FunctionValue) else None
        if found is not None:
            return found
        if statement.contains(f".{name} =") or statement.contains(f".{name}:"):
            return Unknown(f"the attribute '{name}' is set outside __init__")
    return None


def _in_initializer(function: FunctionValue, value: InstanceValue, name: str, evaluator: Evaluator) -> Value | None:
    from vlint.semantics.evaluation.calling import bind_arguments

    scope = evaluator.function_scope(function.node, function.place)
    parameters = list(scope.parameters)
    bound = bind_arguments(function, value.arguments.prepended(value), evaluator)
    if not parameters or isinstance(bound, Fails):
        return None
    frame = Frame(function, bound, _at_some_time(function))
    found: list[Value] = []
    for step in scope.block.walk():
        if isinstance(step.node, cst.Assign | cst.AnnAssign) and step.node.value is not None:
            assign = step.node
            targets = [t.target for t in assign.targets] if isinstance(assign, cst.Assign) else [assign.target]
            for target in targets:
                match target:
                    case cst.Attribute(value=cst.Name(value=receiver), attr=cst.Name(value=attr)):
                        if receiver == parameters[0] and attr == name:
                            found.append(evaluator.evaluate(step.node.value, Place(scope, step, frame)))
    if not found:
        return None
    failing = Unknown("what cannot be made is in no attribute")
    return choice(failing if isinstance(option, Fails) else option for each in found for option in options(each))


def called_by_python(function: FunctionValue, arguments: Arguments, evaluator: Evaluator) -> Value:
    """What a function gives that is called without a call in the text, as a property is.

    Nobody looks when that happens. Names are what its module leaves them; one that is not there then may have been.
    """
    result = evaluator.call(function, arguments, _at_some_time(function))
    known = [option for option in options(result) if not isinstance(option, Fails) or option.exception != "NameError"]
    return result if len(known) == len(options(result)) else choice([*known, Unknown("a name may be there by then")])


def _at_some_time(function: FunctionValue) -> Place:
    """The place of a call that is not followed: behind all of the function's module."""
    return Place(function.place.scope.root)


def entered(value: Value, evaluator: Evaluator) -> Value:
    """What `with value as name` gives the name."""
    if isinstance(value, CallResult):
        if value.type_name in {"contextlib.nullcontext", "contextlib.closing"} and value.arguments.positional:
            return value.arguments.positional[0]
        entry = frameworks.interface_of(value)
        if isinstance(entry, frameworks.Entry) and entry.context:
            return value
    if isinstance(value, InstanceValue):
        method = classes.find(value.cls, "__enter__", evaluator)
        if isinstance(method, FunctionValue):
            return called_by_python(method, Arguments((value,)), evaluator)
    return Unknown("what a context manager gives")
