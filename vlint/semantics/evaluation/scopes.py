"""The blocks and scopes of a module: which statement runs before which, and whose names it binds.

A `Step` is one statement (simple or compound) in a `Block`; a `Scope` owns a block and what is bound there. The steps
of a module are made from its top-level statements on demand, so a statement that nobody asks for is never parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Location
from vlint.semantics.evaluation.targets import (
    Binding,
    bindings,
    bound_names,
    declared_names,
    flatten,
    names_bound_by,
    suites,
)
from vlint.syntax.parameters import collecting, single

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.values import FunctionValue, Value
    from vlint.syntax.module import Module, Statement
    from vlint.text import Range

_STAR_IMPORT = re.compile(r"\bimport\s*\(?\s*\*")


class Step:
    """One statement in a block.

    Attributes:
        node: The libcst statement: a small statement or a compound one; None where the text does not parse.
        block: The block it stands in.
        index: Its place in the block, from 0 (for a module: the number of its top-level statement).
        statement: The top-level statement whose tree holds it.
    """

    def __init__(self, node: cst.CSTNode | None, block: Block, index: int, statement: Statement) -> None:
        self.node = node
        self.block = block
        self.index = index
        self.statement = statement

    @cached_property
    def blocks(self) -> Mapping[str, Block]:
        """The blocks of a compound statement by role: `body`, `else`, `finally`, `except 0`, `case 0`, …"""
        if self.node is None:
            return {}
        return {role: Block(body, self.block.scope, self.statement, self, role) for role, body in suites(self.node)}

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """What the statement itself binds, in order; not what its blocks bind."""
        return tuple(bindings(self))

    @cached_property
    def bound_names(self) -> frozenset[str]:
        """Every name that the statement or its blocks bind."""
        key = ("bound names", self.node, self.block.owns_namespace)
        return self.statement.fact(key, lambda: frozenset(names_bound_by(self)))

    @property
    def top_level_index(self) -> int:
        """The number, from 0, of the statement of its module or function that holds it, class bodies included."""
        step = self
        while True:
            if step.block.owner is not None:
                step = step.block.owner
            elif isinstance(step.block.scope, ClassScope):
                step = step.block.scope.step
            else:
                return step.index

    def walk(self) -> Iterator[Step]:
        """The step and every one in its blocks, in order; not those of functions and classes."""
        yield self
        for block in self.blocks.values():
            yield from block.walk()

    def location(self, node: cst.CSTNode | None = None) -> Location:
        """Where `node` (the step itself by default) stands."""
        module = self.statement.module
        target = node if node is not None else self.node
        if target is None:
            return Location(module.path, self.statement.range())
        return Location(module.path, self.statement.range(target))


class StepLocation(Location):
    """Where a node of a step stands, found when somebody asks: who only has a value with an origin rests on no line."""

    __slots__ = ("_node", "_step")

    _step: Step
    _node: cst.CSTNode | None

    def __init__(self, step: Step, node: cst.CSTNode | None = None) -> None:
        object.__setattr__(self, "_step", step)
        object.__setattr__(self, "_node", node)

    @property
    def path(self) -> str:
        """As `Location.path`."""
        return self._step.statement.module.path

    @property
    def range(self) -> Range:
        """As `Location.range`."""
        return self._step.location(self._node).range

    def settled(self) -> Location:
        """As `Location.settled`."""
        return self._step.location(self._node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Location) and (self.path, self.range) == (other.path, other.range)

    def __hash__(self) -> int:
        return hash(self.settled())

    def __repr__(self) -> str:
        return repr(self.settled())

    def __reduce__(self) -> tuple[type[Location], tuple[str, Range]]:
        return Location, (self.path, self.range)


class Block:
    """Statements that run one after another, within `owner` (a compound statement) or as the body of a scope."""

    def __init__(
        self,
        body: Sequence[cst.CSTNode],
        scope: Scope,
        statement: Statement,
        owner: Step | None = None,
        role: str = "body",
    ) -> None:
        self.scope = scope
        self.owner = owner
        self.role = role
        self.steps = tuple(Step(node, self, index, statement) for index, node in enumerate(flatten(body)))

    @property
    def owns_namespace(self) -> bool:
        """Whether `globals()` in the block is the namespace of the block's own scope."""
        return isinstance(self.scope, ModuleScope)

    def before(self, step: Step | None, name: str) -> Iterator[Step]:
        """The steps in front of `step` (all for None) from the last to the first that may concern `name`."""
        steps = self.steps if step is None else self.steps[: step.index]
        at_module_level = self.scope.root is self.scope  # there, calls and star imports bind names too
        for earlier in reversed(steps):
            if at_module_level or earlier.node is None or name in earlier.bound_names:
                yield earlier

    def walk(self) -> Iterator[Step]:
        """Every step in the block and in the blocks below it, in order; not those of functions and classes."""
        for step in self.steps:
            yield from step.walk()


class ModuleBlock(Block):
    """The top level of a module, whose statements are parsed when they are asked for."""

    def __init__(self, scope: ModuleScope) -> None:
        self.scope: ModuleScope = scope
        self.owner = None
        self.role = "module"
        self._made: dict[int, tuple[cst.Module | None, tuple[Step, ...]]] = {}
        self._numbers: dict[str, Sequence[int]] = {}
        self._edition = 0

    @property
    def steps(self) -> tuple[Step, ...]:  # type: ignore[override]  # a module's steps are made on demand
        """Every step of the module: parses all of it."""
        return tuple(self.mentioning(None))

    def of(self, number: int) -> tuple[Step, ...]:
        """The steps of the top-level statement `number` (from 0)."""
        statement = self.scope.module.statements[number]
        tree = statement.tree
        made = self._made.get(number)
        if made is None or made[0] is not tree:
            nodes: Iterable[cst.CSTNode | None] = [None] if tree is None else flatten(tree.body)
            made = self._made[number] = (tree, tuple(Step(node, self, number, statement) for node in nodes))
        return made[1]

    def before(self, step: Step | None, name: str) -> Iterator[Step]:
        """As `Block.before`; only statements that mention the name, or may bind any, are parsed."""
        statements = self.scope.module.statements
        last = len(statements) - 1 if step is None else step.index
        for number in reversed(self._concerning(name)):
            if number > last:
                continue
            steps = self.of(number)
            if step is not None and number == step.index:
                steps = steps[: steps.index(step)]
            yield from reversed(steps)

    def mentioning(self, names: Sequence[str] | None) -> Iterator[Step]:
        """The steps, in order, of the statements that mention one of `names`; of all for None."""
        for number, statement in enumerate(self.scope.module.statements):
            if names is None or any(statement.mentions(name) for name in names):
                yield from self.of(number)

    def _concerning(self, name: str) -> Sequence[int]:
        """The numbers of the statements that may bind the name, in order; found once for each name."""
        module = self.scope.module
        if self._edition != module.edition:
            self._edition = module.edition
            self._numbers.clear()
        star_imports = module.matching(_STAR_IMPORT)
        writers = self.scope.writers(name)
        if name not in self._numbers:
            self._numbers[name] = sorted({*star_imports, *module.binding(name), *module.mentioning_any(writers)})
        else:
            module.ask_binding(name)
            for word in writers:
                module.ask_word(word)
        return self._numbers[name]


class Scope:
    """What owns names. `place` is where the scope was made, which is where its free names are looked up."""

    def __init__(self, place: Place | None) -> None:
        self.place = place

    @property
    def root(self) -> ModuleScope:
        """The module that the scope is in."""
        assert self.place is not None
        return self.place.scope.root


class ModuleScope(Scope):
    """A module of the project, and the name under which it is imported."""

    def __init__(self, module: Module, name: str, package: str) -> None:
        super().__init__(None)
        self.module = module
        self.name = name
        self.package = package
        self.block = ModuleBlock(self)
        self._writers: dict[str, tuple[str, ...]] = {}
        self._edition = 0

    @property
    def root(self) -> ModuleScope:
        """The module itself."""
        return self

    def writers(self, name: str) -> tuple[str, ...]:
        """The module's functions and classes that declare `name` global, and those that mention one of them."""
        module = self.module
        if not module.mentioning("global"):
            return ()
        declaring = module.matching(re.compile(rf"\bglobal\b[^\n;]*\b{re.escape(name)}\b"))
        if self._edition != module.edition:
            self._edition = module.edition
            self._writers.clear()
        if name not in self._writers:
            self._writers[name] = tuple(sorted(self._find_writers(declaring)))
        for function in self._writers[name]:
            module.ask_word(function)
        return self._writers[name]

    def _find_writers(self, declaring: Sequence[int]) -> set[str]:
        found: set[str] = set()
        waiting = list(declaring)
        while waiting:
            for step in self.block.of(waiting.pop()):
                if isinstance(step.node, cst.FunctionDef | cst.ClassDef) and step.node.name.value not in found:
                    found.add(step.node.name.value)
                    waiting += self.module.mentioning(step.node.name.value)
        return found


class ClassScope(Scope):
    """The body of a class."""

    def __init__(self, node: cst.ClassDef, step: Step, place: Place) -> None:
        super().__init__(place)
        self.node = node
        self.step = step
        self.block = Block(node.body.body, self, step.statement)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that the body binds."""
        return self.step.statement.fact(("class names", self.node), lambda: frozenset(bound_names(self.block)))


class FunctionScope(Scope):
    """The body of a function or lambda."""

    def __init__(self, node: cst.FunctionDef | cst.Lambda, statement: Statement, place: Place) -> None:
        super().__init__(place)
        self.node = node
        self.statement = statement
        body = node.body.body if isinstance(node, cst.FunctionDef) else ()
        self.block = Block(body, self, statement)

    @cached_property
    def globals(self) -> frozenset[str]:
        """The names that the body declares global."""
        return (
            frozenset(declared_names(self.node.body, cst.Global))
            if isinstance(self.node, cst.FunctionDef)
            else frozenset()
        )

    @cached_property
    def nonlocals(self) -> frozenset[str]:
        """The names that the body declares nonlocal."""
        return (
            frozenset(declared_names(self.node.body, cst.Nonlocal))
            if isinstance(self.node, cst.FunctionDef)
            else frozenset()
        )

    @cached_property
    def parameters(self) -> Mapping[str, cst.Param]:
        """The parameters by name, `*args` and `**kwargs` included."""
        params = self.node.params
        return {parameter.name.value: parameter for parameter in (*single(params), *collecting(params))}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that are local to the body: parameters and what it binds."""
        return self.statement.fact(("local names", self.node), self._local_names)

    def _local_names(self) -> frozenset[str]:
        return frozenset({*self.parameters, *bound_names(self.block)} - self.globals - self.nonlocals)


class LocalScope(Scope):
    """The names that a comprehension or a lambda binds, with their values."""

    def __init__(self, place: Place, names: Mapping[str, Value]) -> None:
        super().__init__(place)
        self.names = names

    def value(self, name: str, evaluator: Evaluator) -> Value:
        """What one of the names is."""
        return self.names[name]


@dataclass(frozen=True)
class Frame:
    """A call that is being followed: the function, its arguments by parameter, and where the call stands."""

    function: FunctionValue
    arguments: Mapping[str, Value] = field(hash=False)
    caller: Place


@dataclass(frozen=True)
class Place:
    """Where an expression stands: within `step`, or at the end of the scope where that is None.

    `frame` is the call that is being followed, if the scope is a function's.
    """

    scope: Scope
    step: Step | None = None
    frame: Frame | None = None
