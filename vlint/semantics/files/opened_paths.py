"""The paths that a module opens, for those who look at one place in it: where each is written and where it leads."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.project.functions import functions
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.evaluation.values import options
from vlint.semantics.files.file_uses import uses
from vlint.semantics.intrinsics.applications import application_directory
from vlint.semantics.intrinsics.paths import ROOT, text_of
from vlint.syntax.nodes import children
from vlint.syntax.quiet import string_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Edit
    from vlint.project.project import Project
    from vlint.project.tree import Kind
    from vlint.semantics.files.file_uses import Use
    from vlint.syntax.module import Statement
    from vlint.text import Range


@dataclass(frozen=True, slots=True)
class Literal:
    """A part of a path that is written as one string: its text, and the range between its quotes."""

    text: str
    range: Range


@dataclass(frozen=True, slots=True)
class OpenedPath:
    """One path in a call that opens it.

    Attributes:
        range: The expression of the path.
        text: The path as the function is given it.
        path: Where it leads, from the project's root; None where that is outside of it.
        absolute: Where it leads at run time.
        kind: What of the project stands there, or None.
        literals: The strings that the expression is written with.
        function: What opens it, by qualified name.
    """

    range: Range
    text: str
    path: str | None
    absolute: str
    kind: Kind | None
    literals: tuple[Literal, ...]
    function: str


def opened_paths(project: Project, module: str) -> tuple[OpenedPath, ...]:
    """The paths that the module at `module` opens and that are known, in the order of the text."""
    return project.remember(("opened paths", module), lambda: tuple(_find(project, module)))


def moved(opened: OpenedPath, old: str, new: str, module: str) -> Edit | None:
    """The edit that lets a path lead to `new` instead of `old` (a file, or a directory above); None where none can.

    Only a string that holds all that differs is rewritten: `join(directory, "old.txt")` becomes
    `join(directory, "new.txt")`, but not a path in another directory.
    """
    from vlint.finding import Edit

    if opened.path is None or not (opened.path == old or opened.path.startswith(f"{old}/")):
        return None
    target = new + opened.path[len(old) :]
    for literal in reversed(opened.literals):
        tail = posixpath.normpath(literal.text)
        if tail in (".", "..") or tail.startswith(("../", "/")):
            tail = tail.removeprefix("/")
            while tail.startswith("../"):
                tail = tail[3:]
        if tail != opened.path and not opened.path.endswith(f"/{tail}"):
            continue
        directory = opened.path[: len(opened.path) - len(tail)]
        if not target.startswith(directory) or not literal.text.endswith(tail):
            return None
        text = literal.text[: len(literal.text) - len(tail)] + target[len(directory) :]
        return Edit(module, literal.range, text)
    return None


def _find(project: Project, module: str) -> Iterator[OpenedPath]:
    evaluator = Evaluator(project, module)
    for use in uses(evaluator.module(module), evaluator):
        found = options(evaluator.evaluate(use.node, use.site.place))
        texts = {text for text in map(text_of, found) if text}
        if len(found) == len(texts) == 1:
            yield _opened(project, evaluator, use, texts.pop())


def _opened(project: Project, evaluator: Evaluator, use: Use, text: str) -> OpenedPath:
    statement = use.site.step.statement
    absolute = posixpath.normpath(posixpath.join(ROOT, _base(use, evaluator), text))
    inside = absolute == ROOT or absolute.startswith(f"{ROOT}/")
    path = absolute[len(ROOT) :].lstrip("/") if inside else None
    return OpenedPath(
        range=statement.range(use.node),
        text=text,
        path=path,
        absolute=absolute,
        kind=project.tree.kind(path) if path is not None else None,
        literals=tuple(_literals(statement, use.node)),
        function=use.opener.function,
    )


def _base(use: Use, evaluator: Evaluator) -> str:
    """The directory, from the root, that a relative path is resolved against."""
    if use.opener.base != "application" or not isinstance(use.site.call.func, cst.Attribute):
        return ""
    receiver = evaluator.evaluate(use.site.call.func.value, use.site.place)
    return application_directory(receiver, evaluator) or ""


def _literals(statement: Statement, node: cst.CSTNode) -> Iterator[Literal]:
    waiting: list[cst.CSTNode] = [node]
    while waiting:
        current = waiting.pop(0)
        if isinstance(current, cst.SimpleString):
            value = string_value(current)
            if isinstance(value, str) and value == current.raw_value:  # no escapes: the text is as it is written
                start, end = statement.span(current)
                opening = len(current.prefix) + len(current.quote)
                yield Literal(value, statement.module.range(start + opening, end - len(current.quote)))
        elif not isinstance(current, cst.Lambda):
            waiting.extend(children(current))


def is_function(project: Project, path: str) -> bool:
    """Whether the file at `path` is one that the platform deploys."""
    return any(function.path == path for function in functions(project))
