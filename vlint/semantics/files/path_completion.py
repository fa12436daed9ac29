"""Which paths of the project may stand where one is being typed."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.platform.openers import openers
from vlint.project.ignore import ignored_by
from vlint.project.tree import Kind, join
from vlint.semantics.files.path_before import directory_before
from vlint.syntax.module import load_module
from vlint.syntax.open_string import Code, open_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project
    from vlint.syntax.open_string import OpenString

_JOINING = frozenset({"join", "joinpath"})
_MAKING = frozenset({"Path", "PurePath", "PosixPath", "PurePosixPath"})
_NAMING = frozenset({"with_name"})
"""Methods that put another last name into a path: nothing with a slash in it."""

_METHODS_OF_PATHS = "pathlib.Path."
_NEVER = frozenset({"__pycache__", "node_modules"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may come next.

    Attributes:
        name: The name of a file or directory.
        kind: Which of the two.
        path: Its path from the root.
        continues: Whether a path may go on behind it.
    """

    name: str
    kind: Kind
    path: str
    continues: bool


def completions(project: Project, module: str, offset: int) -> tuple[str, tuple[Candidate, ...]]:
    """The part of the name that has been typed, and the files and directories that may be meant.

    Args:
        project: The project.
        module: The module, from the root; it need not parse.
        offset: The place in its text.
    """
    loaded = load_module(project, module)
    start = max((statement.start for statement in loaded.statements if statement.start <= offset), default=0)
    string = open_string(loaded.source.text[start:offset])
    directory = _directory(string, project, module, start, offset) if string is not None else None
    if string is None or directory is None:
        return "", ()
    typed = string.text.rpartition("/")[2]
    return typed, tuple(_candidates(project, directory, string))


def _directory(string: OpenString, project: Project, module: str, start: int, offset: int) -> str | None:
    """The directory, from the root, whose entries may follow; None where the string is no path."""
    if string.text.startswith("/") or (string.is_formatted and "{" in string.text):
        return None
    parts = _parts_before(string)
    base = posixpath.join("", *parts) if parts is not None else None
    if base is None and _belongs_to_path(string):
        base = directory_before(string.code, project, module, start, offset)
    if base is None or _is_mode(string, project, module, start, offset):
        return None
    directory = posixpath.normpath(posixpath.join(base, string.text.rpartition("/")[0]))
    if directory.startswith(("..", "/")) or (_last_name(string) in _NAMING and "/" in string.text):
        return None
    return "" if directory == "." else directory


def _is_mode(string: OpenString, project: Project, module: str, start: int, offset: int) -> bool:
    """Whether it is not a path that is opened but the path's own `open` that is called."""
    receiver, _, name = string.code.function.rpartition(".")
    if not receiver or name != "open":
        return False
    joined = Code(string.code.line, f"{receiver}.joinpath")
    return directory_before(joined, project, module, start, offset) is not None


def _last_name(string: OpenString) -> str:
    """The last name of what is called with the string itself, or nothing."""
    return "" if string.divided else string.callee.rpartition(".")[2]


def _belongs_to_path(string: OpenString) -> bool:
    """Whether the string is a part of a path, if what stands before it is one."""
    return bool(string.divided) or (string.keyword is None and _last_name(string) in _JOINING | _MAKING | _NAMING)


def _parts_before(string: OpenString) -> list[str] | None:
    """The strings that the path is put together from, before this one; None where these are not all there is of it."""
    name = _last_name(string)
    if string.divided:
        calls = [operand for operand in string.divided if operand is not None and operand.callee]
        if not calls or any(call.callee.rpartition(".")[2] not in _MAKING for call in calls):
            return None
        parts = [part for operand in string.divided for part in (operand.arguments if operand else (None,))]
    elif name in _MAKING or _is_function_join(string):
        parts = list(string.earlier)
    else:
        return [] if _takes_path(name, string) else None
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _is_function_join(string: OpenString) -> bool:
    """Whether the call is one of `os.path.join`, and not of the method of a string or path."""
    return not _is_method(string) and re.fullmatch(r"(?:.*\bpath\.)?join", string.callee) is not None


def _is_method(string: OpenString) -> bool:
    """Whether what is called is a method of an expression, and not a name."""
    return re.sub(r"\s", "", string.code.function) != string.callee


def _takes_path(name: str, string: OpenString) -> bool:
    """Whether some function of that name opens the argument as a path."""
    is_method = _is_method(string)
    for function, paths in openers().items():
        if function.rpartition(".")[2] == name and (not is_method or function.startswith(_METHODS_OF_PATHS)):
            for opener in paths:
                parameter = opener.parameter
                if parameter is None:
                    continue
                if string.keyword is None and parameter.position == string.index:
                    return True
                if string.keyword is not None and parameter.keyword == string.keyword:
                    return True
    return False


def _candidates(project: Project, directory: str, string: OpenString) -> Iterator[Candidate]:
    no_part = re.compile(r"[\\\0-\x1f{}]" if string.is_formatted else r"[\\\0-\x1f]")
    continues = _last_name(string) not in _NAMING
    for name, kind in project.tree.entries(directory).items():
        path = join(directory, name)
        if name.startswith(".") or name in _NEVER or no_part.search(name) or string.quote[0] in name:
            continue
        if ignored_by(project.tree, path) is None:
            yield Candidate(name, kind, path, continues)
