"""Statements that certainly raise: a walk along those that run whenever what is around them completes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst

from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.stable import is_stable
from vlint.semantics.evaluation.values import Fails
from vlint.semantics.loading.failing_expressions import Expressions, Found
from vlint.semantics.loading.failing_imports import failure_of_import

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Block, Step


@dataclass(frozen=True)
class Left:
    """Nothing certainly raises, and what follows need not run: the function may have returned."""


LEFT: Final = Left()
Outcome = Found | Left | None


class Failures:
    """Looks for what certainly raises in the statements of a module and of the functions that they call."""

    def __init__(self, evaluator: Evaluator, unbound: frozenset[str], bound_at: Mapping[str, float]) -> None:
        """`unbound` are the module's names that may be looked up before they are bound."""
        self.evaluator = evaluator
        self.expressions = Expressions(evaluator, unbound, bound_at, self.in_block)

    def in_block(self, block: Block, around: Place) -> Outcome:
        """What the first statement of a block that certainly raises does, in the order in which they run."""
        for step in block.steps:
            found = self.in_step(step, Place(block.scope, step, around.frame))
            if found is not None:
                return found
        return None

    def in_step(self, step: Step, place: Place) -> Outcome:
        """As `in_block`, of one statement and what is in it."""
        node = step.node
        for part in self.expressions.parts(step):
            found = self.expressions.failure(part, place)
            if found is not None:
                return found
        match node:
            case None | cst.Return() | cst.Break() | cst.Continue():
                return LEFT
            case cst.Raise():
                return self._raise(node, step, place)
            case cst.Assert():
                return self._assert(node, step, place)
            case cst.If():
                return self._if(node, step, place)
            case cst.With():
                if any(self.evaluator.may_suppress(item.item, place) for item in node.items):
                    return _unless_left(step)
                return self.in_block(step.blocks["body"], place)
            case cst.Try() | cst.TryStar():
                return self._try(node, step, place)
            case cst.For() | cst.While() | cst.Match():
                return _unless_left(step)
            case cst.ClassDef():
                return self._class(node, step, place)
            case cst.FunctionDef():
                return None
            case cst.Import() | cst.ImportFrom():
                failure = failure_of_import(step, self.evaluator)
                return Found(failure, step.location()) if failure is not None else None
        return self.expressions.statement(step, place)

    def _raise(self, node: cst.Raise, step: Step, place: Place) -> Outcome:
        if place.frame is None or node.exc is None:
            return LEFT  # VL105 tells of those of the module itself
        from vlint.semantics.evaluation.raising import failure_of

        failure = failure_of(step, place.frame, self.evaluator)
        return Found(failure, step.location()) if failure is not None else LEFT

    def _assert(self, node: cst.Assert, step: Step, place: Place) -> Outcome:
        if self._decide(node.test, place) is not False:
            return None
        return Found(Fails("AssertionError", "what is asserted is false"), step.location(node.test))

    def _if(self, node: cst.If, step: Step, place: Place) -> Outcome:
        decision = self._decide(node.test, place)
        taken = [
            step.blocks.get(role) for role, holds in (("body", True), ("else", False)) if decision in {None, holds}
        ]
        if decision is not None:
            return self.in_block(taken[0], place) if taken[0] is not None else None
        found = [self.in_block(block, place) if block is not None else None for block in taken]
        if all(isinstance(one, Found) for one in found):
            return found[0]
        return _unless_left(step)

    def _decide(self, test: cst.BaseExpression, place: Place) -> bool | None:
        """Whether a condition holds; None where what it asks may have changed since the evaluator saw it."""
        return self.evaluator.decide(test, place) if is_stable(test, place, self.evaluator) else None

    def _try(self, node: cst.Try | cst.TryStar, step: Step, place: Place) -> Outcome:
        final = step.blocks.get("finally")
        if not node.handlers and (final is None or not _leaves(final)):
            found = self.in_block(step.blocks["body"], place)
            if found is not None:
                return found
        elif _may_leave(step):
            return LEFT
        return self.in_block(final, place) if final is not None else None

    def _class(self, node: cst.ClassDef, step: Step, place: Place) -> Outcome:
        if self.expressions.knows_namespace(node, place):
            scope = self.evaluator.class_scope(node, step, place)
            found = self.in_block(scope.block, Place(scope, None, place.frame))
            if isinstance(found, Found):
                return found
        return self.expressions.made(node, step, place)


def _unless_left(step: Step) -> Outcome:
    return LEFT if _may_leave(step) else None


def _may_leave(step: Step) -> bool:
    return any(_leaves(block) for block in step.blocks.values())


def _leaves(block: Block) -> bool:
    """Whether a statement of a block may end the function, or the round of the loop, that it is in."""
    return any(
        step.node is None or isinstance(step.node, cst.Return | cst.Break | cst.Continue) for step in block.walk()
    )
