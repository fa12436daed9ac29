"""Which files a function brings in, and from where their code is called: what a parameter is, and who catches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform.openers import Parameter
from vlint.semantics.evaluation.calling import bind_arguments
from vlint.semantics.evaluation.expressions import arguments
from vlint.semantics.evaluation.scopes import ClassScope, Frame, FunctionScope, Place
from vlint.semantics.evaluation.values import (
    BoundMethod,
    ClassValue,
    Fails,
    FunctionValue,
    InstanceValue,
    Unknown,
    options,
)
from vlint.semantics.files.file_uses import argument_node, calls_of
from vlint.semantics.imports import imports
from vlint.semantics.imports.named_imports import named_imports
from vlint.syntax.parameters import positional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope
    from vlint.semantics.evaluation.values import Value
    from vlint.semantics.files.file_uses import Site

MAXIMUM_MODULES = 400
MAXIMUM_CALLERS = 8
MAXIMUM_SITES = 60
"""Calls by the name of a function that are looked at: a common name has too many."""

MAXIMUM_DEPTH = 2
"""How many calls lie between a parameter and the value that is looked for."""

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<source>[.\w]+)[ \t]+import[ \t]+(?P<parts>\([^)]*\)|[^\n;]*)"
    r"|import[ \t]+(?P<names>[^\n;#]*))",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Caller:
    """A call of a function of the project, and the parameters it gives (a frame to evaluate the body in)."""

    site: Site
    frame: Frame


CallOf = tuple["Site", FunctionValue, "tuple[Value, ...]"]
"""A call of a certain function: where, the function as it is called, and what is passed before the arguments."""


def reached_modules(evaluator: Evaluator) -> tuple[ModuleScope, ...]:
    """The function's module and every module of the project that it imports, at the top or further in."""
    found: dict[str, ModuleScope] = {}
    waiting = [evaluator.function_path]
    while waiting and len(found) < MAXIMUM_MODULES:
        path = waiting.pop(0)
        if path in found:
            continue
        found[path] = evaluator.module(path)
        waiting += [name for name in _imported_files(found[path], evaluator) if name not in found]
    return tuple(found.values())


def callers(
    scope: FunctionScope, modules: Sequence[ModuleScope], evaluator: Evaluator, depth: int = 0
) -> tuple[Caller, ...]:
    """The calls of a function that these modules make, at most `MAXIMUM_CALLERS`."""
    node = scope.node
    if not isinstance(node, cst.FunctionDef) or depth >= MAXIMUM_DEPTH:
        return ()
    owner = scope.place.scope if scope.place is not None else None
    name = owner.node.name.value if isinstance(owner, ClassScope) and node.name.value == "__init__" else node.name.value
    found: list[Caller] = []
    for module in modules:
        if module.module.contains(name):
            for site, function, receiver in _sites_calling(module, node, name, evaluator):
                found += _callers_at(site, function, receiver, modules, evaluator, depth)
                if len(found) >= MAXIMUM_CALLERS:
                    return tuple(found[:MAXIMUM_CALLERS])
    return tuple(found)


def given(caller: Caller, name: str, scope: FunctionScope) -> tuple[cst.BaseExpression, Place] | None:
    """The expression that a call passes for the parameter `name` (or its default), and where it stands."""
    order = [parameter.name.value for parameter in positional(scope.node.params)]
    node = scope.parameters.get(name)
    if node is None or (caller.site.call.args and any(argument.star for argument in caller.site.call.args)):
        return None
    bound = len(caller.frame.arguments) > 0 and isinstance(scope.place.scope, ClassScope) if scope.place else False
    position = order.index(name) - bound if name in order else None
    found = argument_node(caller.site.call, Parameter(position, name))
    if found is not None:
        return found, caller.site.place
    if node.default is not None and scope.place is not None:
        return node.default, scope.place
    return None


def function_around(place: Place) -> FunctionScope | None:
    """The function whose body holds the place."""
    scope = place.scope
    while not isinstance(scope, FunctionScope):
        if scope.place is None:
            return None
        scope = scope.place.scope
    return scope


def _sites_calling(module: ModuleScope, node: cst.FunctionDef, name: str, evaluator: Evaluator) -> tuple[CallOf, ...]:
    """The calls in a module that run `node`, with what is passed before the arguments; found once for an evaluator."""
    key = (module, node)
    if key not in evaluator.calls:
        evaluator.calls[key] = tuple(_find_calls(module, node, name, evaluator))
    return evaluator.calls[key]


def _find_calls(module: ModuleScope, node: cst.FunctionDef, name: str, evaluator: Evaluator) -> Iterator[CallOf]:
    for site in islice(calls_of(module, name, evaluator), MAXIMUM_SITES):
        evaluator.renew()
        for option in options(evaluator.evaluate(site.call.func, site.place)):
            function, receiver = _callee(option, node, evaluator)
            if function is not None:
                yield site, function, receiver


def _callers_at(
    site: Site, function: FunctionValue, receiver: tuple[Value, ...], modules: Sequence[ModuleScope],
    evaluator: Evaluator, depth: int,
) -> Iterator[Caller]:  # fmt: skip
    for place in _places(site, function.node, modules, evaluator, depth):
        passed = arguments(site.call, place, evaluator).prepended(*receiver)
        bound = bind_arguments(function, passed, evaluator)
        if not isinstance(bound, Fails):
            yield Caller(site, Frame(function, bound, place))


def _places(
    site: Site, node: cst.CSTNode, modules: Sequence[ModuleScope], evaluator: Evaluator, depth: int
) -> list[Place]:
    """Where the call stands, once for each call of the function around it if its arguments need that."""
    around = function_around(site.place)
    if around is None or around.node is node or site.place.scope is not around or not around.parameters:
        return [site.place]
    passed = arguments(site.call, site.place, evaluator)
    if not any(
        isinstance(o, Unknown) for v in (*passed.positional, *dict(passed.keywords).values()) for o in options(v)
    ):
        return [site.place]
    frames = [caller.frame for caller in callers(around, modules, evaluator, depth + 1)]
    return [Place(site.place.scope, site.place.step, frame) for frame in frames] or [site.place]


def _callee(
    value: Value, node: cst.FunctionDef, evaluator: Evaluator
) -> tuple[FunctionValue | None, tuple[Value, ...]]:
    """The function of `node` if that is what a call of `value` runs, and what is passed before the arguments."""
    match value:
        case FunctionValue() if value.node is node:
            return value, ()
        case BoundMethod(function=FunctionValue() as function) if function.node is node:
            return function, (value.receiver,)
        case ClassValue() if node.name.value == "__init__":
            instance = InstanceValue(value)
            return _callee(evaluator.attribute(instance, "__init__"), node, evaluator)
    return None, ()


def _imported_files(scope: ModuleScope, evaluator: Evaluator) -> Iterator[str]:
    """The project's files that a module's import statements run; read as text, for all of a module would be parsed."""
    for name in dict.fromkeys(_imported_names(scope)):
        parts = name.split(".")
        for count in range(1, len(parts) + 1):
            path = imports.resolve(".".join(parts[:count]), evaluator)
            if path is None:
                break
            if path.endswith(".py"):
                yield path


def _imported_names(scope: ModuleScope) -> Iterator[str]:
    for written, names in scope.module.gathered("imports", _imports_in):
        if written is None:
            yield from names
            continue
        source = _absolute(written, scope)
        if source:
            yield source
            yield from (f"{source}.{name}" for name in names)


def _imports_in(text: str) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    """The imports in a text: each with the module that it imports from, if one, and the names."""
    found: list[tuple[str | None, tuple[str, ...]]] = []
    for match in _IMPORT.finditer(text) if "import" in text else ():
        listed = re.sub(r"#[^\n]*|[()\\]", " ", match["parts"]) if match["names"] is None else match["names"]
        found.append((match["source"], tuple(part.split()[0] for part in listed.split(",") if part.split())))
    return (*found, *((None, (name,)) for name in named_imports(text)))


def _absolute(source: str, scope: ModuleScope) -> str | None:
    name = source.lstrip(".")
    level = len(source) - len(name)
    if not level:
        return name
    package = scope.package.split(".") if scope.package else []
    if level > len(package):
        return None
    parts = package[: len(package) - level + 1]
    return ".".join([*parts, name] if name else parts)
