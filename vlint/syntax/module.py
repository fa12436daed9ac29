"""A Python module as its top-level statements, each parsed by libcst only when a check asks for it."""

from __future__ import annotations

import ast
import itertools
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vlint.text import Position, Range, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import libcst as cst
    from libcst.metadata import CodeRange

    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a module does not parse. `range` is in the module's text."""

    message: str
    range: Range


class Statement:
    """One top-level statement: its text, where it starts (offset in characters from 0), and its tree on demand."""

    def __init__(self, module: Module, start: int, text: str) -> None:
        self.module = module
        self.start = start
        self.text = text

    @property
    def end(self) -> int:
        """The offset behind the statement's last character."""
        return self.start + len(self.text)

    def mentions(self, name: str) -> bool:
        """Whether the identifier `name` occurs in the text (in code, a string or a comment): cheap, never parses."""
        return re.search(rf"\b{re.escape(name)}\b", self.text) is not None

    @cached_property
    def tree(self) -> cst.Module | None:
        """The statement as a libcst module of its own, or None where it does not parse."""
        import libcst as cst

        try:
            return cst.parse_module(self.text)
        except cst.ParserSyntaxError:
            return None

    @cached_property
    def _positions(self) -> Mapping[cst.CSTNode, CodeRange]:
        from libcst.metadata import MetadataWrapper, PositionProvider

        if self.tree is None:
            return {}
        wrapper = MetadataWrapper(self.tree, unsafe_skip_copy=True)
        return wrapper.resolve(PositionProvider)

    def range(self, node: cst.CSTNode) -> Range:
        """Where `node` of this statement's tree stands in the module, without the white space around it."""
        return self.module.source.range(*self.span(node))

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """As `range`, in offsets of the module's text."""
        place = self._positions[node]
        own = Source(self.text)
        start = own.offset(Position(place.start.line, place.start.column + 1))
        end = own.offset(Position(place.end.line, place.end.column + 1))
        return self.start + start, self.start + end


class Module:
    """A module's decoded text and its statements."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.source = Source(content.decode("utf-8", "replace"))

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """The top-level statements in order; joined, their texts are the module's text."""
        lines = self.source.text.splitlines(keepends=True)
        body = ast.parse(self.source.text).body
        starts = [0]
        for node in body[1:]:
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
            starts.append(sum(map(len, lines[: first - 1])))
        starts.append(len(self.source.text))
        return [Statement(self, a, self.source.text[a:b]) for a, b in itertools.pairwise(starts) if b > a]

    @property
    def problem(self) -> SyntaxProblem | None:
        """What keeps the module from being parsed (encoding or syntax), or None."""
        return None


def load_module(project: Project, path: str) -> Module:
    """The module at `path` (an empty one where there is no such file), remembered by the project."""
    return project.remember(("module", path), lambda: Module(path, project.tree.read(path) or b""))
