"""Calls: arguments to parameters, bodies to return values, and what a call leaves behind in global names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes import classes
from vlint.semantics.classes.abstract_classes import abstract_failure
from vlint.semantics.evaluation import attributes, frameworks
from vlint.semantics.evaluation.flow import PASS, Flow, Outcome, Reached, Returns
from vlint.semantics.evaluation.scopes import ClassScope, Frame, FunctionScope, LocalScope, Place, StepLocation
from vlint.semantics.evaluation.targets import declared_names, flatten, headers, names_in, suite
from vlint.semantics.evaluation.values import (
    Arguments,
    BoundMethod,
    CallResult,
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
    Partial,
    Sequence,
    SuperValue,
    TupleValue,
    Unknown,
    Value,
    choice,
)
from vlint.semantics.intrinsics.registry import call_intrinsic
from vlint.syntax.nodes import children
from vlint.syntax.parameters import positional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step

MAXIMUM_CALLS = 6
"""Calls within calls that are followed."""


def call(callee: Value, arguments: Arguments, place: Place, evaluator: Evaluator) -> Value:
    """What calling `callee` gives; it is neither a choice nor unknown."""
    match callee:
        case External(name="builtins.super") if not arguments.positional:
            return _super(place, evaluator)
        case External():
            known = call_intrinsic(callee.name, arguments, evaluator)
            return known if known is not None else CallResult(callee, arguments)
        case Member():
            name = callee.qualified_name
            known = call_intrinsic(name, arguments.prepended(callee.receiver), evaluator) if name else None
            return (
                known if known is not None else frameworks.decorated(callee, arguments) or CallResult(callee, arguments)
            )
        case FunctionValue():
            return _call_function(callee, arguments, place, evaluator)
        case ClassValue():
            return _instantiate(callee, arguments, evaluator)
        case BoundMethod():
            return evaluator.call(callee.function, arguments.prepended(callee.receiver), place)
        case Partial():
            return evaluator.call(callee.function, merged(callee.arguments, arguments), place)
        case Descriptor(kind="staticmethod"):
            return evaluator.call(callee.function, arguments, place)
        case InstanceValue():
            found = classes.find(callee.cls, "__call__", evaluator)
            if found is None and classes.is_complete(callee.cls, evaluator) and callee.cls.metaclass is None:
                return Fails("TypeError", f"'{callee.cls.name}' object is not callable")
            method = (
                evaluator.each(found, lambda f: attributes.bind(f, callee, callee.cls, evaluator)) if found else None
            )
            return evaluator.call(method, arguments, place) if method else Unknown("a call of an instance")
        case CallResult():
            cached = _cached(callee) if _are_constants(arguments) else None
            if cached is not None:
                return evaluator.call(cached, arguments, place)
            return frameworks.decorated(callee, arguments) or CallResult(callee, arguments)
        case Constant() | Sequence() | DictValue():
            return Fails("TypeError", f"'{(callee.type_name or '').rpartition('.')[2]}' object is not callable")
    return Unknown("a call that is not followed")


def _cached(value: CallResult) -> FunctionValue | None:
    """The function of the project that `functools.cache` and its like call for each new argument, or None."""
    maker = value.callee.callee if isinstance(value.callee, CallResult) else value.callee
    given = value.arguments.positional
    is_made = isinstance(maker, External) and maker.name in frameworks.CACHES
    return given[0] if is_made and len(given) == 1 and isinstance(given[0], FunctionValue) else None


def _are_constants(arguments: Arguments) -> bool:
    """Whether all arguments are known and can be keys of a cache."""
    values = (*arguments.positional, *(value for _, value in arguments.keywords))
    return arguments.complete and all(isinstance(value, Constant) for value in values)


def _super(place: Place, evaluator: Evaluator) -> Value:
    """`super()` in a method whose call is being followed."""
    frame = place.frame
    owner = frame.function.place.scope if frame is not None else None
    if frame is None or not isinstance(owner, ClassScope) or owner.place is None or not frame.arguments:
        return Unknown("a super() that is not followed")
    from vlint.semantics.evaluation.definitions import class_value

    cls = class_value(owner.node, Place(owner.place.scope, owner.step, owner.place.frame), evaluator)
    receiver = next(iter(frame.arguments.values()))
    return SuperValue(cls, receiver) if isinstance(cls, ClassValue) else Unknown("a super() that is not followed")


def merged(first: Arguments, second: Arguments) -> Arguments:
    """The arguments of a partial with those it is called with."""
    names = {name for name, _ in second.keywords}
    kept = tuple((name, value) for name, value in first.keywords if name not in names)
    return Arguments(
        (*first.positional, *second.positional), (*kept, *second.keywords), first.complete and second.complete
    )


def bind_arguments(function: FunctionValue, arguments: Arguments, evaluator: Evaluator) -> Mapping[str, Value] | Fails:
    """The arguments of a call by parameter; a failure where Python would raise `TypeError`."""
    params = function.node.params
    listed = positional(params)
    bound: dict[str, Value] = {}
    for parameter, value in zip(listed, arguments.positional, strict=False):
        bound[parameter.name.value] = value
    rest = arguments.positional[len(listed) :]
    if isinstance(params.star_arg, cst.Param):
        bound[params.star_arg.name.value] = TupleValue(rest) if arguments.complete else Unknown("*args")
    elif rest:
        return Fails("TypeError", f"{function.name}() takes {len(listed)} positional arguments")
    by_name = {p.name.value for p in (*params.params, *params.kwonly_params)}
    extra: list[tuple[Value, Value]] = []
    for name, value in arguments.keywords:
        if name in by_name and name not in bound:
            bound[name] = value
        elif params.star_kwarg is not None and name not in by_name:
            extra.append((Constant(name), value))
        else:
            return Fails("TypeError", f"{function.name}() got an unexpected keyword argument '{name}'")
    if params.star_kwarg is not None:
        known = arguments.complete
        bound[params.star_kwarg.name.value] = DictValue(tuple(extra)) if known else Unknown("**kwargs")
    for parameter in (*listed, *params.kwonly_params):
        name = parameter.name.value
        if name in bound:
            continue
        if not arguments.complete:
            bound[name] = Unknown("an argument that is not known")
        elif parameter.default is not None:
            bound[name] = evaluator.evaluate(parameter.default, function.place)
        else:
            return Fails("TypeError", f"{function.name}() missing a required argument: '{name}'")
    return bound


def _call_function(function: FunctionValue, arguments: Arguments, place: Place, evaluator: Evaluator) -> Value:
    bound = bind_arguments(function, arguments, evaluator)
    if isinstance(bound, Fails):
        return bound
    if isinstance(function.node, cst.Lambda):
        inner = Place(LocalScope(function.place, bound), function.place.step, function.place.frame)
        return evaluator.evaluate(function.node.body, inner)
    frames = 0
    caller: Place | None = place
    while caller is not None and caller.frame is not None:
        frames += 1
        if frames >= MAXIMUM_CALLS or caller.frame.function.node is function.node:
            return Unknown("calls too deep to follow")
        caller = caller.frame.caller
    if yields(function.node):
        return Unknown("an asynchronous generator") if function.is_async else GeneratorValue()
    result = returned(function, Frame(function, bound, place), evaluator)
    return CoroutineValue(result) if function.is_async else result


def returned(function: FunctionValue, frame: Frame | None, evaluator: Evaluator) -> Value:
    """What the body of a function gives back: any of its returns that can be reached, None if it ends without."""
    scope = evaluator.function_scope(function.node, function.place)
    walk = Returns(frame, evaluator)
    completes = walk.block(scope.block)
    values: list[Value] = [Constant(None)] if completes else []
    for step in walk.found:
        assert isinstance(step.node, cst.Return)
        if step.node.value is None:
            values.append(Constant(None))
        else:
            values.append(evaluator.evaluate(step.node.value, Place(scope, step, frame)).at(StepLocation(step)))
    return choice(values) if values else Unknown("a function that never returns")


def yields(node: cst.FunctionDef | cst.Lambda) -> bool:
    """Whether a function is a generator."""
    waiting: list[cst.CSTNode] = [node.body]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Yield):
            return True
        if not isinstance(current, cst.FunctionDef | cst.Lambda):
            waiting.extend(children(current))
    return False


def _instantiate(cls: ClassValue, arguments: Arguments, evaluator: Evaluator) -> Value:
    if not classes.has_plain_metaclass(cls, evaluator):
        return Unknown("an instance made by a metaclass")
    if classes.has_constructor(cls, evaluator):
        return Unknown("an instance made by __new__")
    if (abstract := abstract_failure(cls, evaluator)) is not None:
        return abstract
    instance = InstanceValue(cls, arguments)
    initializer = classes.find(cls, "__init__", evaluator)
    if initializer is None and (arguments.positional or arguments.keywords) and classes.is_complete(cls, evaluator):
        return Fails("TypeError", f"{cls.name}() takes no arguments")
    if isinstance(initializer, FunctionValue):
        bound = bind_arguments(initializer, arguments.prepended(instance), evaluator)
        if isinstance(bound, Fails):
            return bound
    return instance


def parameter(name: str, scope: FunctionScope, place: Place, evaluator: Evaluator) -> Value:
    """What a parameter is, or `Unbound` where the name is a local that is not yet bound."""
    from vlint.semantics.evaluation.values import Unbound

    node = scope.parameters.get(name)
    if node is None:
        return Unbound("UnboundLocalError", f"cannot access local variable '{name}'")
    if place.frame is not None and place.frame.function.node is scope.node:
        return place.frame.arguments[name]
    if next(iter(scope.parameters)) == name and scope.place is not None and isinstance(scope.place.scope, ClassScope):
        return _receiver(scope, scope.place.scope, evaluator)
    from vlint.semantics.evaluation.call_sites import parameter_from_calls

    return parameter_from_calls(name, node, scope, evaluator)


def _receiver(scope: FunctionScope, owner: ClassScope, evaluator: Evaluator) -> Value:
    from vlint.semantics.evaluation.definitions import class_value

    decorators = scope.node.decorators if isinstance(scope.node, cst.FunctionDef) else ()
    names = {d.decorator.value for d in decorators if isinstance(d.decorator, cst.Name)}
    if "staticmethod" in names or owner.place is None:
        return Unknown("a parameter")
    cls = class_value(owner.node, Place(owner.place.scope, owner.step, owner.place.frame), evaluator)
    if "classmethod" in names:
        return cls
    unknown = Arguments(complete=False)
    return evaluator.each(cls, lambda c: InstanceValue(c, unknown) if isinstance(c, ClassValue) else c)


def global_effects(step: Step, flow: Flow, evaluator: Evaluator) -> list[Outcome]:
    """What a statement does to the flow's name, where functions or classes that it mentions declare that global.

    A plain call is followed. Whatever else is done with such a function (it decorates, is passed on, gets another
    name, is a method) may come to a call of it.
    """
    node = step.node
    expression = getattr(node, "value", None)
    if isinstance(expression, cst.Await):
        expression = expression.expression
    place = Place(step.block.scope, step, flow.frame)
    callee = evaluator.evaluate(expression.func, place) if isinstance(expression, cst.Call) else None
    if not isinstance(callee, FunctionValue) or not isinstance(callee.node, cst.FunctionDef):
        return flow.perhaps(step) if _may_write(node, flow.name, step.block.scope.root) else [PASS]
    assert isinstance(expression, cst.Call)
    if callee.is_async and not isinstance(getattr(node, "value", None), cst.Await):
        return [PASS]
    if _mentions(step.block.scope.root.writers(flow.name), *(argument.value for argument in expression.args)):
        return flow.perhaps(step)
    from vlint.semantics.evaluation.expressions import arguments

    bound = bind_arguments(callee, arguments(expression, place, evaluator), evaluator)
    if isinstance(bound, Fails):
        return []
    return _effects_of(callee, Frame(callee, bound, place), flow, evaluator, 0)


def _may_write(node: cst.CSTNode | None, name: str, module: ModuleScope) -> bool:
    """Whether a statement of which it is not known what it calls may run what declares the name global."""
    writers = module.writers(name)
    match node:
        case cst.FunctionDef():
            return _mentions(writers, *headers(node))
        case cst.ClassDef():
            body = [part for part in flatten(suite(node.body)) if not isinstance(part, cst.FunctionDef)]
            inner = [header for part in flatten(suite(node.body)) for header in headers(part)]
            declared = name in declared_names(node.body, cst.Global)
            return declared or _mentions(writers, *headers(node), *body, *inner)
        case cst.Expr() | cst.Assign() | cst.AnnAssign() | cst.AugAssign():
            return _mentions(writers, node)
    return False


def _mentions(writers: tuple[str, ...], *nodes: cst.CSTNode) -> bool:
    return not names_in(*nodes).isdisjoint(writers)


def _effects_of(function: FunctionValue, frame: Frame, flow: Flow, evaluator: Evaluator, depth: int) -> list[Outcome]:
    scope = evaluator.function_scope(function.node, function.place)
    inner = Flow(flow.name, frame, evaluator)
    found: list[Reached] = []
    passes = True
    walk = Returns(frame, evaluator)
    walk.block(scope.block)
    if flow.name in scope.globals:
        if walk.found:  # left early: any of its bindings may have been made
            found += inner.anywhere(scope.block)
        passes = inner.collect(reversed(scope.block.steps), found) or bool(walk.found)
    elif depth < MAXIMUM_CALLS:
        for step in reversed(walk.reached):
            outcomes = _nested(step, frame, inner, evaluator, depth)
            found += [outcome for outcome in outcomes if isinstance(outcome, Reached)]
            if PASS not in outcomes:
                passes = step.block.owner is not None
                break
    return [*found, PASS] if passes else [*found]


def _nested(step: Step, frame: Frame, flow: Flow, evaluator: Evaluator, depth: int) -> list[Outcome]:
    expression = getattr(step.node, "value", None)
    place = Place(step.block.scope, step, frame)
    callee = evaluator.evaluate(expression.func, place) if isinstance(expression, cst.Call) else None
    if not isinstance(callee, FunctionValue) or not isinstance(callee.node, cst.FunctionDef):
        return flow.perhaps(step) if _may_write(step.node, flow.name, step.block.scope.root) else [PASS]
    assert isinstance(expression, cst.Call)
    from vlint.semantics.evaluation.expressions import arguments

    bound = bind_arguments(callee, arguments(expression, place, evaluator), evaluator)
    return (
        [] if isinstance(bound, Fails) else _effects_of(callee, Frame(callee, bound, place), flow, evaluator, depth + 1)
    )
