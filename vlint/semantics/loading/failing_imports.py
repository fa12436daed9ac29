"""Imports that certainly fail by a name: `import *` of one that is not there, and what left the standard library."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import libcst as cst

from vlint.platform.standard_library import former_modules
from vlint.platform.standard_names import has_name, known_modules, known_versions
from vlint.project.imports import resolve_import
from vlint.semantics.classes.set_members import assigning
from vlint.semantics.evaluation.values import Constant, External, Fails, ListValue, ModuleValue, TupleValue, Unbound
from vlint.semantics.imports import imports
from vlint.semantics.intrinsics.system import python_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.outlines import Outline
    from vlint.semantics.evaluation.scopes import ModuleScope, Step
    from vlint.syntax.module import Module

_SHIPPED_BY_OTHERS = frozenset({"distutils"})
"""Modules that packages which are installed without being asked for give back: `setuptools`."""
_NAMES_OF_SUCCESSORS = ("standard_{}", "legacy_{}", "zombie_{}", "py{}", "{}_backport")
"""How packages call themselves that give one of the other modules back."""
_SETATTR = re.compile(r"\bsetattr\(")
_ALL_CHANGES = re.compile(r"__all__\s*(\.|\+=|\[)")


_IMPORTED = re.compile(r"\s*(?:from\s+([\w.]+)\s+)?import\s+\(?([\w.]+(?:[ \t]+as[ \t]+\w+)?(?:\s*,\s*[^#]*)?)")


_FORMER = frozenset[str]().union(*(former_modules(version) for version in known_versions()))


def lacking_standard_names(module: Module, outlines: Sequence[Outline]) -> frozenset[int]:
    """The numbers of the statements that seem to ask the standard library for what it does not have."""
    imported: dict[str, str] = {}
    found: set[int] = set()
    for number, statement in enumerate(module.statements):
        for source, name, bound in statement.answer("standard names", _standard_imports):
            imported[bound] = f"{source}.{name}" if source else name
            if any((source or name).partition(".")[0] in former_modules(version) for version in known_versions()):
                found.add(number)
            if source and any(has_name(source, name, version) is False for version in known_versions()):
                found.add(number)
    for number, one in enumerate(outlines):
        for head, attribute in one.members:
            owner = imported.get(head)
            if owner is None:
                continue
            is_module_called = not attribute and owner in sys.stdlib_module_names
            if is_module_called or any(has_name(owner, attribute, version) is False for version in known_versions()):
                found.add(number)
    return frozenset(found)


def _standard_imports(text: str) -> tuple[tuple[str, str, str], ...]:
    """The modules and names of the standard library that a statement imports at the left margin, by local name."""
    match = _IMPORTED.match(text)
    if match is None:
        return ()
    found = []
    for part in match[2].replace(")", " ").replace("\\", " ").split(","):
        words = part.split()
        if len(words) != 1 and (len(words) != 3 or words[1] != "as"):
            continue
        source = match[1] or ""
        top = (source or words[0]).partition(".")[0]
        if (source or words[0]) in known_modules() or top in _FORMER or (top in sys.stdlib_module_names and not source):
            found.append((source, words[0], words[-1]))
    return tuple(found)


def failure_of_import(step: Step, evaluator: Evaluator) -> Fails | None:
    """How an import that is not guarded certainly fails, where it is not one that leads to no module of the project."""
    node, scope = step.node, step.block.scope.root
    if isinstance(node, cst.Import):
        names = [imports.dotted(alias.name) for alias in node.names]
        return next((failure for name in names if (failure := _of_former(name, scope, evaluator))), None)
    if not isinstance(node, cst.ImportFrom):
        return None
    module = imports.module_of(node, scope, evaluator)
    if isinstance(node.names, cst.ImportStar):
        return _of_star(module, scope, evaluator) if isinstance(module, ModuleValue) else None
    if isinstance(module, External) and not node.relative:
        former = _of_former(module.name, scope, evaluator)
        if former is not None:
            return former
        for alias in node.names:
            name = imports.dotted(alias.name)
            if lacks(module, name, evaluator):
                return Fails("ImportError", f"cannot import name '{name}' from '{module.name}'")
    return None


def _of_former(name: str, scope: ModuleScope, evaluator: Evaluator) -> Fails | None:
    """The failure of a module that has left the standard library, where no package may have taken its place."""
    top = name.partition(".")[0]
    if top in _SHIPPED_BY_OTHERS or not all(top in former_modules(v) for v in python_versions(evaluator)):
        return None
    known = evaluator.possible_search_path(scope)
    if not known.known or resolve_import(evaluator.project.tree, top, known.directories).begins:
        return None
    packages = (top, *(name.format(top) for name in _NAMES_OF_SUCCESSORS))
    if any(imports.is_declared(package, evaluator) for package in packages):
        return None
    return Fails("ModuleNotFoundError", f"No module named '{top}'")


def _of_star(module: ModuleValue, importer: ModuleScope, evaluator: Evaluator) -> Fails | None:
    """The failure of a name in `__all__` that the module has not."""
    if not module.path.endswith(".py"):
        return None
    scope = evaluator.module(module.path)
    listed = evaluator.final("__all__", scope)
    if not isinstance(listed, ListValue | TupleValue) or scope.module.matches(_ALL_CHANGES):
        return None
    for item in listed.items:
        if not isinstance(item, Constant) or not isinstance(item.value, str):
            return None
        if not isinstance(evaluator.final(item.value, scope), Unbound):
            continue
        found = imports.module_attribute(module, item.value, evaluator, importer)
        if isinstance(found, Fails) and found.exception == "AttributeError":
            return found
    return None


def lacks(value: External, name: str, evaluator: Evaluator) -> bool:
    """Whether a module or class of the standard library, in each Python that is possible, has no such attribute."""
    if resolve_import(evaluator.project.tree, value.name.partition(".")[0]).found:
        return False
    return all(has_name(value.name, name, version) is False for version in python_versions(evaluator)) and not any(
        one.module.matches(assigning(name)) or one.module.matches(_SETATTR) for one in evaluator.loaded()
    )
