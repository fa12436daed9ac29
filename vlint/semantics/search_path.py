"""What a module puts on `sys.path` itself, besides the project root that the platform puts there."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.calls import calls
from vlint.semantics.operators import as_text
from vlint.semantics.scopes import Place
from vlint.semantics.values import External, Sequence, Value, options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.calls import CallSite
    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import ModuleScope

_TOUCHES_PATH = re.compile(r"\bsys\b.*\bpath\b|\baddsitedir\b", re.DOTALL)
_ENVIRONMENT = "PYTHONPATH"


@dataclass(frozen=True)
class Additions:
    """Directories of the project that a module may have put on `sys.path`, from the root, in no order.

    `known` is False where some addition cannot be evaluated: then any import may succeed.
    """

    directories: tuple[str, ...] = ()
    known: bool = True


def additions(scope: ModuleScope, evaluator: Evaluator) -> tuple[tuple[int, Additions], ...]:
    """What each top-level statement of a module may put on `sys.path`, with the statement's number."""
    if not _TOUCHES_PATH.search(scope.module.source.text):
        return ()
    found: list[tuple[int, Additions]] = []
    for site in calls(scope, evaluator, ["path", "addsitedir"]):
        added = _added(site, evaluator)
        if added is not None:
            found.append((_number(site.place), added))
    for step in scope.block.mentioning(["path"]):
        target = step.node.target if isinstance(step.node, cst.AugAssign) else None
        if isinstance(step.node, cst.Assign):
            target = step.node.targets[0].target
        if isinstance(target, cst.Attribute | cst.Subscript):
            place = Place(scope, step)
            inner = target.value if isinstance(target, cst.Subscript) else target
            if evaluator.evaluate(inner, place) == External("sys.path"):
                assert isinstance(step.node, cst.Assign | cst.AugAssign)
                found.append((step.index, _directories(evaluator.evaluate(step.node.value, place), evaluator)))
    return tuple(found)


def environment_sets_path(evaluator: Evaluator) -> bool:
    """Whether the project's configuration speaks of `PYTHONPATH`, which can make any directory importable."""
    content = evaluator.project.tree.read("vercel.json") or b""
    return _ENVIRONMENT.encode() in content


def _number(place: Place) -> int:
    """The number of the top-level statement that a place is in."""
    while place.scope.place is not None:
        place = place.scope.place
    step = place.step
    while step is not None and step.block.owner is not None:
        step = step.block.owner
    return step.index if step is not None else 0


def _added(site: CallSite, evaluator: Evaluator) -> Additions | None:
    function = site.node.func
    name = function.attr.value if isinstance(function, cst.Attribute) else getattr(function, "value", "")
    if name not in {"insert", "append", "extend", "addsitedir"}:
        return None
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
