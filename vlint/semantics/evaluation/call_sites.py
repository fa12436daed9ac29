"""What a parameter is when nothing says from where the function was called: by the calls that its module makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.called import name_counts
from vlint.semantics.evaluation.scopes import ModuleScope
from vlint.semantics.evaluation.values import Unknown, Value, choice

if TYPE_CHECKING:
    from vlint.semantics.evaluation.calls import CallSite
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import FunctionScope

MAXIMUM_CALLS = 8


def parameter_from_calls(name: str, node: cst.Param, scope: FunctionScope, evaluator: Evaluator) -> Value:
    """What the calls of a top-level function pass for a parameter, if they are all there is to see of the function."""
    if node.star or scope.place is None:
        return Unknown(f"the parameter '{name}'")
    default = evaluator.evaluate(node.default, scope.place) if node.default is not None else None
    sites = _sites(scope, evaluator)
    if sites is None:
        return Unknown(f"the parameter '{name}'") if default is None else choice([default, Unknown("a caller")])
    passed = [_passed(site, name, scope, evaluator) for site in sites]
    values = [value if value is not None else default for value in passed]
    if not values and default is not None:
        return default
    return choice(value if value is not None else Unknown(f"the parameter '{name}'") for value in values)


def _sites(scope: FunctionScope, evaluator: Evaluator) -> tuple[CallSite, ...] | None:
    """The calls of a plain top-level function, or None where it can be called from elsewhere too; found once."""
    if scope not in evaluator.callers:
        evaluator.callers[scope] = _find_sites(scope, evaluator)
    return evaluator.callers[scope]


def _find_sites(scope: FunctionScope, evaluator: Evaluator) -> tuple[CallSite, ...] | None:
    from vlint.semantics.evaluation.calls import calls_in

    node = scope.node
    if not isinstance(node, cst.FunctionDef) or node.decorators or scope.place is None:
        return None
    module = scope.place.scope
    if not isinstance(module, ModuleScope):
        return None
    function = node.name.value
    statements = [s for s in module.module.statements if s.mentions(function)]
    mentions = sum(name_counts(statement)[function] for statement in statements)
    if mentions > MAXIMUM_CALLS + 1:
        return None
    found = tuple(
        site
        for step in module.block.mentioning([function])
        for site in calls_in(step, {function}, evaluator)
        if isinstance(site.node.func, cst.Name)
    )
    return found if mentions == len(found) + 1 else None


def _passed(site: CallSite, name: str, scope: FunctionScope, evaluator: Evaluator) -> Value | None:
    """What one call passes, or None where it leaves the parameter to its default."""
    names = list(scope.parameters)
    arguments = site.arguments(evaluator)
    if not arguments.complete:
        return Unknown("an argument that is not known")
    return arguments.get(names.index(name), name)
