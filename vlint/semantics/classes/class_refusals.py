"""Class statements of the project that Python refuses, for those who follow a module's statements in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.evaluation.definitions import class_value
from vlint.semantics.evaluation.values import Arguments, ClassValue, External, Fails, Partial, options

if TYPE_CHECKING:
    import libcst as cst

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Place
    from vlint.semantics.evaluation.values import Value

_DATA_CLASS = External("dataclasses.dataclass")


def refusal(node: cst.ClassDef, place: Place, evaluator: Evaluator) -> Fails | None:
    """How making the class certainly fails, its bases being there; None also where a base is what fails."""
    if any(isinstance(one, Fails) for base in node.bases for one in options(evaluator.evaluate(base.value, place))):
        return None
    value = class_value(node, place, evaluator)
    if isinstance(value, Fails):
        return value
    if isinstance(value, ClassValue) and node.decorators:
        decorator = evaluator.evaluate(node.decorators[-1].decorator, place)
        made = evaluator.call(decorator, Arguments((value,)), place) if _makes_data_class(decorator) else None
        return made if isinstance(made, Fails) else None
    return None


def _makes_data_class(decorator: Value) -> bool:
    return _DATA_CLASS in (decorator, decorator.function if isinstance(decorator, Partial) else None)
