"""What the runtime makes of a value that is an entry point: a request handler, WSGI, ASGI, or nothing that works."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from vlint.platform.standard_classes import plain_classes
from vlint.semantics.classes import classes
from vlint.semantics.entry_points.answers import no_result, unanswered
from vlint.semantics.entry_points.class_applications import judge_class_result, unusable_instances
from vlint.semantics.entry_points.framework_applications import (
    ANY_ATTRIBUTE,
    calling_members,
    framework_ancestor,
    judge_callable_of_framework,
    judge_entry,
    made_by,
    to_be_called,
    wrong_inside,
)
from vlint.semantics.entry_points.judgements import ARGUMENTS, HINTS, Fault, Judgement, Right, Undecided, Wrong, agreed
from vlint.semantics.entry_points.request_handlers import unusable_class
from vlint.semantics.evaluation import attributes, frameworks
from vlint.semantics.evaluation.descriptions import describe
from vlint.semantics.evaluation.signatures import Signature, is_coroutine_function, signature
from vlint.semantics.evaluation.values import (
    BoundMethod,
    CallResult,
    Choice,
    ClassValue,
    Constant,
    CoroutineValue,
    Descriptor,
    DictValue,
    External,
    Fails,
    FunctionValue,
    GeneratorValue,
    InstanceValue,
    Member,
    ModuleValue,
    Partial,
    Sequence,
    Unknown,
    Value,
    options,
)

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator


def judge_handler(value: Value, evaluator: Evaluator) -> Judgement:
    """Whether `value`, under a handler's name, is a request handler class."""
    base = evaluator.platform.entry_point.handler_base
    short = base.rpartition(".")[2]
    match value:
        case Unknown():
            return Undecided(value.reason)
        case Fails():
            return _failed(value, "not-a-handler")
        case External(is_module=True):
            return _no_handler(value, f"is not a class that inherits from {short}")
        case ClassValue() | External():
            inherits = _inherits(value, base, evaluator)
            if inherits is None:
                return Undecided("a class with a base that is not known")
            if not inherits:
                return _no_handler(value, f"does not inherit from {short}")
            return unusable_class(value, evaluator) or Right("handler")
        case CallResult() if not _is_instance(value):
            return Undecided("what a call outside the project gives")
        case Member():
            return Undecided("an attribute of something outside the project")
        case Choice():
            return Undecided("a choice")
    return _no_handler(value, f"is not a class that inherits from {short}")


def _no_handler(value: Value, reason: str) -> Wrong:
    return Wrong("not-a-handler", describe(value), reason, value, at_start=True)


_NOT_FOUND = frozenset({"ImportError", "ModuleNotFoundError", "NameError", "SyntaxError"})


def _failed(value: Fails, otherwise: Fault) -> Wrong:
    """An entry point whose making raises."""
    fault: Fault = "missing" if value.exception in _NOT_FOUND else otherwise
    return Wrong(fault, "nothing", f"fails with {value.exception}: {value.message}", value, at_start=True)


def _inherits(value: Value, base: str, evaluator: Evaluator) -> bool | None:
    if isinstance(value, External):
        known = frameworks.hierarchy(value.name)
        if value.name == base or (known is not None and base in known):
            return True
        return False if known is not None or frameworks.entry(value.name) is not None else None
    return classes.inherits(value, base, evaluator)


def _is_instance(value: CallResult) -> bool:
    """Whether the result of a call outside the project is certainly an instance and no class."""
    if not isinstance(value.callee, External):
        return False
    name = value.callee.name
    if frameworks.entry(name) is not None or frameworks.hierarchy(name) is not None or name in plain_classes():
        return True
    top, last = name.partition(".")[0], name.rpartition(".")[2]
    return top in sys.stdlib_module_names and last[:1].isupper() and top not in {"typing", "types"}


_CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_PLAIN_TYPES = frozenset(
    {"object", "str", "int", "float", "bytes", "bool", "dict", "list", "tuple", "set", "frozenset"}
)


def judge_application(value: Value, evaluator: Evaluator) -> Judgement:
    """Whether `value`, as the application, is one that the platform can call."""
    match value:
        case Unknown():
            return Undecided(value.reason)
        case Fails():
            return _failed(value, "not-callable")
        case Choice():
            return Undecided("a choice")
        case CallResult(callee=External(name=name)) if name.removeprefix("builtins.") in _PLAIN_TYPES:
            return _without_call(value, "cannot be called")
        case CallResult(callee=External(name=name)) if name in plain_classes() and _is_left_alone(evaluator):
            return _without_call(value, "has no __call__ method")
        case CallResult(callee=External(name=name)) if name in _CONTEXT_MANAGERS and value.arguments.positional:
            reason = "makes context managers, which are no answer to a request"
            at_start = _is_refused(value.arguments.positional[0], evaluator)
            return Wrong("signature", "a function that", reason, value, at_start=at_start)
        case CallResult() | Member():
            return _judge_external(value, evaluator)
        case External(is_module=True):
            return _without_call(value, "cannot be called")
        case External():
            return judge_callable_of_framework(value, evaluator)
        case Constant() | Sequence() | DictValue() | ModuleValue() | CoroutineValue() | GeneratorValue():
            return _without_call(value, "cannot be called")
        case Descriptor(kind="property"):
            return _without_call(value, "cannot be called")
        case InstanceValue():
            outside = framework_ancestor(value.cls, calling_members(evaluator), evaluator)
            if outside is not None and (outside.interface != "neither" or _is_left_alone(evaluator)):
                return judge_entry(outside, value, evaluator)
    return _judge_callable(value, evaluator)


def _may_show_call(value: InstanceValue, evaluator: Evaluator) -> bool:
    """Whether an object may have the attribute `__call__`, though its class has no such method."""
    ancestors = classes.order(value.cls, evaluator).classes
    if any(classes.own(one, name, evaluator) is not None for one in ancestors for name in ANY_ATTRIBUTE):
        return True
    return any(scope.module.contains("__call__") for scope in evaluator.loaded())


def _is_refused(value: Value, evaluator: Evaluator) -> bool:
    """Whether the platform certainly refuses a callable that is not async for what it shows."""
    shown = signature(value, evaluator, shown=True) if evaluator.platform.entry_point.looks_at_signature else None
    return shown is not None and len(shown.required) != len(ARGUMENTS["wsgi"])


def _is_left_alone(evaluator: Evaluator) -> bool:
    """Whether nothing gives an object the attribute that the platform looks for first."""
    attribute = evaluator.platform.entry_point.application_attribute
    return not attribute or not evaluator.function_module.module.contains(attribute)


def _judge_callable(value: Value, evaluator: Evaluator) -> Judgement:
    if isinstance(value, ClassValue) and (unusable := unusable_instances(value, evaluator)) is not None:
        return replace(unusable, at_start=_is_refused(value, evaluator))
    if isinstance(value, ClassValue) and (entry := made_by(value, evaluator)) is not None:
        return to_be_called(value, value.name, entry, evaluator)
    asynchronous = _is_async(value, evaluator)
    if isinstance(value, InstanceValue) and (asynchronous is None or asynchronous == "not callable"):
        if asynchronous is None:
            return Undecided("an instance of a class that is not known to its end")
        if not _is_left_alone(evaluator):
            return Undecided("an object that may have the attribute that the platform looks for first")
        return replace(_without_call(value, "has no __call__ method"), at_start=not _may_show_call(value, evaluator))
    if asynchronous is None:
        return Undecided("whether it is a coroutine function is not known")
    if evaluator.platform.entry_point.looks_at_signature:
        judgement = _by_signature(value, asynchronous is True, evaluator)
    else:
        judgement = _by_call(value, asynchronous is True, evaluator)
    if not isinstance(judgement, Right):
        return judgement
    if isinstance(value, ClassValue):
        return judge_class_result(value, judgement, evaluator)
    return _judge_result(value, judgement, evaluator)


def _judge_result(value: Value, judgement: Right, evaluator: Evaluator) -> Judgement:
    """An application by what it sends and returns."""
    assert judgement.interface != "handler"
    parameters = ARGUMENTS[judgement.interface]
    if judgement.interface == "wsgi" and (reason := no_result(value, parameters, evaluator)) is not None:
        return Wrong("signature", describe(value), reason, value)
    reason = unanswered(value, parameters, evaluator)
    if reason is None:
        return judgement
    return Wrong("unanswered", describe(value), reason, value, HINTS[judgement.interface])


def _by_call(value: Value, asynchronous: bool, evaluator: Evaluator) -> Judgement:
    found = signature(value, evaluator)
    if found is None:
        return Undecided("a signature that is not known")
    interface: Literal["wsgi", "asgi"] = "asgi" if asynchronous else "wsgi"
    if found.accepts(len(ARGUMENTS[interface])):
        return Right(interface)
    return _wrong_signature(value, found, interface)


def _by_signature(value: Value, asynchronous: bool, evaluator: Evaluator) -> Judgement:
    attribute = evaluator.platform.entry_point.application_attribute
    own = _has_callable(value, attribute, evaluator) if attribute else False
    if own is not False:
        return Right("asgi") if own else Undecided(f"an attribute {attribute} that is not known")
    shown = signature(value, evaluator, shown=True)
    actual = signature(value, evaluator)
    if shown is None or actual is None:
        return Undecided("a signature that is not known")
    count = len(shown.required)
    if asynchronous and count == len(ARGUMENTS["asgi"]):
        return Right("asgi") if actual.accepts(3) else _wrong_signature(value, actual, "asgi")
    if count == len(ARGUMENTS["wsgi"]):
        if asynchronous:
            reason = "is a coroutine function with 2 parameters: it is called as WSGI and its coroutine never runs"
            return Wrong("signature", describe(value), reason, value)
        return Right("wsgi") if actual.accepts(2) else _wrong_signature(value, actual, "wsgi")
    wanted = len(ARGUMENTS["asgi" if asynchronous else "wsgi"])
    reason = f"takes {shown}: the platform looks for exactly {wanted} positional parameters without default"
    return Wrong("signature", describe(value), reason, value, at_start=True)


def _wrong_signature(value: Value, found: Signature, interface: Literal["wsgi", "asgi"]) -> Wrong:
    passed = ", ".join(ARGUMENTS[interface])
    reason = f"takes {found} but is called with ({passed}), as {interface.upper()}"
    return Wrong("signature", describe(value), reason, value)


def _has_callable(value: Value, attribute: str, evaluator: Evaluator) -> bool | None:
    """Whether the value has a callable attribute of that name; None where it is not known."""
    if isinstance(value, InstanceValue):
        found = attributes.of_instance(value, attribute, evaluator)
    elif isinstance(value, ClassValue):
        found = evaluator.attribute(value, attribute)
    else:
        return False
    if isinstance(found, Fails):
        return False
    if isinstance(found, FunctionValue | BoundMethod | ClassValue | Partial):
        return True
    return False if isinstance(found, Constant) else None


def _is_async(value: Value, evaluator: Evaluator) -> bool | Literal["not callable"] | None:
    """Whether the value, or its `__call__`, is a coroutine function; None where it is not known."""
    own = is_coroutine_function(value)
    if own is not False or isinstance(value, FunctionValue | BoundMethod | Partial | Descriptor):
        return own
    if isinstance(value, InstanceValue) and classes.lacks_call(value.cls, evaluator):
        return "not callable"
    cls = value.cls if isinstance(value, InstanceValue) else value
    found = classes.find(cls, "__call__", evaluator)
    if isinstance(value, ClassValue):
        return is_coroutine_function(found) if isinstance(found, FunctionValue) else False if found is None else None
    if found is None:
        return None
    if isinstance(found, Constant):
        return "not callable"
    if isinstance(found, InstanceValue):
        return False
    bound = attributes.bind(found, value, cls, evaluator)
    return is_coroutine_function(bound)


def _judge_external(value: CallResult | Member, evaluator: Evaluator) -> Judgement:
    if isinstance(value, CallResult) and (missing := frameworks.missing_argument(value)) is not None:
        name = value.type_name.rpartition(".")[2] if value.type_name else "it"
        message = f"{name}.__init__() missing 1 required positional argument: '{missing}'"
        return _failed(Fails("TypeError", message, origin=value.origin), "not-callable")
    if (instead := frameworks.other_call(value)) is not None:
        reason, looks = f"cannot be called with a request: {instead}", evaluator.platform.entry_point.looks_at_signature
        return Wrong("signature", "a command", reason, value, at_start=looks)
    interface = frameworks.interface_of(value)
    if interface is None:
        return Undecided("something of a package that is not in the table")
    if isinstance(interface, Value):
        return judge_application_options(interface, evaluator)
    judgement = judge_entry(interface, value, evaluator)
    if isinstance(judgement, Right) and isinstance(value, CallResult) and interface.wraps:
        return wrong_inside(interface, value, evaluator) or judgement
    return judgement


def judge_application_options(value: Value, evaluator: Evaluator) -> Judgement:
    """As `judge_application`, for a value that can be a choice: undecided unless all options agree."""
    return agreed([judge_application(option, evaluator) for option in options(value)])


def _without_call(value: Value, reason: str) -> Wrong:
    """Something that is no callable: both platforms look for that when they start."""
    return Wrong("not-callable", describe(value), reason, value, at_start=True)
