"""Where a module's code opens a path: the calls of functions that `openers.toml` lists, at any depth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform.openers import openers
from vlint.semantics.evaluation import operators
from vlint.semantics.evaluation.called import called, last_name
from vlint.semantics.evaluation.scopes import ClassScope, FunctionScope, LocalScope, Place
from vlint.semantics.evaluation.targets import headers
from vlint.semantics.evaluation.values import External, Member, Unknown, Value, options
from vlint.syntax.nodes import children
from vlint.syntax.parameters import collecting, single

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from vlint.platform.openers import Opener, Parameter
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step
    from vlint.syntax.module import Module


_WORD = re.compile(r"\w+")
_TELLING = frozenset({"iterdir", "rglob", "mkdir", "unlink"})
"""Methods of paths whose names are not those of others as well (as `replace` is)."""


@dataclass(frozen=True)
class Site:
    """A call somewhere in a module.

    Attributes:
        call: The call.
        place: Where it stands.
        tests: Conditions within the same statement under which alone it is made.
        each: Names that stand for every element of a literal in turn (targets of comprehensions around the call).
    """

    call: cst.Call
    place: Place
    tests: tuple[cst.BaseExpression, ...] = ()
    each: frozenset[str] = frozenset()

    @property
    def step(self) -> Step:
        """The statement that holds the call."""
        assert self.place.step is not None
        return self.place.step


@dataclass(frozen=True)
class Use:
    """A path that a call opens. `node` is the path's expression; None where it is a default that nobody wrote."""

    site: Site
    opener: Opener
    node: cst.BaseExpression


def uses(scope: ModuleScope, evaluator: Evaluator) -> tuple[Use, ...]:
    """Every path that the module opens, in the order of the text; remembered by the project."""
    path = scope.module.path

    def find() -> tuple[Use, ...]:
        # With an evaluator of its own: what is remembered must not rest on what another check has asked.
        own = type(evaluator)(evaluator.project, path)
        # The module is asked for here, too: what is found goes when the module does.
        return tuple(use for calling in statements_calling(own.module(path)) for use in _uses(calling, own))

    return evaluator.project.remember(("uses of files", path), find)


@dataclass(frozen=True)
class Calling:
    """A statement of a module, by its number, that calls what may open a file: functions of these last names."""

    scope: ModuleScope
    number: int
    names: frozenset[str]

    @property
    def key(self) -> Hashable:
        """Names the statement, wherever edits move it."""
        return self.scope.module.statements[self.number], self.names


def statements_calling(scope: ModuleScope) -> Iterator[Calling]:
    """The statements of a module that may open files, in order."""
    openers_at_hand = _openers_at_hand(scope.module)
    for number in scope.module.mentioning_any(openers_at_hand):
        names = openers_at_hand.intersection(called(scope.module.statements[number]))
        if names:
            yield Calling(scope, number, names)


def uses_in(calling: Calling, evaluator: Evaluator) -> tuple[Use, ...]:
    """As `uses`, of one statement."""

    def find() -> tuple[Use, ...]:
        own = type(evaluator)(evaluator.project, calling.scope.module.path)
        own.module(own.function_path)  # what is found goes when the module does
        return tuple(_uses(calling, own))

    return evaluator.project.remember(("uses of files", calling.key), find)


def _uses(calling: Calling, evaluator: Evaluator) -> Iterator[Use]:
    for site in _of_statement(calling.scope, calling.number, calling.names, evaluator):
        evaluator.renew()
        for opener in _openers_of(site, evaluator):
            node = _path_node(site.call, opener)
            if node is not None:
                yield Use(site, opener, node)


def calls_of(scope: ModuleScope, name: str, evaluator: Evaluator) -> Iterator[Site]:
    """The calls in the module of something whose last name is `name`."""
    for number in scope.module.mentioning(name):
        if name in called(scope.module.statements[number]):
            yield from _of_statement(scope, number, frozenset({name}), evaluator)


def _of_statement(scope: ModuleScope, number: int, names: frozenset[str], evaluator: Evaluator) -> tuple[Site, ...]:
    """Every call of one of these last names in one statement, found once in an evaluator's life."""
    if not names:
        return ()
    key = (scope, number, names)
    if key not in evaluator.sites:
        nodes = called(scope.module.statements[number])
        search = _Search(names, frozenset[cst.CSTNode]().union(*(nodes[name] for name in names)), evaluator)
        evaluator.sites[key] = tuple(site for step in scope.block.of(number) for site in search.in_step(step))
    return evaluator.sites[key]


def argument_node(call: cst.Call, parameter: Parameter) -> cst.BaseExpression | None:
    """The expression that a call passes for a parameter; None where it passes none or none that can be told."""
    for index, argument in enumerate(call.args):
        if argument.star == "*":
            break
        if argument.keyword is not None and argument.keyword.value == parameter.keyword:
            return argument.value
        if argument.keyword is None and index == parameter.position:
            return argument.value
    return next((a.value for a in call.args if a.keyword is not None and a.keyword.value == parameter.keyword), None)


def _openers_at_hand(module: Module) -> frozenset[str]:
    """The last names of the functions that the module can reach, and those under which it may have put them."""
    words = frozenset(module.gathered("words of openers", _opener_words))
    names = frozenset(
        name.rpartition(".")[2]
        for name in openers()
        if name.rpartition(".")[2] in words and (_is_at_hand(name) or name.partition(".")[0] in words)
    )
    aliases = module.gathered("aliases of openers", _opener_aliases) if names else ()
    return names | {alias for name, alias in aliases if name in names}


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The first and last names of openers, and the ways to give one another name: two groups, which are both names."""
    last = "|".join(sorted({re.escape(name.rpartition(".")[2]) for name in openers()}))
    renamed = re.compile(rf"\b(?P<name>{last})\s+as\s+(?P<alias>\w+)")
    assigned = re.compile(rf"^\s*(?P<alias>\w+)\s*=\s*(?:[\w.]+\.)?(?P<name>{last})\s*(?:#.*)?$", re.MULTILINE)
    words = frozenset(part for name in openers() for part in (name.partition(".")[0], name.rpartition(".")[2]))
    return words, (renamed, assigned)


def _opener_words(text: str) -> tuple[str, ...]:
    return tuple(_vocabulary()[0].intersection(_WORD.findall(text)))


def _opener_aliases(text: str) -> tuple[tuple[str, str], ...]:
    if not _opener_words(text):
        return ()
    return tuple((match["name"], match["alias"]) for way in _vocabulary()[1] for match in way.finditer(text))


def _is_at_hand(name: str) -> bool:
    """Whether a function can be called in a module that does not name its package: a built-in, a path's method."""
    last = name.rpartition(".")[2]
    return name.startswith("builtins.") or (name.startswith("pathlib.Path.") and ("_" in last or last in _TELLING))


def _openers_of(site: Site, evaluator: Evaluator) -> tuple[Opener, ...]:
    found: dict[Opener, None] = {}
    for option in options(evaluator.evaluate(site.call.func, site.place)):
        name = option.name if isinstance(option, External) else _qualified(option)
        if name is None or name not in openers():
            return ()
        found.update(dict.fromkeys(openers()[name]))
    return tuple(found)


def _qualified(value: Value) -> str | None:
    return value.qualified_name if isinstance(value, Member) and not isinstance(value.receiver, Unknown) else None


def _path_node(call: cst.Call, opener: Opener) -> cst.BaseExpression | None:
    if opener.parameter is not None:
        return argument_node(call, opener.parameter)
    return call.func.value if isinstance(call.func, cst.Attribute) else None


@dataclass(frozen=True)
class _Search:
    """The search of a statement for the calls of some last names: only the `nodes` around these are entered."""

    names: frozenset[str]
    nodes: frozenset[cst.CSTNode]
    evaluator: Evaluator

    def in_step(self, step: Step) -> Iterator[Site]:
        """The calls in a statement, at any depth."""
        node = step.node
        if node is None or node not in self.nodes:
            return
        place = Place(step.block.scope, step)
        for header in headers(node):
            yield from self._in_expression(header, Site(cst.Call(cst.Name("x")), place))
        scope: FunctionScope | ClassScope | None = None
        if isinstance(node, cst.FunctionDef):
            scope = self.evaluator.function_scope(node, place)
        elif isinstance(node, cst.ClassDef):
            scope = self.evaluator.class_scope(node, step, place)
        blocks = [scope.block] if scope is not None else list(step.blocks.values())
        for block in blocks:
            for inner in block.steps:
                yield from self.in_step(inner)

    def _in_expression(self, node: cst.CSTNode, around: Site) -> Iterator[Site]:
        """The calls below `node`; `around` carries the place and the conditions that hold there."""
        if node not in self.nodes:
            return
        if isinstance(node, cst.Call) and last_name(node.func) in self.names:
            yield Site(node, around.place, around.tests, around.each)
        for child in children(node):
            if child in self.nodes:
                yield from self._in_expression(child, _inside(node, child, around))


def _inside(node: cst.CSTNode, child: cst.CSTNode, around: Site) -> Site:
    """What holds for `child` of `node`."""
    match node:
        case cst.IfExp() if child is not node.test:
            return Site(around.call, around.place, (*around.tests, node.test), around.each)
        case cst.BooleanOperation() if child is node.right:
            return Site(around.call, around.place, (*around.tests, node.left), around.each)
        case cst.Lambda() if child is node.body:
            names: dict[str, Value] = {p.name.value: Unknown("a parameter") for p in _parameters(node)}
            place = Place(LocalScope(around.place, names), around.place.step, around.place.frame)
            return Site(around.call, place, around.tests, around.each)
        case cst.ListComp() | cst.SetComp() | cst.GeneratorExp() | cst.DictComp() if child is not node.for_in:
            return _in_comprehension(node.for_in, around)
    return around


def _in_comprehension(source: cst.CompFor, around: Site) -> Site:
    part: cst.CompFor | None = source
    while part is not None:
        scope = _ElementScope(part, around.place)
        tests = (*around.tests, *(condition.test for condition in part.ifs))
        each = around.each if part.ifs else around.each | scope.names.keys()
        place = Place(scope, around.place.step, around.place.frame)
        around = Site(around.call, place, tests, frozenset(each))
        part = part.inner_for_in
    return around


class _ElementScope(LocalScope):
    """The targets of one `for` in a comprehension; what each can be is found when it is asked for, by whoever asks."""

    def __init__(self, part: cst.CompFor, place: Place) -> None:
        self._part = part
        self._paths = dict(_targets(part.target, ()))
        super().__init__(place, dict.fromkeys(self._paths, Unknown("an element")))

    def value(self, name: str, evaluator: Evaluator) -> Value:
        """As `LocalScope.value`."""
        assert self.place is not None
        element = evaluator.each(evaluator.evaluate(self._part.iter, self.place), operators.element)
        return evaluator.unpack(element, self._paths[name])


def _targets(target: cst.CSTNode, path: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The names that a target binds, and where in the element the value of each lies."""
    if isinstance(target, cst.Name):
        yield target.value, path
    elif isinstance(target, cst.Tuple | cst.List):
        for index, element in enumerate(target.elements):
            yield from _targets(element.value, (*path, index))


def _parameters(node: cst.Lambda) -> Iterator[cst.Param]:
    yield from (*single(node.params), *collecting(node.params))
