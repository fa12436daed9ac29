"""Which statements of a module run while it is loaded, certainly or perhaps, and which modules those may load."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.imports import imports
from vlint.semantics.imports.caught_imports import catches_imports, suppresses_imports
from vlint.semantics.imports.named_imports import named_imports
from vlint.syntax.nodes import descendants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Block, ModuleScope, Step

_IMPORT = re.compile(r"\bimport\b")


def executed(
    scope: ModuleScope, evaluator: Evaluator, words: re.Pattern[str], *, guarded: bool = False
) -> Iterator[Step]:
    """The statements that certainly run when a module is loaded, of those top-level ones that match `words`.

    Statements of decided branches and of class bodies are among them; those that a `try` guards only if `guarded`,
    apart from the imports that it begins with where no handler catches the failure of one.
    The definitions of top-level functions are not: their bodies do not run, and most of a module need not be parsed.
    """
    for number in scope.module.matching(words):
        if not scope.module.statements[number].is_function:
            for step in scope.block.of(number):
                yield from _executed(step, evaluator, guarded)


def _executed(step: Step, evaluator: Evaluator, guarded: bool) -> Iterator[Step]:
    place = Place(step.block.scope, step)
    match step.node:
        case cst.If():
            decision = evaluator.decide(step.node.test, place)
            if decision is not None:
                yield from _in_block(step.blocks.get("body" if decision else "else"), evaluator, guarded)
        case cst.With():
            calls = [item.item for item in step.node.items if evaluator.suppresses(item.item, place)]
            if not calls:
                if guarded or not any(evaluator.may_suppress(item.item, place) for item in step.node.items):
                    yield from _in_block(step.blocks["body"], evaluator, guarded)
            elif not any(isinstance(call, cst.Call) and suppresses_imports(call) for call in calls):
                yield from _first_imports(step.blocks["body"])
        case cst.Try() | cst.TryStar():
            if guarded or not step.node.handlers:
                yield from _in_block(step.blocks["body"], evaluator, guarded)
            elif not catches_imports(step.node):
                yield from _first_imports(step.blocks["body"])
            yield from _in_block(step.blocks.get("finally"), evaluator, guarded)
        case cst.ClassDef():
            yield step
            yield from _in_block(evaluator.class_scope(step.node, step, place).block, evaluator, guarded)
        case None:
            return
        case _:
            yield step


def _in_block(block: Block | None, evaluator: Evaluator, guarded: bool) -> Iterator[Step]:
    if block is not None:
        for step in block.steps:
            yield from _executed(step, evaluator, guarded)


def _first_imports(block: Block) -> Iterator[Step]:
    """The imports that a block begins with: whatever is caught around it, they run, and their failure is not caught."""
    for step in block.steps:
        if not isinstance(step.node, cst.Import | cst.ImportFrom):
            return
        yield step


def imports_perhaps(step: Step, evaluator: Evaluator) -> Iterator[cst.Import | cst.ImportFrom]:
    """The imports in a top-level statement that may run, also when a function in it is called."""
    match step.node:
        case cst.Import() | cst.ImportFrom():
            yield step.node
        case cst.FunctionDef() | cst.ClassDef():
            yield from (part for part in descendants(step.node) if isinstance(part, cst.Import | cst.ImportFrom))
        case cst.If():
            decision = evaluator.decide(step.node.test, Place(step.block.scope, step))
            for role, block in step.blocks.items():
                if decision is None or decision == (role == "body"):
                    yield from (found for inner in block.steps for found in imports_perhaps(inner, evaluator))
        case _:
            for block in step.blocks.values():
                yield from (found for inner in block.steps for found in imports_perhaps(inner, evaluator))


def imported_perhaps(
    scope: ModuleScope, end: float, evaluator: Evaluator, certain: AbstractSet[int] = frozenset()
) -> Iterator[str]:
    """The files that a module may import up to the top-level statement number `end`, by calls anywhere in it.

    The imports whose nodes have an identity among `certain` are left out.
    """
    for number in scope.module.matching(_IMPORT):
        for step in scope.block.of(number) if number <= end else ():
            for node in imports_perhaps(step, evaluator):
                if id(node) not in certain:
                    yield from imports.run_by(node, scope, evaluator)
    for name in scope.module.gathered("named imports", named_imports):
        yield from imports.files_of(name, scope, evaluator)


def loaded_perhaps(paths: Iterable[str], evaluator: Evaluator) -> Iterator[str]:
    """The files at `paths`, and those that they may import when they are loaded or called, each once."""
    waiting, reached = [*paths], set[str]()
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            yield path
            waiting += imported_perhaps(evaluator.module(path), math.inf, evaluator)
