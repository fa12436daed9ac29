"""A Python module as its top-level statements, each parsed by libcst only when a check asks for it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from vlint.syntax.check import flaw, parse
from vlint.syntax.cut import cut
from vlint.syntax.encoding import decode
from vlint.text import Position, Range, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    import libcst as cst

    from vlint.project.project import Project
    from vlint.syntax.check import Flaw

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_DEFINITION = re.compile(r"(?:[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?:(?:async[^\S\r\n]+def|def|class)\b|@)")
_OTHER = re.compile(r"^(?:import|from|if|try|with|for|while|match|async[^\S\r\n]+(?:for|with))\b", re.MULTILINE)
_CLASS = re.compile(r"^class\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a module does not parse. `range` is in the module's text."""

    message: str
    range: Range


class Parsed:
    """What was found out about a statement's text alone: its flaw, its tree, and the places of the tree's nodes.

    A module that is edited takes these over from the module it was, for each statement whose text stayed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._facts: dict[Hashable, object] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text, in code, strings and comments alike."""
        return frozenset(_WORD.findall(self.text))

    def fact(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of `compute`, made once for `key`: of what rests on the text and its tree alone."""
        if key not in self._facts:
            self._facts[key] = compute()
        return cast("T", self._facts[key])

    @cached_property
    def flaw(self) -> Flaw | None:
        """What is wrong with the syntax, or None."""
        return flaw(self.text)

    @cached_property
    def tree(self) -> cst.Module | None:
        """The libcst tree, or None where the text has a flaw or nests too deep."""
        return None if self.flaw is not None else parse(self.text)

    @cached_property
    def spans(self) -> dict[cst.CSTNode, tuple[int, int]]:
        """Each node's start and end offset in the text; empty where the tree is too deep to walk."""
        from vlint.syntax.positions import spans

        try:
            return {} if self.tree is None else spans(self.tree, self.text)
        except RecursionError:
            return {}

    def release(self) -> None:
        """Drop the tree and what was found in it; both are made again when asked for."""
        self._facts.clear()
        self.__dict__.pop("words", None)
        self.__dict__.pop("tree", None)
        self.__dict__.pop("spans", None)


class Statement:
    """One top-level statement: its text, where it starts (offset in characters from 0), and its tree on demand."""

    def __init__(self, module: Module, start: int, parsed: Parsed) -> None:
        self.module = module
        self.start = start
        self._parsed = parsed

    def __repr__(self) -> str:
        return f"Statement({self.module.path!r}, {self.start}, {self.text[:40]!r})"

    @property
    def text(self) -> str:
        """The statement with the comments and blank lines around it."""
        return self._parsed.text

    @property
    def end(self) -> int:
        """The offset behind the statement's last character."""
        return self.start + len(self.text)

    @property
    def flaw(self) -> Flaw | None:
        """What is wrong with the statement's syntax, or None. What a flawed one defines is unknown."""
        return self._parsed.flaw

    @property
    def is_broken(self) -> bool:
        """Whether the statement has a syntax error (or cannot be read), so that what it defines is unknown."""
        return self._parsed.flaw is not None

    def mentions(self, name: str) -> bool:
        """Whether the identifier `name` occurs in the text (in code, a string or a comment): cheap, never parses."""
        if name in self._parsed.words:
            return True
        if name not in self.text or (name.isascii() and name.isidentifier()):
            return False
        return re.search(rf"\b{re.escape(name)}\b", self.text) is not None  # as the name of a file, which is no word

    @property
    def words(self) -> frozenset[str]:
        """Every word of the text, in code, strings and comments alike."""
        return self._parsed.words

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` is found in the text."""
        return self._parsed.fact(pattern, lambda: pattern.search(self.text) is not None)

    @property
    def is_definition(self) -> bool:
        """Whether the text alone shows a function or class, so that all but its header is inside it; never parses."""
        text = self.text
        # a piece that could not be cut may hold other statements behind the definition
        return self.fact("is definition", lambda: _DEFINITION.match(text) is not None and _OTHER.search(text) is None)

    @property
    def is_function(self) -> bool:
        """Whether the text alone shows a function, as `is_definition`."""
        return self.is_definition and not self.matches(_CLASS)

    def fact(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of `compute`, made once for `key` and kept while the text stays, whatever is edited around it.

        It must rest on the statement's text and tree alone: not on the module around it, nor on where it stands.
        """
        return self._parsed.fact(key, compute)

    @property
    def tree(self) -> cst.Module | None:
        """The statement as a libcst module of its own, or None where it does not parse.

        A statement whose text stays keeps its tree, node for node, while the rest of the module is edited.
        """
        return self._parsed.tree

    def range(self, node: cst.CSTNode) -> Range:
        """Where `node` of this statement's tree stands in the module, without the white space around it."""
        return self.module.source.range(*self.span(node))

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """As `range`, in offsets of the module's text. A node without a place of its own has the whole statement's."""
        start, end = self._parsed.spans.get(node, (0, len(self.text.rstrip())))
        return self.start + start, self.start + end


class Module:
    """A module's decoded text and its statements. `path` is relative to the project root."""

    def __init__(self, path: str, content: bytes | str, earlier: Module | None = None) -> None:
        """Decode `content`; text is taken as it is (an editor's buffer has been decoded already).

        `earlier` is the module before an edit; what is known of statements that it shares is taken over.
        """
        self.path = path
        self._parsed: dict[tuple[str, int], Parsed] = {} if earlier is None else earlier._parsed
        if isinstance(content, str):
            text, self._encoding_problem = content.removeprefix("\ufeff"), None
        else:
            text, self._encoding_problem = decode(content)
        self.source = Source(text)

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """The top-level statements in order; joined, their texts are the module's text."""
        text = self.source.text
        earlier, seen = self._parsed, Counter[str]()
        self._parsed = {}
        statements = []
        for start, end in cut(text, lambda piece: earlier[piece, 0].flaw if (piece, 0) in earlier else flaw(piece)):
            piece = text[start:end]
            key = (piece, seen[piece])  # two statements with one text have each a tree of their own
            seen[piece] += 1
            self._parsed[key] = earlier.get(key) or Parsed(piece)
            statements.append(Statement(self, start, self._parsed[key]))
        return statements

    @cached_property
    def problem(self) -> SyntaxProblem | None:
        """What keeps the module from being parsed (encoding or syntax), or None. Only the first is given."""
        if self._encoding_problem is not None:
            offset = self._encoding_problem.offset
            return SyntaxProblem(self._encoding_problem.message, self.source.range(offset, offset + 1))
        for statement in self.statements:
            found = statement.flaw
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
        for parsed in self._parsed.values():
            parsed.release()


def load_module(project: Project, path: str) -> Module:
    """The module at `path` (an empty one where there is no such file), remembered by the project."""
    return project.remember(("module", path), lambda: _load(project, path))


def _load(project: Project, path: str) -> Module:
    content = project.tree.read(path)
    text = project.tree.overlaid(path)
    earlier = project.latest.get(("module", path))
    module = Module(
        path, text if text is not None else content or b"", earlier if isinstance(earlier, Module) else None
    )
    project.latest["module", path] = module
    return module
