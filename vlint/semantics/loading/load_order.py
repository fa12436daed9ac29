"""Whether a module may be loaded already by the time at which it seems to be begun, by an import that may not run."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from vlint.semantics.imports import imports
from vlint.semantics.loading.running import executed, imports_perhaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step

_IMPORT = re.compile(r"\bimport\b")
MAXIMUM_MODULES = 200
"""Modules that are looked through for a way to the one that is asked for; past it there may be one."""


def may_be_loaded_before(
    wanted: ModuleScope, active: Mapping[ModuleScope, Step], begun: Iterable[str], evaluator: Evaluator
) -> bool:
    """Whether an import that only perhaps runs may have loaded `wanted` before a certain one came to it.

    Args:
        wanted: One of the modules that are being loaded.
        active: The modules that are being loaded, each with the statement that it is at.
        begun: The files of all modules that were begun, in order.
        evaluator: Of the function.
    """
    waiting: list[str] = []
    for path in begun:
        if path == wanted.module.path:
            break
        scope = evaluator.module(path)
        end = _number(active[scope]) if scope in active else math.inf
        certain = {id(step.node) for step in executed(scope, evaluator, _IMPORT)}
        waiting += _imported(scope, end, certain, evaluator)
    reached: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path == wanted.module.path or len(reached) > MAXIMUM_MODULES:
            return True
        if path not in reached:
            reached.add(path)
            waiting += _imported(evaluator.module(path), math.inf, frozenset(), evaluator)
    return False


def _number(step: Step) -> int:
    """The number of the top-level statement that holds a step of the module's own blocks."""
    while step.block.owner is not None:
        step = step.block.owner
    return step.index


def _imported(scope: ModuleScope, end: float, certain: AbstractSet[int], evaluator: Evaluator) -> Iterator[str]:
    """The files that a module may import up to a top-level statement, those left out that it certainly does."""
    for number in scope.module.matching(_IMPORT):
        for step in scope.block.of(number) if number <= end else ():
            for node in imports_perhaps(step, evaluator):
                if id(node) not in certain:
                    yield from imports.run_by(node, scope, evaluator)
