"""Whether a module may be loaded already by the time at which it seems to be begun, by an import that may not run."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from vlint.semantics.loading.running import executed, imported_perhaps, loaded_perhaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        end = active[scope].top_level_index if scope in active else math.inf
        certain = {id(step.node) for step in executed(scope, evaluator, _IMPORT)}
        waiting += imported_perhaps(scope, end, evaluator, certain)
    for count, path in enumerate(loaded_perhaps(waiting, evaluator)):
        if path == wanted.module.path or count > MAXIMUM_MODULES:
            return True
    return False
