"""Classes that Python certainly refuses to make, with what their decorators make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.definitions import define
from vlint.semantics.values import Fails, options

if TYPE_CHECKING:
    import libcst as cst

    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import Place


def class_failure(node: cst.ClassDef, place: Place, evaluator: Evaluator) -> Fails | None:
    """How a class statement whose body has run certainly fails."""
    found = options(define(node, place, evaluator))
    return found[0] if all(isinstance(one, Fails) for one in found) and isinstance(found[0], Fails) else None
