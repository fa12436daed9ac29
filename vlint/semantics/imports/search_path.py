"""What a module puts on `sys.path` itself, besides the project root that the platform puts there."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.calls import calls_in
from vlint.semantics.evaluation.operators import as_text
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import External, Sequence, Value, options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.calls import CallSite
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step

_CHANGE = r"path\s*(?:\.\s*(?:insert|append|extend)\b|\[[^\]]*\]\s*=|\+?=)"
_CHANGES_PATH = re.compile(rf"\bsys\s*\.\s*{_CHANGE}|\baddsitedir\b")
_CHANGES_ALIAS = re.compile(rf"\b{_CHANGE}|\baddsitedir\b")
_ALIAS = re.compile(r"\bfrom\s+sys\s+import\b|\bimport\s+sys\s+as\b")
_ADDING = frozenset({"insert", "append", "extend", "addsitedir"})
_ENVIRONMENT = "PYTHONPATH"


@dataclass(frozen=True)
class Additions:
    """Directories of the project that a module may have put on `sys.path`, from the root, in no order.

    `known` is False where some addition cannot be evaluated: then any import may succeed.
    """

    directories: tuple[str, ...] = ()
    known: bool = True


def touches_path(scope: ModuleScope) -> bool:
    """Whether a module's text looks as if it changed `sys.path`."""
    return scope.module.matches(_pattern(scope))


def _pattern(scope: ModuleScope) -> re.Pattern[str]:
    return _CHANGES_ALIAS if scope.module.matches(_ALIAS) else _CHANGES_PATH


def additions(scope: ModuleScope, evaluator: Evaluator) -> tuple[tuple[int, Additions], ...]:
    """What each top-level statement of a module may put on `sys.path`, with the statement's number."""
    found: list[tuple[int, Additions]] = []
    pattern = _pattern(scope)
    for number, statement in enumerate(scope.module.statements):
        if statement.matches(pattern):
            for step in scope.block.of(number):
                found += [(number, added) for added in _added_by(step, evaluator)]
    return tuple(found)


def _added_by(step: Step, evaluator: Evaluator) -> Iterator[Additions]:
    for site in calls_in(step, _ADDING, evaluator):
        added = _added(site, evaluator)
        if added is not None:
            yield added
    match step.node:
        case cst.Assign(targets=[cst.AssignTarget(target=target), *_], value=value):
            pass
        case cst.AugAssign(target=target, value=value):
            pass
        case _:
            return
    place = Place(step.block.scope, step)
    assigned = target.value if isinstance(target, cst.Subscript) else target
    if isinstance(assigned, cst.Attribute) and evaluator.evaluate(assigned, place) == External("sys.path"):
        yield _directories(evaluator.evaluate(value, place), evaluator)


def environment_sets_path(evaluator: Evaluator) -> bool:
    """Whether the project's configuration speaks of `PYTHONPATH`, which can make any directory importable."""
    content = evaluator.project.tree.read(evaluator.platform.configuration.file) or b""
    return _ENVIRONMENT.encode() in content


def _added(site: CallSite, evaluator: Evaluator) -> Additions | None:
    callee = site.callee(evaluator)
    if not isinstance(callee, External):
        return None
    arguments = site.arguments(evaluator).positional
    match callee.name:
        case "sys.path.append" | "sys.path.extend" | "site.addsitedir" if arguments:
            return _directories(arguments[0], evaluator)
        case "sys.path.insert" if len(arguments) == 2:
            return _directories(arguments[1], evaluator)
    return None


def _directories(value: Value, evaluator: Evaluator) -> Additions:
    found: list[str] = []
    known = True
    for option in options(value):
        for item in option.items if isinstance(option, Sequence) else (option,):
            text = as_text(item, evaluator)
            if text is None or item.type_name == "builtins.NoneType":
                known = False
            else:
                found.extend(_in_project(text, evaluator.root_directory))
    return Additions(tuple(found), known)


def _in_project(text: str, root: str) -> Iterator[str]:
    path = posixpath.normpath(posixpath.join(root, text or "."))
    if path == root:
        yield ""
    elif path.startswith(f"{root}/"):
        yield path[len(root) + 1 :]
