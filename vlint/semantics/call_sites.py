"""What a parameter is when nothing says from where the function was called: by the calls that its module makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.values import Unknown, Value, choice

if TYPE_CHECKING:
    import libcst as cst

    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import FunctionScope


def parameter_from_calls(name: str, node: cst.Param, scope: FunctionScope, evaluator: Evaluator) -> Value:
    """The default of a parameter, beside the unknown that a caller may pass."""
    if node.default is None or scope.place is None or node.star:
        return Unknown(f"the parameter '{name}'")
    return choice([evaluator.evaluate(node.default, scope.place), Unknown("what a caller passes")])
