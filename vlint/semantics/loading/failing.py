"""The first thing that certainly raises while a function is loaded, where the project's own source says so.

Only what runs whenever loading succeeds is looked at: not what a `try` or an unknown context manager guards, nor a
branch or loop that may be left out. What may raise is found in the text first (see `outlines`), so that the statements
of a module that is in order are not parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.classes.class_headings import may_be_refused
from vlint.semantics.evaluation.outlines import Outline, outline
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import ModuleValue
from vlint.semantics.imports import imports
from vlint.semantics.loading.failing_expressions import Found, evaluates_annotations
from vlint.semantics.loading.failing_imports import lacking_standard_names
from vlint.semantics.loading.failing_statements import Failures
from vlint.semantics.loading.loading import loaded_modules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.finding import Location
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step
    from vlint.semantics.evaluation.values import Fails

MAXIMUM_STATEMENTS = 400
"""Statements that are looked into for one function, in all modules."""

_IMPORT = re.compile(r"\bimport\b")
_STAR_IMPORT = re.compile(r"\bimport\s*\(?\s*\*")
_MORE_NAMES = re.compile(
    r"\b(?:builtins|__builtins__|f_globals|_getframe|currentframe|install|_convert_|global_enum)\b"
    r"|\b(?:globals|locals|vars)\(\)\s*[,)]"
)
"""What may give a module names that none of its statements bind."""


@dataclass(frozen=True)
class LoadFailure:
    """What certainly raises when a function is loaded.

    Attributes:
        failure: What Python raises.
        location: The expression or statement that raises.
        through: The top-level statement that leads there.
    """

    failure: Fails
    location: Location
    through: Step

    @property
    def is_called(self) -> bool:
        """Whether it stands in another statement than the one that leads there."""
        whole, part = self.through.location(), self.location
        inside = whole.range.start <= part.range.start and part.range.end <= whole.range.end
        return whole.path != part.path or not inside


def load_failure(evaluator: Evaluator) -> LoadFailure | None:
    """The first failure in the function's module, else in a module of the project that it certainly loads."""
    budget = iter(range(MAXIMUM_STATEMENTS))
    for scope in loaded_modules(evaluator, lambda step: _leads_on(step, evaluator)):
        if scope.module.problem is None:
            found = _failure_in(scope, evaluator, budget)
            if found is not None:
                return found
    return None


def _leads_on(step: Step, evaluator: Evaluator) -> bool:
    """Whether an import runs, and nothing catches what the imported module raises."""
    return step.statement.module.problem is None and not _is_guarded(step, evaluator)


def _is_guarded(step: Step, evaluator: Evaluator) -> bool:
    """Whether what the statement raises may be caught around it."""
    block = step.block
    while block.owner is not None:
        owner = block.owner
        place = Place(owner.block.scope, owner)
        match owner.node:
            case cst.Try() | cst.TryStar() if block.role == "body" and owner.node.handlers:
                return True
            case cst.With() if any(evaluator.may_suppress(item.item, place) for item in owner.node.items):
                return True
        block = owner.block
    return False


def _failure_in(scope: ModuleScope, evaluator: Evaluator, budget: Iterator[int]) -> LoadFailure | None:
    outlines = [outline(statement) for statement in scope.module.statements]
    unbound = _unbound(scope, outlines, evaluator)
    interesting = _interesting(scope, outlines, evaluator)
    lacking = lacking_standard_names(scope.module, outlines)
    search = Failures(evaluator, frozenset[str]().union(*unbound.values()), _bound_at(outlines))
    for number, found in enumerate(outlines):
        refused = found.is_definition and may_be_refused(scope.module.statements[number], interesting)
        used = not found.is_definition and interesting & found.used
        if not (number in unbound or number in lacking or found.risky or used or refused):
            continue
        if next(budget, None) is None:
            break
        evaluator.renew()
        for step in scope.block.of(number):
            raised = search.in_step(step, Place(scope, step))
            if isinstance(raised, Found):
                evaluator.renew()
                return LoadFailure(raised.failure, raised.location, step)
    evaluator.renew()
    return None


def _bound_at(outlines: Sequence[Outline]) -> dict[str, float]:
    """The number of the first statement that may bind each name; a definition binds its own behind itself."""
    found: dict[str, float] = {}
    for number, one in enumerate(outlines):
        for name in one.bound:
            found.setdefault(name, number + 0.5 if name in one.defined else number)
        for name in one.anywhere:
            found[name] = -1
    return found


def _unbound(scope: ModuleScope, outlines: Sequence[Outline], evaluator: Evaluator) -> dict[int, frozenset[str]]:
    """The names that statements, by number, seem to use before anything binds them."""
    bound_at = _bound_at(outlines)
    annotated = evaluates_annotations(scope, evaluator)
    found: dict[int, frozenset[str]] = {}
    gone: set[str] = set()
    for number, one in enumerate(outlines):
        used = one.used | one.annotated if annotated else one.used
        names = frozenset(
            name
            for name in used
            if (name in gone or bound_at.get(name, len(outlines)) > number)
            and not imports.is_given(name)
            and not _is_quoted(name, scope)
        )
        gone = (gone | one.deleted) - one.bound
        if names:
            found[number] = names
    if found and (_has_more_names(scope, evaluator) or _has_unknown_star(scope, evaluator)):
        return {}
    return found


def _is_quoted(name: str, scope: ModuleScope) -> bool:
    """Whether a text of the module is or lists the name, so that what is called with it may bind it."""
    pattern = re.compile(rf"['\"][\w ,]*\b{re.escape(name)}\b[\w ,]*['\"]")
    statements = scope.module.statements
    return any(statements[number].matches(pattern) for number in scope.module.mentioning(name))


def _has_more_names(scope: ModuleScope, evaluator: Evaluator) -> bool:
    """Whether a module that is loaded may put names among the built-in ones, or into a module that calls it."""
    return any(one.module.matches(_MORE_NAMES) for one in {scope, *evaluator.loaded()})


def _has_unknown_star(scope: ModuleScope, evaluator: Evaluator) -> bool:
    """Whether the module takes every name of a module outside the project."""
    for number in scope.module.matching(_STAR_IMPORT):
        for step in (inner for outer in scope.block.of(number) for inner in outer.walk()):
            node = step.node
            if not isinstance(node, cst.ImportFrom) or not isinstance(node.names, cst.ImportStar):
                continue
            if not isinstance(imports.module_of(node, scope, evaluator), ModuleValue):
                return True
    return False


def _interesting(scope: ModuleScope, outlines: Sequence[Outline], evaluator: Evaluator) -> frozenset[str]:
    """The names of the module whose values its own source, or the project's, writes out."""
    found: set[str] = set()
    for number in scope.module.matching(_IMPORT):
        for step in scope.block.of(number):
            if isinstance(step.node, cst.Import | cst.ImportFrom) and any(imports.executed_by(step, evaluator)):
                found.update(binding.name for binding in step.bindings)
    for one in outlines:
        found |= one.defined | one.literals
        if not one.is_definition and found & one.used:
            found |= one.bound  # made of what is written out
    return frozenset(found)
