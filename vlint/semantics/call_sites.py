"""What a parameter is when nothing says from where the function was called: by the calls that its module makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.scopes import ModuleScope
from vlint.semantics.values import Unknown, Value, choice

if TYPE_CHECKING:
    from vlint.semantics.calls import CallSite
    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import FunctionScope

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


def _sites(scope: FunctionScope, evaluator: Evaluator) -> list[CallSite] | None:
    """The calls of a plain top-level function, or None where it can be called from elsewhere too."""
    from vlint.semantics.calls import calls

    node = scope.node
    if not isinstance(node, cst.FunctionDef) or node.decorators or scope.place is None:
        return None
    if not isinstance(scope.place.scope, ModuleScope):
        return None
    function = node.name.value
    mentions = sum(
        _mentions(step.node, function) for step in scope.place.scope.block.mentioning([function]) if step.node
    )
    found = [
        site
        for site in calls(scope.place.scope, evaluator, [function])
        if isinstance(site.node.func, cst.Name) and site.node.func.value == function
    ]
    return found if mentions == len(found) + 1 and len(found) <= MAXIMUM_CALLS else None


class _Counter(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.count = 0

    def visit_Name(self, node: cst.Name) -> None:  # noqa: N802 - libcst names its visitors so
        self.count += node.value == self.name


def _mentions(node: cst.CSTNode, name: str) -> int:
    counter = _Counter(name)
    node.visit(counter)
    return counter.count


def _passed(site: CallSite, name: str, scope: FunctionScope, evaluator: Evaluator) -> Value | None:
    """What one call passes, or None where it leaves the parameter to its default."""
    names = list(scope.parameters)
    arguments = site.arguments(evaluator)
    if not arguments.complete:
        return Unknown("an argument that is not known")
    return arguments.get(names.index(name), name)
