"""Files that a framework opens because its settings name them: the settings' modules, and the paths in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform.openers import settings
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import Constant
from vlint.semantics.files.file_uses import Site, Use
from vlint.semantics.files.path_source import written
from vlint.semantics.imports import imports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.platform.openers import Setting
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope


def settings_modules(modules: Sequence[ModuleScope], evaluator: Evaluator) -> tuple[ModuleScope, ...]:
    """The modules of the project that code of `modules` names in the environment as its settings."""
    found = {}
    for variable in dict.fromkeys(setting.variable for setting in settings()):
        named = re.compile(rf"\b{variable}['\"]\s*(?:,|\]\s*=)\s*['\"]([\w.]+)['\"]")
        for module in modules:
            for statement in module.module.statements:
                match = named.search(statement.text) if statement.mentions(variable) else None
                path = imports.resolve(match[1], evaluator) if match else None
                if path is not None and path.endswith(".py"):
                    found[path] = evaluator.module(path)
    return tuple(found.values())


def settings_uses(scope: ModuleScope, evaluator: Evaluator) -> Iterator[Use]:
    """The paths that a module of settings names for the framework to open."""
    for setting in settings():
        evaluator.renew()
        where = written(cst.Name(setting.name), Place(scope), evaluator)
        if where is None or not isinstance(where.node, cst.Dict):
            continue
        for entry in where.node.elements:
            items = _items(entry.value)
            path = items.get(setting.key)
            if path is not None and _meets(items, setting, where.place, evaluator):
                yield Use(Site(cst.Call(cst.Name(setting.name)), where.place), setting.opener, path)


def _items(node: cst.BaseExpression) -> dict[str, cst.BaseExpression]:
    """The entries of a dictionary that is written out, by those keys that are strings."""
    elements = node.elements if isinstance(node, cst.Dict) else ()
    return {
        str(element.key.evaluated_value): element.value
        for element in elements
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString)
    }


def _meets(items: dict[str, cst.BaseExpression], setting: Setting, place: Place, evaluator: Evaluator) -> bool:
    return all(
        key in items and evaluator.evaluate(items[key], place) == Constant(value)
        for key, value in setting.condition.items()
    )
