"""What a module puts on `sys.path` itself, besides the project root that the platform puts there."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation import values
from vlint.semantics.evaluation.called import last_name
from vlint.semantics.evaluation.calls import parts_in
from vlint.semantics.evaluation.operators import as_text
from vlint.semantics.evaluation.values import External, options
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Place

_TOUCHES = re.compile(r"\bsys\s*\.\s*path\b|\baddsitedir\b")
_TOUCHES_ALIAS = re.compile(r"\bpath\b|\baddsitedir\b")
_ALIAS = re.compile(r"\bfrom\s+sys\s+import\b|\bsys\s+as\s")
"""What lets a module speak of `sys.path` without saying `sys`."""
_NOT_FOLLOWED = re.compile(
    r"\b[gs]etattr\(\s*sys\s*,\s*(?!['\"](?!(?:path|modules|meta_path|path_hooks)['\"]))|\bvars\(\s*sys\b"
    r"|\b(?:__import__|import_module)\(\s*['\"]sys\b"
    r"|\bfrom\s+sys\s+import\b[^;]*?\b(?:path\s+as\s|modules\b)|\baddsitedir\s+as\s"
    r"|\bmeta_path\b|\bpath_hooks\b|(?<![\w.])exec\s*\("
    r"|\bsys\s*\.\s*modules\s*(?:"
    r"\[(?!\s*__name__\s*\])[^\]]*\]\s*=(?!=)|\.\s*(?:update|setdefault|__setitem__)\b|\|=)"
    r"|=\s*sys\s*\.\s*modules\b(?!\s*[\[.])|[(,]\s*sys\s*\.\s*modules\s*[,)]"
    r"|\b(?:rootutils|pyrootutils|rootpath|syspath|autorootcwd)\b"
)
"""Other ways to make modules importable: through other names, importers, `sys.modules`, packages made for it."""
_READING_METHODS = frozenset({"clear", "copy", "count", "index", "pop", "remove", "reverse", "sort"})
_READERS = frozenset(
    {"any", "all", "enumerate", "iter", "len", "list", "print", "repr", "set", "sorted", "str", "tuple"}
)
_ENVIRONMENT = "PYTHONPATH"


@dataclass(frozen=True)
class Additions:
    """Directories of the project that a module may have put on `sys.path`, from the root, in no order.

    `known` is False where some addition cannot be evaluated: then any import may succeed.
    """

    directories: tuple[str, ...] = ()
    known: bool = True


def touches_path(scope: ModuleScope) -> bool:
    """Whether a module's text speaks of `sys.path`, or of another way to make modules importable."""
    return scope.module.matches(_pattern(scope)) or scope.module.matches(_NOT_FOLLOWED)


def _pattern(scope: ModuleScope) -> re.Pattern[str]:
    return _TOUCHES_ALIAS if scope.module.matches(_ALIAS) else _TOUCHES


def additions(scope: ModuleScope, evaluator: Evaluator) -> tuple[tuple[int, Additions], ...]:
    """What each top-level statement of a module may put on `sys.path`, with the statement's number."""
    found = [(number, Additions(known=False)) for number in scope.module.matching(_NOT_FOLLOWED)]
    for number in scope.module.matching(_pattern(scope)):
        if scope.module.statements[number].tree is None:
            found.append((number, Additions(known=False)))
        for step in scope.block.of(number):
            for part, place in parts_in(step, evaluator):
                found += [(number, added) for added in _Uses(place, evaluator).within(part)]
    return tuple(found)


@dataclass(frozen=True)
class _Uses:
    """What the uses of `sys.path` in an expression or simple statement add to it."""

    place: Place
    evaluator: Evaluator

    def within(self, node: cst.CSTNode) -> Iterator[Additions]:
        """What is added by `node` and all that is in it."""
        match node:
            case cst.Assign(targets=targets, value=value):
                if any(self._is_path(target.target) or self._is_item(target.target) for target in targets):
                    yield self._directories(value)
                    targets = [t for t in targets if not (self._is_path(t.target) or self._is_item(t.target))]
                yield from self._in_parts([*targets, value])
            case cst.AugAssign(target=target, value=value) if self._is_path(target) or self._is_item(target):
                yield self._directories(value)
                yield from self._in_parts([value])
            case cst.Call(func=cst.Attribute(value=owner, attr=method), args=arguments) if self._is_path(owner):
                yield from self._by_method(method.value, arguments)
                yield from self._in_parts(arguments)
            case cst.Call(func=cst.Name(value=name), args=arguments) if name in _READERS:
                yield from self._in_parts([one.value for one in arguments if not self._is_path(one.value)])
            case cst.Call(func=function, args=arguments) if last_name(function) == "addsitedir":
                yield self._directories(arguments[0].value) if arguments else Additions(known=False)
            case cst.Comparison(left=left, comparisons=comparisons):
                compared = [left, *(one.comparator for one in comparisons)]
                yield from self._in_parts([one for one in compared if not self._is_path(one)])
            case cst.BinaryOperation(left=left, right=right):
                yield from self._in_parts([one for one in (left, right) if not self._is_path(one)])
            case cst.StarredElement(value=value) | cst.FormattedStringExpression(expression=value):
                yield from self._in_parts([value] if not self._is_path(value) else [])
            case cst.CompFor(iter=iterated):
                yield from self._in_parts([one for one in children(node) if one is not iterated])
                yield from self._in_parts([iterated] if not self._is_path(iterated) else [])
            case cst.Subscript(value=value, slice=index) if self._is_path(value):
                yield from self._in_parts(index)
            case cst.Attribute() | cst.Name() if self._is_path(node):
                yield Additions(known=False)  # it goes where it is not followed
            case cst.Import() | cst.ImportFrom():
                return
            case _:
                yield from self._in_parts(children(node))

    def _in_parts(self, nodes: Iterable[cst.CSTNode]) -> Iterator[Additions]:
        for node in nodes:
            yield from self.within(node)

    def _by_method(self, method: str, arguments: Sequence[cst.Arg]) -> Iterator[Additions]:
        match method, arguments:
            case (("append" | "extend"), [cst.Arg(value=value, star="")]):
                yield self._directories(value)
            case "insert", [_, cst.Arg(value=value, star="")]:
                yield self._directories(value)
            case _ if method not in _READING_METHODS:
                yield Additions(known=False)

    def _is_path(self, node: cst.CSTNode) -> bool:
        return last_name(node) == "path" and self.evaluator.evaluate(node, self.place) == External("sys.path")

    def _is_item(self, node: cst.CSTNode) -> bool:
        return isinstance(node, cst.Subscript) and self._is_path(node.value)

    def _directories(self, node: cst.CSTNode) -> Additions:
        found: list[str] = []
        known = True
        for option in options(self.evaluator.evaluate(node, self.place)):
            for item in option.items if isinstance(option, values.Sequence) else (option,):
                text = as_text(item, self.evaluator)
                if text is None or item.type_name == "builtins.NoneType":
                    known = False
                else:
                    found.extend(_in_project(text, self.evaluator.root_directory))
        return Additions(tuple(found), known)


def environment_sets_path(evaluator: Evaluator) -> bool:
    """Whether the project's configuration speaks of `PYTHONPATH`, which can make any directory importable."""
    content = evaluator.project.tree.read(evaluator.platform.configuration.file) or b""
    return _ENVIRONMENT.encode() in content


def _in_project(text: str, root: str) -> Iterator[str]:
    path = posixpath.normpath(posixpath.join(root, text or "."))
    if path == root:
        yield ""
    elif path.startswith(f"{root}/"):
        yield path[len(root) + 1 :]
