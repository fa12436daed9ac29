"""Names that would be an entry point if loading the module bound them: in functions, in dead branches, deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.entry_points.judgements import Undecided, Wrong
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import CallResult, Unbound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Location
    from vlint.semantics.entry_points.entry_point import Candidate, EntryPoint
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.flow import Reached
    from vlint.semantics.evaluation.scopes import Block, Step
    from vlint.semantics.evaluation.targets import Binding


@dataclass(frozen=True)
class Hidden:
    """A name that loading the module does not leave behind, ready to be told."""

    variable: str
    location: Location
    reason: str
    help: str | None = None


@dataclass(frozen=True)
class _Context:
    candidate: Candidate
    evaluator: Evaluator
    place: Place
    reason: str = ""
    in_function: bool = False


def hidden_entry_point(found: EntryPoint, evaluator: Evaluator) -> Hidden | None:
    """Where the entry point is bound, if it certainly is not when the module has been loaded; else None."""
    if not found.is_missing or not isinstance(found.judgement, Wrong):
        return None
    if not isinstance(found.judgement.value, Unbound) or (found.chosen is not None and found.chosen.bindings):
        return None
    if found.detected is None and any(one.bindings for one in found.candidates):
        return None
    candidates = found.candidates if found.chosen is None else (found.chosen,)
    for candidate in candidates:
        for hidden in (*_deleted(candidate, evaluator), *_elsewhere(candidate, evaluator)):
            return hidden
    return None


def _deleted(candidate: Candidate, evaluator: Evaluator) -> Iterator[Hidden]:
    scope = evaluator.function_module
    reached, _ = evaluator.bindings(candidate.variable, Place(scope))
    for one in reached:
        if one.binding.kind == "delete" and _was_bound(candidate.variable, one, evaluator):
            by_except = not isinstance(one.binding.step.node, cst.Del)
            reason = "is gone when the `except` clause that binds it ends" if by_except else "is deleted again here"
            yield Hidden(candidate.variable, one.binding.step.location(one.binding.node), reason)


def _was_bound(name: str, deletion: Reached, evaluator: Evaluator) -> bool:
    if not isinstance(deletion.binding.step.node, cst.Del):
        return True
    return bool(evaluator.bindings(name, deletion.place)[0])


def _elsewhere(candidate: Candidate, evaluator: Evaluator) -> Iterator[Hidden]:
    scope = evaluator.function_module
    for step in scope.block.mentioning([candidate.variable]):
        yield from _in_step(step, _Context(candidate, evaluator, Place(scope, step)))


def _in_step(step: Step, context: _Context) -> Iterator[Hidden]:
    node, name = step.node, context.candidate.variable
    if node is None:
        return
    if context.reason:
        for binding in step.bindings:
            if binding.name == name and binding.kind != "declared" and _is_meant(binding, context):
                help_ = "bind it at the top level of the module"
                yield Hidden(name, step.location(binding.node), context.reason, help_)
    match node:
        case cst.FunctionDef():
            inner = context.evaluator.function_scope(node, context.place)
            reason = f"is bound only in the function `{node.name.value}`, not in the module"
            if name not in inner.globals:
                yield from _in_block(inner.block, replace(context, reason=reason, in_function=True, place=Place(inner)))
            elif not context.reason:
                reason = f"is bound only by `{node.name.value}`, which is not called when the module is loaded"
                yield from _in_block(inner.block, replace(context, reason=reason, place=Place(inner)))
        case cst.If():
            decided = context.evaluator.decide(node.test, context.place)
            for role, holds in (("body", True), ("else", False)):
                dead = decided is not None and decided is not holds
                if role in step.blocks and (dead or context.reason):
                    reason = (
                        context.reason or f"is bound only {_condition(node, role)}, which never runs on the platform"
                    )
                    yield from _in_block(step.blocks[role], replace(context, reason=reason))
        case cst.While() | cst.For() if not context.reason:
            reason = "is bound only in a loop that never runs"
            yield from _in_block(step.blocks["body"], replace(context, reason=reason))
        case _:
            for block in step.blocks.values():
                yield from _in_block(block, context)


def _in_block(block: Block, context: _Context) -> Iterator[Hidden]:
    for step in block.steps:
        yield from _in_step(step, replace(context, place=Place(step.block.scope, step)))


def _condition(node: cst.If, role: str) -> str:
    test = cst.Module([]).code_for_node(node.test)
    return f"under `if {test}:`" if role == "body" else f"in the `else` of `if {test}:`"


def _is_meant(binding: Binding, context: _Context) -> bool:
    """Whether a local name of a function is meant as the entry point: it would be one, or a call made it."""
    if not context.in_function:
        return True
    from vlint.semantics.entry_points.entry_point import judge_option
    from vlint.semantics.evaluation.flow import Reached

    value = context.evaluator.value_of(Reached(binding, context.place))
    judgement = judge_option(value, context.evaluator, is_handler=context.candidate.is_handler)
    if isinstance(judgement, Undecided):
        return isinstance(value, CallResult)
    return not isinstance(judgement, Wrong)
