"""Members that a class or its instances may have though no class body names them: those that are set by other code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import ClassValue, InstanceValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step
    from vlint.semantics.evaluation.values import Value

_BY_ANY_NAME = r"\bsetattr\(|\b__dict__\b|\b__class__\s*=[^=]|\bvars\("
_IN_BODY = re.compile(r"\b(?:locals|vars|_getframe)\(|\bf_locals\b|\bexec\(")


def may_be_set(name: str, ancestors: Iterable[Value], evaluator: Evaluator) -> bool:
    """Whether code may set a member by `name`: as an attribute, by its text, or by one it computes."""
    modules: dict[ModuleScope, None] = dict.fromkeys(evaluator.loaded())
    for ancestor in ancestors:
        if isinstance(ancestor, ClassValue) and ancestor.scope is not None:
            if _IN_BODY.search(ancestor.scope.step.statement.text):
                return True
            modules.setdefault(ancestor.scope.root)
    return any(
        not _is_of_instance(step, name, evaluator)
        for scope in modules
        for number in scope.module.matching(_sets(name))
        for step in scope.block.of(number)
    )


def _is_of_instance(step: Step, name: str, evaluator: Evaluator) -> bool:
    """Whether a statement does no more than to set a special method of an instance, where Python does not look."""
    match step.node:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Attribute(value=cst.Name() as receiver, attr=attribute))]):
            special = attribute.value == name and name.startswith("__")
            return special and isinstance(evaluator.evaluate(receiver, Place(step.block.scope, step)), InstanceValue)
    return False


@cache
def assigning(name: str) -> re.Pattern[str]:
    """The text of what assigns to an attribute of that name: also among several, by `for` and by `as`."""
    attribute = rf"\.\s*{re.escape(name)}\b\s*"
    alone = rf"{attribute}(?::[^=\n]+|\*\*|//|<<|>>|[-+*/%@&|^])?=(?!=)"
    among = rf"^[ \t(\[]*(?=[\w*])[\w.,* \t]*{attribute}[,)\]][^=\n]{{0,1000}}=(?!=)"
    by_keyword = rf"\b(?:for|as)\b[^\n:]{{0,200}}?{attribute}(?:in\b|[:,)])"
    return re.compile(f"{alone}|{among}|{by_keyword}", re.MULTILINE)


@cache
def _sets(name: str) -> re.Pattern[str]:
    """What sets an attribute by the name, or by a name that is computed."""
    return re.compile(rf"{assigning(name).pattern}|['\"]{re.escape(name)}['\"]|{_BY_ANY_NAME}", re.MULTILINE)


def is_set_outside(cls: str, name: str, module: ModuleScope) -> bool:
    """Whether the class's module has `Class.name = …` or `setattr(Class, …)`."""
    found = module.module.gathered("members set outside", _members_set)
    return bool(found) and ((cls, name) in found or (cls, "") in found)


_SETS_MEMBER = re.compile(r"\b(\w+)\.(\w+)\s*(?::[^=\n]+)?=(?!=)|\bsetattr\(\s*(\w+)\s*,")


def _members_set(text: str) -> tuple[tuple[str, str], ...]:
    """The names whose attributes a statement may set, each with the attribute, or with none for `setattr`."""
    return tuple((match[1] or match[3], match[2] or "") for match in _SETS_MEMBER.finditer(text))
