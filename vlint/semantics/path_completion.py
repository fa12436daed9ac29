"""Which paths of the project may stand where one is being typed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.platform.openers import openers
from vlint.project.ignore import ignored_by
from vlint.project.tree import Kind, join
from vlint.syntax.open_string import open_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project
    from vlint.syntax.open_string import OpenString

_JOINING = frozenset({"join", "joinpath"})
_MAKING = frozenset({"Path", "PurePath", "PosixPath", "PurePosixPath"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may come next: what it stands for, and its path from the root."""

    name: str
    kind: Kind
    path: str


def completions(project: Project, statement: str) -> tuple[str, tuple[Candidate, ...]]:
    """The part of the name that has been typed, and the files and directories that may be meant.

    Args:
        project: The project.
        statement: The text of a statement up to the place; it need not parse.
    """
    string = open_string(statement)
    directory = _directory(string) if string is not None else None
    if string is None or directory is None:
        return "", ()
    typed = string.text.rpartition("/")[2]
    return typed, tuple(_candidates(project, directory))


def _directory(string: OpenString) -> str | None:
    """The directory, from the root, whose entries may follow; None where the string is no path."""
    if string.is_formatted and "{" in string.text:
        return None
    parts = _parts_before(string)
    if parts is None or string.text.startswith("/"):
        return None
    typed = string.text.rpartition("/")[0]
    directory = posixpath.normpath(posixpath.join("", *parts, typed))
    if directory.startswith(("..", "/")):
        return None
    return "" if directory == "." else directory


def _parts_before(string: OpenString) -> list[str] | None:
    """The strings that the path is put together from, before this one; None where it is no path or cannot be known."""
    name = string.callee.rpartition(".")[2]
    if string.divided:
        calls = [operand for operand in string.divided if operand is not None and operand.callee]
        if not calls or any(call.callee.rpartition(".")[2] not in _MAKING for call in calls):
            return None
        parts = [part for operand in string.divided for part in (operand.arguments if operand else (None,))]
    elif name in _JOINING or name in _MAKING:
        parts = list(string.earlier)
    else:
        return [] if _takes_path(name, string) else None
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _takes_path(name: str, string: OpenString) -> bool:
    """Whether some function of that name opens the argument as a path."""
    for function, paths in openers().items():
        if function.rpartition(".")[2] == name:
            for opener in paths:
                parameter = opener.parameter
                if parameter is None:
                    continue
                if string.keyword is None and parameter.position == string.index:
                    return True
                if string.keyword is not None and parameter.keyword == string.keyword:
                    return True
    return False


def _candidates(project: Project, directory: str) -> Iterator[Candidate]:
    for name, kind in project.tree.entries(directory).items():
        path = join(directory, name)
        if not name.startswith(".") and ignored_by(project.tree, path) is None and name not in _NEVER:
            yield Candidate(name, kind, path)


_NEVER = frozenset({"__pycache__", "node_modules"})
