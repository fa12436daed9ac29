"""Where an import may find a module: in all directories that code which runs before it may put on `sys.path`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from vlint.semantics.imports.search_path import Additions, environment_sets_path
from vlint.semantics.loading.running import imported_perhaps, loaded_perhaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step

MAXIMUM_MODULES = 200
"""Modules that are looked through for what they add; past it any directory may be there."""


def possible_search_path(scope: ModuleScope, step: Step | None, evaluator: Evaluator) -> Additions:
    """The project's directories that may be on `sys.path` when an import runs, whichever module put them there.

    Args:
        scope: The module that imports; it is loaded with the function.
        step: The statement that does; None where it may run at any time.
        evaluator: Of the function.
    """
    end = step.top_level_index if step is not None else math.inf
    directories, known = [""], not environment_sets_path(evaluator)
    for added in _added(scope, end, evaluator):
        directories += added.directories
        known = known and added.known
    return Additions(tuple(dict.fromkeys(directories)), known)


def _added(scope: ModuleScope, end: float, evaluator: Evaluator) -> Iterator[Additions]:
    """What is added by the module, up to its statement number `end`, and by all that may have been loaded before."""
    yield from _added_by(scope, end, evaluator)
    first = evaluator.function_module
    begun = [*_packages(evaluator), *imported_perhaps(first, end if scope is first else math.inf, evaluator)]
    if scope is not first:
        yield from _added_by(first, math.inf, evaluator)
    for count, path in enumerate(loaded_perhaps(begun, evaluator)):
        if count >= MAXIMUM_MODULES:
            yield Additions(known=False)
            return
        if path not in (scope.module.path, first.module.path):
            yield from _added_by(evaluator.module(path), math.inf, evaluator)


def _added_by(scope: ModuleScope, end: float, evaluator: Evaluator) -> Iterator[Additions]:
    return (added for number, added in evaluator.path_additions(scope) if number <= end)


def _packages(evaluator: Evaluator) -> Iterator[str]:
    """The files of the packages that the function's module stands in."""
    directory = evaluator.function_path.rpartition("/")[0]
    while directory:
        if evaluator.project.tree.is_file(f"{directory}/__init__.py"):
            yield f"{directory}/__init__.py"
        directory = directory.rpartition("/")[0]
