"""A Python module as its top-level statements, each parsed by libcst only when a check asks for it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from vlint.syntax.check import flaw, parse
from vlint.syntax.cut import cut
from vlint.syntax.encoding import decode
from vlint.text import Position, Range, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a module does not parse. `range` is in the module's text."""

    message: str
    range: Range


class Tree:
    """A parsed statement and, once asked for, the places of its nodes (offsets in the statement's text)."""

    def __init__(self, module: cst.Module, text: str) -> None:
        self.module = module
        self._text = text

    @cached_property
    def spans(self) -> dict[cst.CSTNode, tuple[int, int]]:
        """Each node's start and end offset; empty where the tree is too deep to walk."""
        from vlint.syntax.positions import spans

        try:
            return spans(self.module, self._text)
        except RecursionError:
            return {}


@lru_cache(maxsize=4_096)
def _tree(path: str, text: str, occurrence: int) -> Tree | None:
    """The tree of a statement; an edit elsewhere in its module finds it again. Two statements never share one."""
    module = parse(text)
    return None if module is None else Tree(module, text)


class Statement:
    """One top-level statement: its text, where it starts (offset in characters from 0), and its tree on demand."""

    def __init__(self, module: Module, start: int, text: str, occurrence: int = 0) -> None:
        self.module = module
        self.start = start
        self.text = text
        self._occurrence = occurrence

    def __repr__(self) -> str:
        return f"Statement({self.module.path!r}, {self.start}, {self.text[:40]!r})"

    @property
    def end(self) -> int:
        """The offset behind the statement's last character."""
        return self.start + len(self.text)

    @property
    def is_broken(self) -> bool:
        """Whether the statement has a syntax error (or cannot be read), so that what it defines is unknown."""
        return flaw(self.text) is not None

    def mentions(self, name: str) -> bool:
        """Whether the identifier `name` occurs in the text (in code, a string or a comment): cheap, never parses."""
        return name in self.text and re.search(rf"\b{re.escape(name)}\b", self.text) is not None

    @cached_property
    def _parsed(self) -> Tree | None:
        return _tree(self.module.path, self.text, self._occurrence)

    @property
    def tree(self) -> cst.Module | None:
        """The statement as a libcst module of its own, or None where it does not parse.

        The same text at the same place keeps its tree, node for node, while the rest of the module is edited.
        """
        return None if self._parsed is None else self._parsed.module

    def range(self, node: cst.CSTNode) -> Range:
        """Where `node` of this statement's tree stands in the module, without the white space around it."""
        return self.module.source.range(*self.span(node))

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """As `range`, in offsets of the module's text. A node without a place of its own has the whole statement's."""
        spans = {} if self._parsed is None else self._parsed.spans
        start, end = spans.get(node, (0, len(self.text.rstrip())))
        return self.start + start, self.start + end

    def release(self) -> None:
        """Drop the tree; it is made again when asked for."""
        self.__dict__.pop("_parsed", None)


class Module:
    """A module's decoded text and its statements. `path` is relative to the project root."""

    def __init__(self, path: str, content: bytes | str) -> None:
        """Decode `content`; text is taken as it is (an editor's buffer has been decoded already)."""
        self.path = path
        if isinstance(content, str):
            text, self._encoding_problem = content.removeprefix("\ufeff"), None
        else:
            text, self._encoding_problem = decode(content)
        self.source = Source(text)

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """The top-level statements in order; joined, their texts are the module's text."""
        text = self.source.text
        seen: Counter[str] = Counter()
        statements = []
        for start, end in cut(text):
            piece = text[start:end]
            statements.append(Statement(self, start, piece, seen[piece]))
            seen[piece] += 1
        return statements

    @cached_property
    def problem(self) -> SyntaxProblem | None:
        """What keeps the module from being parsed (encoding or syntax), or None. Only the first is given."""
        if self._encoding_problem is not None:
            offset = self._encoding_problem.offset
            return SyntaxProblem(self._encoding_problem.message, self.source.range(offset, offset + 1))
        for statement in self.statements:
            found = flaw(statement.text)
            if found is not None and not found.too_deep:
                return SyntaxProblem(found.message, self._place(statement, found.position))
        return None

    def _place(self, statement: Statement, position: Position) -> Range:
        offset = statement.start + Source(statement.text).offset(position)
        text = self.source.text
        word = re.compile(r"\w+|[^\w\s]").match(text, offset)
        return self.source.range(offset, word.end() if word else offset)

    def release(self) -> None:
        """Drop the trees of all statements, for runs over many modules; they are made again when asked for."""
        for statement in self.__dict__.get("statements", ()):
            statement.release()


def load_module(project: Project, path: str) -> Module:
    """The module at `path` (an empty one where there is no such file), remembered by the project."""
    return project.remember(("module", path), lambda: _load(project, path))


def _load(project: Project, path: str) -> Module:
    content = project.tree.read(path)
    text = project.tree.overlaid(path)
    return Module(path, text if text is not None else content or b"")
