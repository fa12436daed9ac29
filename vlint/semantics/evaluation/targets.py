"""The shape of statements: their blocks, and the names they bind, as syntax alone tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.namespaces import literal_key
from vlint.syntax.parameters import single
from vlint.syntax.quiet import string_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vlint.semantics.evaluation.scopes import Block, Step


@dataclass(frozen=True)
class Binding:
    """One name that a statement binds (or, for `del`, unbinds), and from what its value is made.

    Attributes:
        name: The name.
        node: Where it stands: the target, the definition's name, the alias.
        step: The statement.
        source: What the value comes from: an expression, a definition, an import; None where it is not known.
        path: How the value lies in that of `source`: indexes of unpacking; `Star` marks a starred target,
            `Iteration` an element of an iterable.
        kind: `value`, `import`, `definition`, `loop`, `with`, `except`, `match`, `augmented`, `declared` or `delete`.
    """

    name: str
    node: cst.CSTNode
    step: Step
    kind: str
    source: cst.CSTNode | None = None
    path: tuple[int | Star, ...] = ()


@dataclass(frozen=True)
class Star:
    """A starred target: it takes what `before` targets in front of it and `after` behind it leave."""

    before: int
    after: int


def flatten(body: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """The statements of a suite, with the small ones taken out of their lines."""
    for node in body:
        if isinstance(node, cst.SimpleStatementLine):
            yield from node.body
        else:
            yield node


def suite(body: cst.BaseSuite) -> Sequence[cst.CSTNode]:
    """The statements of an indented block, or of a suite on the line of its header."""
    assert isinstance(body, cst.IndentedBlock | cst.SimpleStatementSuite)
    return body.body


def handlers(node: cst.Try | cst.TryStar) -> Sequence[cst.ExceptHandler | cst.ExceptStarHandler]:
    """The handlers of a `try`."""
    return node.handlers


def suites(node: cst.CSTNode) -> Iterator[tuple[str, Sequence[cst.CSTNode]]]:
    """The blocks of a compound statement by role; none for a definition, whose body is a scope of its own."""
    match node:
        case cst.If():
            yield "body", suite(node.body)
            match node.orelse:
                case cst.If():
                    yield "else", [node.orelse]
                case cst.Else():
                    yield "else", suite(node.orelse.body)
        case cst.For() | cst.While():
            yield "body", suite(node.body)
            if node.orelse is not None:
                yield "else", suite(node.orelse.body)
        case cst.With():
            yield "body", suite(node.body)
        case cst.Try() | cst.TryStar():
            yield "body", suite(node.body)
            for number, handler in enumerate(handlers(node)):
                yield f"except {number}", suite(handler.body)
            if node.orelse is not None:
                yield "else", suite(node.orelse.body)
            if node.finalbody is not None:
                yield "finally", suite(node.finalbody.body)
        case cst.Match():
            for number, case in enumerate(node.cases):
                yield f"case {number}", suite(case.body)


def bindings(step: Step) -> Iterator[Binding]:
    """What the statement itself binds, in order; not what the blocks of a compound statement bind."""
    node = step.node
    if node is not None and step.statement.contains(":="):
        yield from _walruses(step)
    match node:
        case cst.Assign():
            for target in node.targets:
                yield from _target(target.target, node.value, step, "value")
        case cst.AnnAssign(target=cst.Name() as name):
            yield Binding(name.value, name, step, "value" if node.value else "declared", node.value)
        case cst.AugAssign(target=cst.Name() as name):
            yield Binding(name.value, name, step, "augmented", node)
        case cst.FunctionDef() | cst.ClassDef():
            yield Binding(node.name.value, node.name, step, "definition", node)
        case cst.Import():
            for alias in node.names:
                bound = alias.asname.name if alias.asname else _first(alias.name)
                if isinstance(bound, cst.Name):
                    yield Binding(bound.value, bound, step, "import", alias)
        case cst.ImportFrom(names=names) if not isinstance(names, cst.ImportStar):
            for alias in names:
                bound = alias.asname.name if alias.asname else alias.name
                if isinstance(bound, cst.Name):
                    yield Binding(bound.value, bound, step, "import", alias)
        case cst.Del():
            for deleted in _names(node.target):
                yield Binding(deleted.value, deleted, step, "delete")
        case cst.For():
            yield from _target(node.target, node.iter, step, "loop")
        case cst.With():
            for item in node.items:
                if item.asname is not None:
                    yield from _target(item.asname.name, item.item, step, "with")
        case cst.TypeAlias():
            yield Binding(node.name.value, node.name, step, "type")


def handler_binding(step: Step, handler: cst.ExceptHandler | cst.ExceptStarHandler) -> Binding | None:
    """The name that `except … as name` binds."""
    if handler.name is None or not isinstance(handler.name.name, cst.Name):
        return None
    return Binding(handler.name.name.value, handler.name.name, step, "except", handler.type)


def case_bindings(step: Step, case: cst.MatchCase) -> Iterator[Binding]:
    """The names that a pattern captures, each with the part of the subject that it takes, where that is plain."""
    assert isinstance(step.node, cst.Match)
    parts = dict(_parts(case.pattern, ()))
    for node in _captures(case.pattern):
        source = step.node.subject if node in parts else None
        yield Binding(node.value, node, step, "match", source, parts.get(node, ()))


def _parts(pattern: cst.CSTNode, path: tuple[int | Star, ...]) -> Iterator[tuple[cst.Name, tuple[int | Star, ...]]]:
    """The captures that stand for the subject itself, or for an item of it by position."""
    if isinstance(pattern, cst.MatchAs):
        if pattern.name is not None:
            yield pattern.name, path
        if pattern.pattern is not None:
            yield from _parts(pattern.pattern, path)
    elif isinstance(pattern, cst.MatchList | cst.MatchTuple):
        count = len(pattern.patterns)
        seen_star = False
        for index, element in enumerate(pattern.patterns):
            if isinstance(element, cst.MatchStar):
                seen_star = True
                if element.name is not None:
                    yield element.name, (*path, Star(index, count - index - 1))
            else:
                yield from _parts(element.value, (*path, index - count if seen_star else index))


def bound_names(block: Block) -> Iterator[str]:
    """Every name that a block binds, at any depth but not within definitions."""
    for step in block.steps:
        yield from step.bound_names


def names_bound_by(step: Step) -> Iterator[str]:
    """Every name that a statement binds, in its blocks too but not within definitions."""
    yield from (binding.name for binding in step.bindings)
    match step.node:
        case cst.Try() | cst.TryStar():
            for handler in step.node.handlers:
                binding = handler_binding(step, handler)
                if binding is not None:
                    yield binding.name
        case cst.Match():
            for case in step.node.cases:
                yield from (binding.name for binding in case_bindings(step, case))
    for block in step.blocks.values():
        yield from bound_names(block)


def declared_names(body: cst.BaseSuite, kind: type[cst.Global | cst.Nonlocal]) -> set[str]:
    """The names under `global` (or `nonlocal`) anywhere in a function's body, its inner definitions left out."""
    found: set[str] = set()
    rest: list[cst.CSTNode] = list(flatten(suite(body)))
    while rest:
        node = rest.pop()
        if isinstance(node, kind):
            found.update(item.name.value for item in node.names)
        rest.extend(inner for _, part in suites(node) for inner in flatten(part))
    return found


def _target(
    target: cst.CSTNode, source: cst.CSTNode, step: Step, kind: str, path: tuple[int | Star, ...] = ()
) -> Iterator[Binding]:
    match target:
        case cst.Name():
            yield Binding(target.value, target, step, kind, source, path)
        case cst.Subscript() if (key := literal_key(target)) is not None and step.block.owns_namespace:
            yield Binding(str(string_value(key)), key, step, kind, source, path)
        case cst.Tuple() | cst.List():
            count = len(target.elements)
            for index, element in enumerate(target.elements):
                if isinstance(element, cst.StarredElement):
                    yield from _target(element.value, source, step, kind, (*path, Star(index, count - index - 1)))
                else:
                    starred = any(isinstance(e, cst.StarredElement) for e in target.elements[:index])
                    yield from _target(element.value, source, step, kind, (*path, index - count if starred else index))


def _names(target: cst.CSTNode) -> Iterator[cst.Name]:
    match target:
        case cst.Name():
            yield target
        case cst.Tuple() | cst.List():
            for element in target.elements:
                yield from _names(element.value)


def _first(name: cst.CSTNode) -> cst.CSTNode:
    while isinstance(name, cst.Attribute):
        name = name.value
    return name


def names_in(*nodes: cst.CSTNode) -> set[str]:
    """Every name that expressions hold, at any depth."""
    found: set[str] = set()
    for node in nodes:
        node.visit(_NameFinder(found))
    return found


class _NameFinder(cst.CSTVisitor):
    def __init__(self, found: set[str]) -> None:
        super().__init__()
        self._found = found

    def visit_Name(self, node: cst.Name) -> None:  # noqa: N802 - libcst names its visitors so
        self._found.add(node.value)


class _WalrusFinder(cst.CSTVisitor):
    """The walruses of an expression, each with whether evaluating the expression certainly comes to it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.NamedExpr, bool]] = []
        self.local: set[str] = set()
        """The names that comprehensions give values to, for themselves alone."""
        self._conditions = 0

    def _perhaps(self, *nodes: cst.CSTNode) -> None:
        self._conditions += 1
        for node in nodes:
            node.visit(self)
        self._conditions -= 1

    def leave_NamedExpr(self, original_node: cst.NamedExpr) -> None:  # noqa: N802 - libcst names its visitors so
        self.found.append((original_node, self._conditions == 0))

    def visit_BooleanOperation(self, node: cst.BooleanOperation) -> bool:  # noqa: N802 - as above
        node.left.visit(self)
        self._perhaps(node.right)
        return False

    def visit_IfExp(self, node: cst.IfExp) -> bool:  # noqa: N802 - as above
        node.test.visit(self)
        self._perhaps(node.body, node.orelse)
        return False

    def visit_Comparison(self, node: cst.Comparison) -> bool:  # noqa: N802 - as above
        node.left.visit(self)
        node.comparisons[0].visit(self)
        self._perhaps(*node.comparisons[1:])
        return False

    def visit_CompFor(self, node: cst.CompFor) -> bool:  # noqa: N802 - as above
        self.local.update(name.value for name in _names(node.target))
        self._perhaps(*node.ifs, *([node.inner_for_in] if node.inner_for_in is not None else []))
        node.iter.visit(self)
        return False

    def visit_ListComp(self, node: cst.ListComp) -> bool:  # noqa: N802 - as above
        return self._comprehension(node)

    def visit_SetComp(self, node: cst.SetComp) -> bool:  # noqa: N802 - as above
        return self._comprehension(node)

    def visit_GeneratorExp(self, node: cst.GeneratorExp) -> bool:  # noqa: N802 - as above
        return self._comprehension(node)

    def _comprehension(self, node: cst.ListComp | cst.SetComp | cst.GeneratorExp) -> bool:
        self._perhaps(node.elt)
        node.for_in.visit(self)
        return False

    def visit_DictComp(self, node: cst.DictComp) -> bool:  # noqa: N802 - as above
        self._perhaps(node.key, node.value)
        node.for_in.visit(self)
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:  # noqa: N802 - as above
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:  # noqa: N802 - as above
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:  # noqa: N802 - as above
        return False


def headers(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The expressions that a statement evaluates itself: all of a simple one, the header of a compound one."""
    match node:
        case cst.If() | cst.While():
            yield node.test
        case cst.For():
            yield node.iter
        case cst.With():
            yield from (item.item for item in node.items)
        case cst.Match():
            yield node.subject
            yield from (case.guard for case in node.cases if case.guard is not None)
        case cst.Try() | cst.TryStar():
            yield from (handler.type for handler in node.handlers if handler.type is not None)
        case cst.FunctionDef():
            yield from (decorator.decorator for decorator in node.decorators)
            yield from (parameter.default for parameter in single(node.params) if parameter.default is not None)
        case cst.ClassDef():
            yield from (decorator.decorator for decorator in node.decorators)
            yield from (argument.value for argument in (*node.bases, *node.keywords))
        case _:
            yield node


def _walruses(step: Step) -> Iterator[Binding]:
    assert step.node is not None
    for number, header in enumerate(headers(step.node)):
        finder = _WalrusFinder()
        header.visit(finder)
        later = number > 0 and isinstance(step.node, cst.Match | cst.Try | cst.TryStar)
        for node, certain in finder.found:
            if isinstance(node.target, cst.Name):
                kind = "walrus" if certain and not later else "perhaps"
                # what is made from an element of a comprehension is not followed
                source = None if finder.local & names_in(node.value) else node.value
                yield Binding(node.target.value, node.target, step, kind, source)


def _captures(pattern: cst.CSTNode) -> Iterator[cst.Name]:
    match pattern:
        case cst.MatchAs():
            if pattern.pattern is not None:
                yield from _captures(pattern.pattern)
            if pattern.name is not None:
                yield pattern.name
        case cst.MatchStar() if pattern.name is not None:
            yield pattern.name
        case cst.MatchOr():
            for option in pattern.patterns:
                yield from _captures(option.pattern)
        case cst.MatchList() | cst.MatchTuple():
            for element in pattern.patterns:
                yield from _captures(element.value if isinstance(element, cst.MatchSequenceElement) else element)
        case cst.MatchMapping():
            for entry in pattern.elements:
                yield from _captures(entry.pattern)
            if pattern.rest is not None:
                yield pattern.rest
        case cst.MatchClass():
            for positional in pattern.patterns:
                yield from _captures(positional.value)
            for keyword in pattern.kwds:
                yield from _captures(keyword.pattern)
