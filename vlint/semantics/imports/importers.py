"""Who imports a module: the other modules of the project that do make it a helper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.project.functions import project_files
from vlint.semantics.imports import imports
from vlint.semantics.imports.search_path import touches_path

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from vlint.finding import Location
    from vlint.project.project import Project
    from vlint.semantics.evaluation.evaluator import Evaluator

_IMPORT = re.compile(r"\bimport\b")
_IMPORT_IN_TEXT = re.compile(rb"\bimport\b(?:\s*\([^()#]*(?:#[^\n]*\n[^()#]*){0,999}\)|[^\n\\]*(?:\\\r?\n[^\n\\]*)*)")
_WORD = re.compile(rb"\w+")
_CHANGES_PATH = re.compile(rb"\bsys\s*\.\s*path\b|\baddsitedir\b|\bfrom\s+sys\s+import\b|\bimport\s+sys\s+as\b")
_PATH_CHANGER = b"sys.path"
"""Stands among a module's words for one that may import from other directories than the root."""


def importer_of(evaluator: Evaluator) -> Location | None:
    """An import of the function's module in another module of the project, or None."""
    wanted = evaluator.function_path
    stem = _name(wanted)[1]
    for path in _candidates(evaluator):
        scope = evaluator.module(path)
        for number, statement in enumerate(scope.module.statements):
            if statement.is_definition or not statement.matches(_IMPORT) or not statement.mentions(stem):
                continue
            for step in scope.block.of(number):
                for inner in step.walk():
                    is_import = isinstance(inner.node, cst.Import | cst.ImportFrom)
                    if is_import and wanted in imports.executed_by(inner, evaluator):
                        return inner.location()
    return None


def is_imported_by_name(name: str, evaluator: Evaluator) -> bool:
    """Whether another module of the project may take `name` from the function's: it imports that, and has the name."""
    word = re.compile(rf"\b{re.escape(name)}\b".encode())
    return any(word.search(evaluator.project.tree.read(path) or b"") for path in _candidates(evaluator))


def _name(path: str) -> tuple[str, str]:
    """A module's directory, from the root, and the last part of its name."""
    directory, _, name = path.removesuffix(".py").removesuffix("/__init__").rpartition("/")
    return directory, name


def _candidates(evaluator: Evaluator) -> Sequence[str]:
    """The other modules that may import the function's, by path.

    The name of its directory is written in them too, unless they stand below that or import from other places.
    """
    project, own = evaluator.project, evaluator.function_path
    directory, name = _name(own)
    parent = directory.rpartition("/")[2]
    if not (name + parent).isascii():  # written in more than one way, perhaps
        return [path for path in _modules(project) if path != own]
    words = project.remember("importing words", lambda: _modules_by_word(project))
    naming = [path for path in words.get(name.encode(), ()) if path != own]
    if not parent or touches_path(evaluator.function_module):
        return naming
    elsewhere = {*words.get(parent.encode(), ()), *words.get(_PATH_CHANGER, ())}
    return [path for path in naming if path in elsewhere or path.startswith(f"{directory}/")]


def _modules_by_word(project: Project) -> Mapping[bytes, Sequence[str]]:
    found: dict[bytes, list[str]] = {}
    for path in _modules(project):
        for word in _words(project, path):
            found.setdefault(word, []).append(path)
    return found


def _words(project: Project, path: str) -> AbstractSet[bytes]:
    """The words in a module's imports; remembered, and kept through edits that change none of them."""

    def find() -> AbstractSet[bytes]:
        content = project.tree.read(path) or b""
        words = frozenset(_words_of_imports(content))
        return words | {_PATH_CHANGER} if _CHANGES_PATH.search(content) else words

    def renew(known: AbstractSet[bytes]) -> set[Hashable] | None:
        return set() if find() == known else None

    return project.remember(("importing words", path), find, renew)


def _words_of_imports(content: bytes) -> Iterator[bytes]:
    """The words of whatever may be an import, read as text: few of a project's modules need be parsed for this."""
    end = 0
    for found in _IMPORT_IN_TEXT.finditer(content):
        start = content.rfind(b"\n", end, found.start()) + 1 or end
        while start > end and content.endswith((b"\\\n", b"\\\r\n"), 0, start):
            start = content.rfind(b"\n", end, start - 1) + 1 or end
        end = found.end()
        yield from _WORD.findall(content, start, end)


def _modules(project: Project) -> Sequence[str]:
    """The project's Python files that the linter sees."""
    return tuple(path for path in project_files(project) if path.endswith(".py"))
