"""The calls that a statement may make, those in the functions and classes that it defines included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.called import called, last_name
from vlint.semantics.evaluation.expressions import arguments
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.targets import headers
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Block, Step
    from vlint.semantics.evaluation.values import Arguments, Value


@dataclass(frozen=True)
class CallSite:
    """A call and where it stands: what to give `Evaluator.evaluate` for expressions within it."""

    node: cst.Call
    place: Place

    def callee(self, evaluator: Evaluator) -> Value:
        """What is called."""
        return evaluator.evaluate(self.node.func, self.place)

    def arguments(self, evaluator: Evaluator) -> Arguments:
        """The evaluated arguments."""
        return arguments(self.node, self.place, evaluator)


def calls_in(step: Step, names: AbstractSet[str], evaluator: Evaluator) -> Iterator[CallSite]:
    """The calls in a statement of something whose last name is one of `names`.

    What can never run is left out, as by `parts_in`, and so are bodies of lambdas.
    """
    found = called(step.statement)
    nodes = frozenset[cst.CSTNode]().union(*(found[name] for name in names if name in found))
    if nodes:  # only what is around the calls of these names is entered
        for part, place in parts_in(step, evaluator, nodes.__contains__):
            yield from _calls_in(part, names, nodes, place)


def _calls_in(
    node: cst.CSTNode, names: AbstractSet[str], nodes: AbstractSet[cst.CSTNode], place: Place
) -> Iterator[CallSite]:
    if node not in nodes or isinstance(node, cst.Lambda):
        return
    for child in children(node):
        yield from _calls_in(child, names, nodes, place)
    if isinstance(node, cst.Call) and last_name(node.func) in names:
        yield CallSite(node, place)


def parts_in(
    step: Step, evaluator: Evaluator, enters: Callable[[cst.CSTNode], bool] = lambda _: True
) -> Iterator[tuple[cst.CSTNode, Place]]:
    """The simple statements in a statement and the header expressions of the compound ones, each with its place.

    Those in functions and classes that it defines are among them. What can never run (`if TYPE_CHECKING:`,
    `if __name__ == "__main__":`) is left out, and so are the statements that `enters` does not hold of.
    """
    yield from _Parts(enters, evaluator).in_step(step, Place(step.block.scope, step))


@dataclass(frozen=True)
class _Parts:
    enters: Callable[[cst.CSTNode], bool]
    evaluator: Evaluator

    def in_step(self, step: Step, place: Place) -> Iterator[tuple[cst.CSTNode, Place]]:
        node = step.node
        if node is None or not self.enters(node):
            return
        for header in headers(node):
            yield header, place
        match node:
            case cst.FunctionDef():
                inner = self.evaluator.function_scope(node, place)
                yield from self._in_block(inner.block, Place(inner))
            case cst.ClassDef():
                body = self.evaluator.class_scope(node, step, place)
                yield from self._in_block(body.block, Place(body))
            case cst.If():
                decision = self.evaluator.decide(node.test, place)
                for role, holds in (("body", True), ("else", False)):
                    if role in step.blocks and decision in {None, holds}:
                        yield from self._in_block(step.blocks[role], place)
            case _:
                for block in step.blocks.values():
                    yield from self._in_block(block, place)

    def _in_block(self, block: Block, around: Place) -> Iterator[tuple[cst.CSTNode, Place]]:
        for step in block.steps:
            yield from self.in_step(step, Place(step.block.scope, step, around.frame))
            if isinstance(step.node, cst.Raise | cst.Return | cst.Break | cst.Continue):
                return
