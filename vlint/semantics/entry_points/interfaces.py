"""What the runtime makes of a value that is an entry point: a request handler, WSGI, ASGI, or nothing that works."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from vlint.platform.standard_classes import plain_classes
from vlint.semantics.classes import classes
from vlint.semantics.entry_points.answers import no_result, unanswered
from vlint.semantics.entry_points.class_applications import (
    framework_ancestor,
    judge_class_result,
    makes_applications,
    unusable_instances,
)
from vlint.semantics.entry_points.judgements import ARGUMENTS, HINTS, Fault, Judgement, Right, Undecided, Wrong
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
            return Wrong("not-a-handler", describe(value), f"is not a class that inherits from {short}", value)
        case ClassValue() | External():
            inherits = _inherits(value, base, evaluator)
            if inherits is None:
                return Undecided("a class with a base that is not known")
            if not inherits:
                return Wrong("not-a-handler", describe(value), f"does not inherit from {short}", value)
            return unusable_class(value, evaluator) or Right("handler")
        case CallResult() if not _is_instance(value):
            return Undecided("what a call outside the project gives")
        case Member():
            return Undecided("an attribute of something outside the project")
        case Choice():
            return Undecided("a choice")
    return Wrong("not-a-handler", describe(value), f"is not a class that inherits from {short}", value)


_NOT_FOUND = frozenset({"ImportError", "ModuleNotFoundError", "NameError", "SyntaxError"})


def _failed(value: Fails, otherwise: Fault) -> Wrong:
    """An entry point whose making raises."""
    fault: Fault = "missing" if value.exception in _NOT_FOUND else otherwise
    return Wrong(fault, "nothing", f"fails with {value.exception}: {value.message}", value)


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
            return Wrong("not-callable", describe(value), "cannot be called", value)
        case CallResult(callee=External(name=name)) if name in plain_classes() and _is_left_alone(evaluator):
            return Wrong("not-callable", describe(value), "has no __call__ method", value)
        case CallResult(callee=External(name=name)) if name in _CONTEXT_MANAGERS and value.arguments.positional:
            reason = "makes context managers, which are no answer to a request"
            return Wrong("signature", "a function that", reason, value)
        case CallResult() | Member():
            return _judge_external(value, evaluator)
        case External(is_module=True):
            return Wrong("not-callable", describe(value), "cannot be called", value)
        case External():
            return _judge_external_callable(value)
        case Constant() | Sequence() | DictValue() | ModuleValue() | CoroutineValue() | GeneratorValue():
            return Wrong("not-callable", describe(value), "cannot be called", value)
        case Descriptor(kind="property"):
            return Wrong("not-callable", describe(value), "cannot be called", value)
        case InstanceValue():
            outside = framework_ancestor(value.cls, "__call__", evaluator)
            if outside is not None:
                return _judge_entry(outside, value, evaluator)
    return _judge_callable(value, evaluator)


def _is_left_alone(evaluator: Evaluator) -> bool:
    """Whether nothing gives an object the attribute that the platform looks for first."""
    attribute = evaluator.platform.entry_point.application_attribute
    return not attribute or not evaluator.function_module.module.contains(attribute)


def _judge_callable(value: Value, evaluator: Evaluator) -> Judgement:
    if isinstance(value, ClassValue) and (unusable := unusable_instances(value, evaluator)) is not None:
        return unusable
    if isinstance(value, ClassValue) and makes_applications(value, evaluator):
        return _to_be_called(value, value.name)
    asynchronous = _is_async(value, evaluator)
    if isinstance(value, InstanceValue) and (asynchronous is None or asynchronous == "not callable"):
        if asynchronous is None:
            return Undecided("an instance of a class that is not known to its end")
        if not _is_left_alone(evaluator):
            return Undecided("an object that may have the attribute that the platform looks for first")
        return Wrong("not-callable", describe(value), "has no __call__ method", value)
    if asynchronous is None:
        return Undecided("whether it is a coroutine function is not known")
    if evaluator.platform.entry_point.interface == "signature":
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
    return Wrong("signature", describe(value), reason, value)


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
        return Wrong("signature", "a command", f"cannot be called with a request: {instead}", value)
    interface = frameworks.interface_of(value)
    if interface is None:
        return Undecided("something of a package that is not in the table")
    if isinstance(interface, Value):
        return judge_application_options(interface, evaluator)
    return _judge_entry(interface, value, evaluator)


def judge_application_options(value: Value, evaluator: Evaluator) -> Judgement:
    """As `judge_application`, for a value that can be a choice: undecided unless all options agree."""
    found = [judge_application(option, evaluator) for option in options(value)]
    kinds = {type(judgement) for judgement in found}
    return found[0] if len(kinds) == 1 else Undecided("a choice")


def _judge_entry(entry: frameworks.Entry, value: Value, evaluator: Evaluator) -> Judgement:
    match entry.interface:
        case "wsgi" | "asgi":
            if evaluator.platform.entry_point.interface == "signature" and not entry.signature:
                reason = "does not show its interface in the signature of __call__, which is where the platform looks"
                return Wrong("signature", describe(value), reason, value)
            return Right("wsgi" if entry.interface == "wsgi" else "asgi")
        case "neither":
            return Wrong(
                "not-callable", describe(value), "is neither a WSGI nor an ASGI application", value, entry.hint
            )
    return Undecided("an interface that is not known")


def _judge_external_callable(value: External) -> Judgement:
    entry = frameworks.entry(value.name)
    if entry is None:
        return Undecided("something outside the project")
    return _to_be_called(value, value.name.rpartition(".")[2])


def _to_be_called(value: Value, name: str) -> Wrong:
    reason = f"is not an application but what makes one: `{name}` has to be called"
    return Wrong("not-callable", describe(value), reason, value)
