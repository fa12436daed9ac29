"""Who imports a module: the other modules of the project that do make it a helper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.project.functions import project_files
from vlint.semantics import imports

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from vlint.finding import Location
    from vlint.project.project import Project
    from vlint.semantics.evaluator import Evaluator

_IMPORT = re.compile(r"\bimport\b")
_IMPORT_IN_TEXT = re.compile(rb"\bimport\b(?:\s*\([^()#]*(?:#[^\n]*\n[^()#]*){0,999}\)|[^\n\\]*(?:\\\r?\n[^\n\\]*)*)")
_WORD = re.compile(rb"\w+")


def importer_of(evaluator: Evaluator) -> Location | None:
    """An import of the function's module in another module of the project, or None."""
    wanted = evaluator.function_path
    stem = _stem(wanted)
    for path in _candidates(evaluator.project, stem):
        if path == wanted:
            continue
        scope = evaluator.module(path)
        for number, statement in enumerate(scope.module.statements):
            if statement.is_definition or not statement.matches(_IMPORT) or not statement.mentions(stem):
                continue
            for step in scope.block.of(number):
                for inner in (step, *(s for block in step.blocks.values() for s in block.walk())):
                    is_import = isinstance(inner.node, cst.Import | cst.ImportFrom)
                    if is_import and wanted in imports.executed_by(inner, evaluator):
                        return inner.location()
    return None


def is_imported_by_name(name: str, evaluator: Evaluator) -> bool:
    """Whether another module of the project may take `name` from the function's: it imports that, and has the name."""
    word = re.compile(rf"\b{re.escape(name)}\b".encode())
    own = evaluator.function_path
    candidates = (path for path in _candidates(evaluator.project, _stem(own)) if path != own)
    return any(word.search(evaluator.project.tree.read(path) or b"") for path in candidates)


def _stem(path: str) -> str:
    """The last part of a module's name."""
    return path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]


def _candidates(project: Project, stem: str) -> Sequence[str]:
    """The modules that may import one whose name ends with `stem`, by path."""
    if not stem.isascii():  # written in more than one way, perhaps
        return _modules(project)
    words = project.remember("importing words", lambda: _modules_by_word(project))
    return words.get(stem.encode(), ())


def _modules_by_word(project: Project) -> Mapping[bytes, Sequence[str]]:
    found: dict[bytes, list[str]] = {}
    for path in _modules(project):
        for word in _words(project, path):
            found.setdefault(word, []).append(path)
    return found


def _words(project: Project, path: str) -> AbstractSet[bytes]:
    """The words in a module's imports; remembered, and kept through edits that change none of them."""

    def find() -> AbstractSet[bytes]:
        return frozenset(_words_of_imports(project.tree.read(path) or b""))

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
