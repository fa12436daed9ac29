"""A Python module as its top-level statements, each parsed by libcst only when a check asks for it."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from vlint.syntax.check import flaw
from vlint.syntax.cut import cut
from vlint.syntax.encoding import decode
from vlint.syntax.parsed import Parsed
from vlint.syntax.scan import first_piece
from vlint.text import Position, Range, Source, changed_part, line_ends

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    import libcst as cst

    from vlint.project.project import Project
    from vlint.project.questions import Questions
    from vlint.syntax.check import Flaw

T = TypeVar("T")

_DEFINITION = re.compile(r"(?:[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?:(?:async[^\S\r\n]+def|def|class)\b|@)")
_OTHER = re.compile(r"^(?:import|from|if|try|with|for|while|match|async[^\S\r\n]+(?:for|with))\b", re.MULTILINE)
_NAMES_WITHOUT_INDEX = 12
"""So many names are looked for one by one, before all words of a module are written down."""

_CLASS = re.compile(r"^class\b", re.MULTILINE)
_LINE = re.compile(r"(?P<before>\b(?:on|at) line )(?P<line>\d+)\b")  # in a message of the compiler


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Why a module does not parse. `range` is in the module's text; for `since` see `Flaw`."""

    message: str
    range: Range
    since: tuple[int, int] | None = None


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
        """The statement with the comments and blank lines around it.

        Where something short is wanted of the text, `answer` and its like say it without resting on all of it.
        """
        return self._parsed.read()

    @property
    def end(self) -> int:
        """The offset behind the statement's last character."""
        self._parsed.ask_tree()
        return self.start + len(self._parsed.text)

    @property
    def flaw(self) -> Flaw | None:
        """What is wrong with the statement's syntax, or None. What a flawed one defines is unknown."""
        self._parsed.ask_tree()
        return self._parsed.flaw

    @property
    def is_broken(self) -> bool:
        """Whether the statement has a syntax error (or cannot be read), so that what it defines is unknown."""
        return self.flaw is not None

    def mentions(self, name: str) -> bool:
        """Whether the identifier `name` occurs in the text (in code, a string or a comment): cheap, never parses."""
        if name.isascii() and name.isidentifier():
            self.module.ask_word(name)
            return name in self._parsed.words
        pattern = re.compile(rf"\b{re.escape(name)}\b")  # the name of a file need be no word
        return self.answer(("mentions", name), lambda text: name in text and pattern.search(text) is not None)

    @property
    def words(self) -> frozenset[str]:
        """Every word of the text, in code, strings and comments alike."""
        self._parsed.read()
        return self._parsed.words

    def answer(self, key: Hashable, function: Callable[[str], T]) -> T:
        """What `function`, which `key` names, says of the text alone; found once, and never parses.

        Who asks rests on the answer and not on the text, so `function` should be quick and say little.
        """
        self.module.ask_answer(key, function)
        return self._parsed.answer(key, function)

    def contains(self, part: str) -> bool:
        """Whether `part` is in the text."""
        return self.answer(("contains", part), lambda text: part in text)

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` is found in the text."""
        return self.answer(pattern, lambda text: pattern.search(text) is not None)

    @property
    def is_definition(self) -> bool:
        """Whether the text alone shows a function or class, so that all but its header is inside it; never parses."""
        return self.answer("is definition", _is_definition)

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
        self._parsed.ask_tree()
        return self._parsed.tree

    def range(self, node: cst.CSTNode | None = None) -> Range:
        """Where `node` of this statement's tree stands in the module, without the white space around it.

        For None it is where the statement stands, with the comments and blank lines around it.
        """
        self._parsed.ask_line()
        return self.module._source.range(*((self.start, self.end) if node is None else self.span(node)))

    @property
    def line(self) -> int:
        """The line of the module at which the statement starts, with what stands before it; from 1."""
        self._parsed.ask_line()
        return self.module._source.position(self.start).line

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """As `range`, in offsets of the module's text. A node without a place of its own has the whole statement's."""
        self._parsed.ask_tree()
        start, end = self._parsed.span(node)
        return self.start + start, self.start + end


def _is_definition(text: str) -> bool:
    # a piece that could not be cut may hold other statements behind the definition
    return _DEFINITION.match(text) is not None and _OTHER.search(text) is None


class Module:
    """A module's decoded text and its statements. `path` is relative to the project root."""

    def __init__(
        self, path: str, content: bytes | str, earlier: Module | None = None, questions: Questions | None = None
    ) -> None:
        """Decode `content`; text is taken as it is (an editor's buffer has been decoded already).

        Args:
            path: The path from the root.
            content: The module.
            earlier: The module before an edit; what is known of statements that it shares is taken over.
            questions: Notes who asks for what; None where nothing is edited, or nobody wants to know.
        """
        self.path = path
        self.edition = 0
        """Counts the edits that were taken in."""
        self._questions = questions
        self._functions: dict[Hashable, Callable[[str], object]] = {}
        self._looked_for = 0
        self._gathered: dict[Hashable, tuple[object, ...]] = {}
        self._numbers: dict[str, list[int]] | None = None
        self._binding: dict[str, list[int]] | None = None
        self._parsed: dict[tuple[str, int], Parsed] = {} if earlier is None else earlier._parsed
        if isinstance(content, str):
            text, self._encoding_problem = content.removeprefix("\ufeff"), None
        else:
            text, self._encoding_problem = decode(content)
        self._source = Source(text)

    @property
    def source(self) -> Source:
        """The text, for one who rests on all of it; `range`, `contains` and `matches` say less."""
        if self._questions is not None:
            self._questions.ask(("text", self.path))
        return self._source

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """The top-level statements in order; joined, their texts are the module's text."""
        text = self._source.text
        earlier, seen = self._parsed, Counter[str]()
        self._parsed = {}
        statements = []
        for start, end in cut(text, lambda piece: earlier[piece, 0].flaw if (piece, 0) in earlier else flaw(piece)):
            piece = text[start:end]
            key = (piece, seen[piece])  # two statements with one text have each a tree of their own
            seen[piece] += 1
            self._parsed[key] = earlier.get(key) or Parsed(piece, self._questions)
            statements.append(Statement(self, start, self._parsed[key]))
        return statements

    @property
    def problem(self) -> SyntaxProblem | None:
        """What keeps the module from being parsed (encoding or syntax), or None. Only the first is given."""
        if self._questions is not None:
            self._questions.ask(("problem", self.path))
        return self._problem

    @cached_property
    def _problem(self) -> SyntaxProblem | None:
        if self._encoding_problem is not None:
            offset = self._encoding_problem.offset
            return SyntaxProblem(self._encoding_problem.message, self._source.range(offset, offset + 1))
        flaws = [(self.statements[n], self.statements[n]._parsed.flaw) for n in sorted(self._broken)]
        told = [(s, found) for s, found in flaws if found is not None and not found.too_deep]
        told.sort(key=lambda pair: pair[1].since is not None)  # what is wrong in every Python goes first
        for statement, found in told[:1]:
            message = self._with_lines_of_the_file(found.message, statement)
            return SyntaxProblem(message, self._place(statement, found.position), found.since)
        return None

    def _with_lines_of_the_file(self, message: str, statement: Statement) -> str:
        """The compiler's words about a statement, which may name a line of it, as they would be about the module."""
        above = self._source.position(statement.start).line - 1
        return _LINE.sub(lambda match: f"{match['before']}{int(match['line']) + above}", message)

    def range(self, start: int, end: int) -> Range:
        """The range between two offsets, for one who rests on how the module lies in lines."""
        if self._questions is not None:
            self._questions.ask(("lines", self.path))
        return self._source.range(start, end)

    def contains(self, part: str) -> bool:
        """Whether `part` is in the text."""
        key = ("contains", part)
        self.ask_answer(key, lambda text: part in text)
        if key not in self._gathered:
            self._gathered[key] = (part in self._source.text,)
        return bool(self._gathered[key][0])

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern`, which looks at no more than one statement, is found in one."""
        return bool(self.matching(pattern))

    def matching(self, pattern: re.Pattern[str]) -> tuple[int, ...]:
        """The numbers of the statements that `pattern` is found in, in order."""
        self.ask_answer(pattern, lambda text: pattern.search(text) is not None)
        if pattern not in self._gathered:
            statements = self.statements
            self._gathered[pattern] = tuple(n for n, statement in enumerate(statements) if statement.matches(pattern))
        return cast("tuple[int, ...]", self._gathered[pattern])

    def gathered(self, key: Hashable, function: Callable[[str], tuple[T, ...]]) -> tuple[T, ...]:
        """What `function`, which `key` names, finds in the text of each statement, in order; see `Statement.answer`."""
        self.ask_answer(key, function)
        if key not in self._gathered:
            answers = (statement.answer(key, function) for statement in self.statements)
            self._gathered[key] = tuple(found for answer in answers for found in answer)
        return cast("tuple[T, ...]", self._gathered[key])

    def mentioning(self, name: str) -> Sequence[int]:
        """The numbers of the statements that have the word `name`, in order."""
        self.ask_word(name)
        if self._numbers is None:
            self._looked_for += 1
            if self._looked_for <= _NAMES_WITHOUT_INDEX:
                return [number for number, statement in enumerate(self.statements) if statement.mentions(name)]
            self._numbers = {}
            for number, statement in enumerate(self.statements):
                for word in statement._parsed.words:
                    self._numbers.setdefault(word, []).append(number)
        return self._numbers.get(name, ())

    def binding(self, name: str) -> Sequence[int]:
        """The numbers of the statements that may bind `name` in the module, in order; see `Parsed.binders`."""
        self.ask_binding(name)
        if self._binding is None:
            self._binding = {}
            for number, statement in enumerate(self.statements):
                for word in statement._parsed.binders:
                    self._binding.setdefault(word, []).append(number)
        return self._binding.get(name, ())

    def mentioning_any(self, names: Iterable[str]) -> Sequence[int]:
        """The numbers of the statements that have one of the words `names`, in order."""
        return sorted({number for name in names for number in self.mentioning(name)})

    def ask_word(self, name: str) -> None:
        """Note that somebody rests on which statements have the word `name`."""
        if self._questions is not None:
            self._questions.ask(("word", self.path, name))

    def ask_binding(self, name: str) -> None:
        """Note that somebody rests on which statements may bind `name`."""
        if self._questions is not None:
            self._questions.ask(("binding", self.path, name))

    def ask_answer(self, key: Hashable, function: Callable[[str], object]) -> None:
        """Note that somebody rests on what `function`, which `key` names, says of the statements."""
        if self._questions is not None:
            self._functions.setdefault(key, function)
            self._questions.ask(("answer", self.path, key))

    def take(self, text: str) -> set[Hashable] | None:
        """Become `text`, if it differs in one statement, and the others stay what they are.

        The statements stay what they are, the others with all that was found out about them; so do the nodes of the
        changed one, if only the body of one of its functions is another.

        Returns:
            The questions whose answers are others now; None where the module cannot become `text`.
        """
        text, old = text.removeprefix("\ufeff"), self._source.text
        if self._questions is None or self._encoding_problem is not None:
            return None
        start, end = changed_part(old, text)
        number = bisect_right(self._starts, start) - 1
        if number > 0 and start == end == self.statements[number].start:  # blank lines belong to what is before them
            changed = self._take(text, number - 1, start, end)
            if changed is not None:
                return changed
        return self._take(text, number, start, end)

    def _take(self, text: str, number: int, start: int, end: int) -> set[Hashable] | None:
        """Become `text`, which differs between two offsets that lie in the statement of that number, if that can be."""
        if number < 0 or end > self.statements[number].end:
            return None
        old = self._source.text
        statement, longer = self.statements[number], len(text) - len(old)
        parsed, after = statement._parsed, text[statement.start : statement.end + longer]
        moved = line_ends(parsed.text) != line_ends(after)
        answers = {key: parsed.answer(key, function) for key, function in self._functions.items()}
        words, binders, problem = parsed.words, parsed.binders, self._problem
        changed = self._change(number, text, after, (start - statement.start, end - statement.start))
        if changed is None:
            return None
        self.edition += 1
        self._source = self._source.edited(text, start, end)
        for other in self.statements[number + 1 :]:
            other.start += longer
        self._rename(parsed)
        changed.add(("text", self.path))
        del self._problem
        if self._problem != problem:
            changed.add(("problem", self.path))
        if moved:
            changed.add(("lines", self.path))
            changed.update((other._parsed, "line") for other in self.statements[number:])
        for key, function in self._functions.items():
            if parsed.answer(key, function) != answers[key]:
                changed.add(("answer", self.path, key))
                self._gathered.pop(key, None)
        for word in words ^ parsed.words:
            changed.add(("word", self.path, word))
            _count(self._numbers, word, number, added=word in parsed.words)
        for word in binders ^ parsed.binders:
            changed.add(("binding", self.path, word))
            _count(self._binding, word, number, added=word in parsed.binders)
        return changed

    def _change(self, number: int, text: str, after: str, part: tuple[int, int]) -> set[Hashable] | None:
        """Make `after` the text of a statement, which differs in `part` of it, if it is one in the new `text` too."""
        parsed = self.statements[number]._parsed
        was_broken = parsed.flaw is not None
        if not self._is_cut_alike(number, text, after):
            return None
        changed = None if was_broken else parsed.take_body(after, *part)
        if changed is None:
            changed = parsed.take(after)
        if parsed.flaw is None:
            self._broken.discard(number)
        else:
            self._broken.add(number)
        return changed

    def _is_cut_alike(self, number: int, text: str, after: str) -> bool:
        """Whether `text` has the statements that the module has now, but for `after` in place of the one given.

        How what follows a broken statement is cut may rest on all of it; beside a whole one no more than its
        neighbours can become another.
        """
        changed, others = self.statements[number], self._broken - {number}
        if not self._broken and first_piece(text, changed.start) == changed.start + len(after) and flaw(after) is None:
            return True
        reach = slice(None) if others else slice(max(number - 1, 0), number + 2)
        around = [one._parsed for one in self.statements[reach]]
        flaws = {one.text: one.flaw for one in around if one is not changed._parsed}
        texts = [after if one is changed._parsed else one.text for one in around]
        window = "".join(texts)
        pieces = cut(window, lambda piece: flaws[piece] if piece in flaws else flaw(piece))
        return [window[start:end] for start, end in pieces] == texts

    @cached_property
    def _broken(self) -> set[int]:
        """The numbers of the statements with something wrong in them."""
        return {number for number, statement in enumerate(self.statements) if statement._parsed.flaw is not None}

    @property
    def _starts(self) -> list[int]:
        return [statement.start for statement in self.statements]

    def _rename(self, parsed: Parsed) -> None:
        """Have a later module find what is known of a statement by its new text."""
        key = next(key for key, value in self._parsed.items() if value is parsed)
        del self._parsed[key]
        count = 0
        while (parsed.text, count) in self._parsed:
            count += 1
        self._parsed[parsed.text, count] = parsed

    def _place(self, statement: Statement, position: Position) -> Range:
        offset = statement.start + Source(statement._parsed.text).offset(position)
        text = self._source.text
        word = re.compile(r"\w+|[^\w\s]").match(text, offset)
        return self._source.range(offset, word.end() if word else offset)


def _count(index: dict[str, list[int]] | None, word: str, number: int, *, added: bool) -> None:
    """Write the number of a statement to those of a word, or take it away."""
    if index is not None:
        numbers = index.setdefault(word, [])
        if added:
            insort(numbers, number)
        else:
            numbers.remove(number)


def load_module(project: Project, path: str) -> Module:
    """The module at `path` (an empty one where there is no such file), remembered by the project."""
    return project.remember(("module", path), lambda: _load(project, path), lambda module: _renew(project, module))


def _load(project: Project, path: str) -> Module:
    content = project.tree.read(path)
    text = project.tree.overlaid(path)
    earlier = project.latest.get(("module", path))
    module = Module(
        path,
        text if text is not None else content or b"",
        earlier if isinstance(earlier, Module) else None,
        project.questions if project.is_edited else None,
    )
    project.latest["module", path] = module
    return module


def _renew(project: Project, module: Module) -> set[Hashable] | None:
    """Have a module take in the text that the editor shows now."""
    text = project.tree.overlaid(module.path)
    return module.take(text) if text is not None and project.tree.read(module.path) is not None else None
