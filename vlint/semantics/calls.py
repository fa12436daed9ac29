"""The calls that a module may make, each with what is called and in which circumstances it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.expressions import arguments
from vlint.semantics.scopes import ModuleScope, Place
from vlint.semantics.targets import headers
from vlint.semantics.values import Arguments, External, Fails, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import Block, Step


@dataclass(frozen=True)
class CallSite:
    """A call expression of a module.

    Attributes:
        node: The call.
        place: Where it stands: what to give `Evaluator.evaluate` for expressions within it.
        in_function: Whether it is in the body of a function: reached by a request, not (surely) when loading.
        conditional: Whether it stands under a condition that is not decided, in a loop or in a handler.
        caught: The exceptions that `try` statements around it (within its function) handle; `BaseException` for a
            bare `except`.
        tests: The conditions around it, innermost first, with whether they have to hold (False: an `else`).
    """

    node: cst.Call
    place: Place
    in_function: bool
    conditional: bool
    caught: tuple[str, ...]
    tests: tuple[tuple[cst.BaseExpression, bool], ...]

    def callee(self, evaluator: Evaluator) -> Value:
        """What is called."""
        return evaluator.evaluate(self.node.func, self.place)

    def arguments(self, evaluator: Evaluator) -> Arguments:
        """The evaluated arguments."""
        return arguments(self.node, self.place, evaluator)


@dataclass(frozen=True)
class _Context:
    place: Place
    in_function: bool = False
    conditional: bool = False
    caught: tuple[str, ...] = ()
    tests: tuple[tuple[cst.BaseExpression, bool], ...] = ()


def calls(scope: ModuleScope, evaluator: Evaluator, names: Sequence[str]) -> Iterator[CallSite]:
    """The calls in those statements of a module that mention one of `names`, in order.

    What can never run (`if TYPE_CHECKING:`, `if __name__ == "__main__":`) is left out.
    """
    for step in scope.block.mentioning(names):
        yield from calls_in(step, evaluator)


def calls_in(step: Step, evaluator: Evaluator) -> Iterator[CallSite]:
    """The calls in a statement, those in the functions and classes that it defines included."""
    yield from _in_step(step, _Context(Place(step.block.scope, step)), evaluator)


def _in_block(block: Block, context: _Context, evaluator: Evaluator) -> Iterator[CallSite]:
    for step in block.steps:
        place = Place(step.block.scope, step, context.place.frame)
        yield from _in_step(step, _replaced(context, place=place), evaluator)
        if isinstance(step.node, cst.Raise | cst.Return | cst.Break | cst.Continue):
            return


def _in_step(step: Step, context: _Context, evaluator: Evaluator) -> Iterator[CallSite]:
    node = step.node
    if node is None:
        return
    for header in headers(node):
        yield from _in_expression(header, context, evaluator)
    match node:
        case cst.FunctionDef():
            inner = evaluator.function_scope(node, context.place)
            yield from _in_block(inner.block, _Context(Place(inner), in_function=True), evaluator)
        case cst.ClassDef():
            body = evaluator.class_scope(node, step, context.place)
            yield from _in_block(body.block, _replaced(context, place=Place(body)), evaluator)
        case cst.If():
            decision = evaluator.decide(node.test, context.place)
            for role, holds in (("body", True), ("else", False)):
                if role in step.blocks and decision in {None, holds}:
                    tests = ((node.test, holds), *context.tests)
                    conditional = context.conditional or decision is None
                    yield from _in_block(
                        step.blocks[role], _replaced(context, tests=tests, conditional=conditional), evaluator
                    )
        case cst.Try() | cst.TryStar():
            names = tuple(name for handler in node.handlers for name in _caught(handler, context.place, evaluator))
            for role, block in step.blocks.items():
                caught = (*names, *context.caught) if role == "body" else context.caught
                conditional = context.conditional or role.startswith("except")
                yield from _in_block(block, _replaced(context, caught=caught, conditional=conditional), evaluator)
        case _:
            conditional = context.conditional or not isinstance(node, cst.With)
            for block in step.blocks.values():
                yield from _in_block(block, _replaced(context, conditional=conditional), evaluator)


def _replaced(context: _Context, **changes: object) -> _Context:
    from dataclasses import replace

    return replace(context, **changes)  # type: ignore[arg-type]  # the callers name its fields


def _caught(handler: cst.ExceptHandler | cst.ExceptStarHandler, place: Place, evaluator: Evaluator) -> Iterator[str]:
    if handler.type is None:
        yield "BaseException"
        return
    parts = [e.value for e in handler.type.elements] if isinstance(handler.type, cst.Tuple) else [handler.type]
    for part in parts:
        value = evaluator.evaluate(part, place)
        if isinstance(value, External):
            yield value.name.removeprefix("builtins.")
        elif not isinstance(value, Fails):
            yield "BaseException"


class _Calls(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.Call] = []

    def leave_Call(self, original_node: cst.Call) -> None:  # noqa: N802 - libcst names its visitors so
        self.found.append(original_node)

    def visit_Lambda(self, node: cst.Lambda) -> bool:  # noqa: N802 - libcst names its visitors so
        return False


def _in_expression(node: cst.CSTNode, context: _Context, evaluator: Evaluator) -> Iterator[CallSite]:
    del evaluator
    finder = _Calls()
    node.visit(finder)
    for call in finder.found:
        yield CallSite(call, context.place, context.in_function, context.conditional, context.caught, context.tests)
