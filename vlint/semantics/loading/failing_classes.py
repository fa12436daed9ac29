"""Classes that Python certainly refuses to make, with what their decorators make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.evaluation.definitions import define
from vlint.semantics.evaluation.values import ClassValue, Fails, Value, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Place


def class_failure(node: cst.ClassDef, place: Place, evaluator: Evaluator) -> Fails | None:
    """How a class statement whose body has run certainly fails."""
    found = options(define(node, place, evaluator))
    return found[0] if all(isinstance(one, Fails) for one in found) and isinstance(found[0], Fails) else None


def exceeds(bases: Sequence[Value], most: int) -> bool:
    """Whether there are more ways than `most` from `bases` to the ancestors of a class."""
    waiting = [option for base in bases for option in options(base)]
    for _ in range(most):
        if not waiting:
            return False
        current = waiting.pop()
        if isinstance(current, ClassValue):
            waiting.extend(option for base in current.bases for option in options(base))
    return bool(waiting)
