"""What is known of a top-level statement by its text alone: its flaw, its tree, the places of the tree's nodes.

Where texts are edited, it also notes who asked what. A function's body tells by itself that it is looked into (see
`watched`), so an edit of a body that nobody has looked into changes no more than the answers about the text.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from vlint.syntax.check import flaw, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    import libcst as cst

    from vlint.project.questions import Questions
    from vlint.syntax.check import Flaw
    from vlint.syntax.watched import WatchedFunction

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_LINE_END = re.compile(r"[\r\n]")
_AT_COLUMN_0 = re.compile(r"^[^\s#@)\]}].*", re.MULTILINE)
_HEADER = re.compile(r"(?:async[ \t]+)?(?:def|class)[ \t]+(?P<name>\w+)")
_UNPLAIN = re.compile(r":=|\f|\r(?!\n)")
"""What a definition can bind names outside of itself with, and what makes lines that are not looked for here."""


class Parsed:
    """A statement's text and what was found out about it.

    A module that is edited takes these over from the module it was, for each statement whose text stayed.
    """

    def __init__(self, text: str, questions: Questions | None = None) -> None:
        """`questions` notes who asks; None where nothing is edited."""
        self._questions = questions
        self._begin(text)

    def _begin(self, text: str) -> None:
        self.text = text
        self._facts: dict[Hashable, tuple[object, frozenset[Hashable]]] = {}
        self._answers: dict[Hashable, object] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text, in code, strings and comments alike."""
        return frozenset(_WORD.findall(self.text))

    @cached_property
    def binders(self) -> frozenset[str]:
        """The words that the statement may bind in the module: a definition its own name alone, broken or not.

        What other statements do that call it is not its own doing, nor is an import of all names (`*`).
        """
        lines = _AT_COLUMN_0.findall(self.text)
        header = _HEADER.match(lines[0]) if len(lines) == 1 else None
        if header is None or _UNPLAIN.search(self.text):
            return self.words
        return frozenset({header["name"]})

    def read(self) -> str:
        """The text, for one who rests on all of it."""
        if self._questions is not None:
            self._questions.ask((self, "text"))
        return self.text

    def answer(self, key: Hashable, function: Callable[[str], T]) -> T:
        """What `function`, which `key` names, says of the text; found once."""
        if key not in self._answers:
            self._answers[key] = function(self.text)
        return cast("T", self._answers[key])

    def fact(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of `compute`, made once for `key`: of what rests on the text and its tree alone."""
        found = self._facts.get(key)
        if found is None:
            if self._questions is None:
                found = (compute(), frozenset())
            else:
                with self._questions.collected() as asked:
                    value = compute()
                found = (value, frozenset(asked))
            self._facts[key] = found
        if found[1] and self._questions is not None:
            self._questions.ask_all(found[1])
        return cast("T", found[0])

    @cached_property
    def flaw(self) -> Flaw | None:
        """What is wrong with the syntax, or None."""
        return flaw(self.text)

    @cached_property
    def tree(self) -> cst.Module | None:
        """The libcst tree, or None where the text has a flaw or nests too deep."""
        tree = None if self.flaw is not None else parse(self.text)
        if tree is not None and self._questions is not None:
            from vlint.syntax.watched import watch

            self.functions = watch(tree, self._look)
        return tree

    functions: Sequence[WatchedFunction] = ()
    """The functions in the tree whose bodies tell when they are looked into, in order."""

    def _look(self, function: WatchedFunction) -> None:
        assert self._questions is not None
        self._questions.ask((self, function))

    @cached_property
    def spans(self) -> dict[cst.CSTNode, tuple[int, int]]:
        """Each node's start and end offset in the text; empty where the tree is too deep to walk."""
        from vlint.syntax.positions import spans

        if self.tree is None:
            return {}
        try:
            if self._questions is None:
                return spans(self.tree, self.text)
            with self._questions.collected():  # to know where a body stands is not to look into it
                return spans(self.tree, self.text)
        except RecursionError:
            return {}

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """The start and end of `node` in the text; of the whole statement for one without a place of its own."""
        found = self.spans.get(node, (0, len(self.text.rstrip())))
        if self._questions is not None:
            for function in self.functions:
                start, end = self.spans.get(function.hidden, found)
                if found[0] <= start and end <= found[1]:
                    self._look(function)  # the end of what holds a body moves with it
        return found

    def ask_tree(self) -> None:
        """Note that somebody rests on what the tree is but for what it tells of itself, or that there is none."""
        if self._questions is not None:
            self._questions.ask((self, "tree"))

    def ask_line(self) -> None:
        """Note that somebody rests on the line at which the statement stands in its module."""
        if self._questions is not None:
            self._questions.ask((self, "line"))

    def take(self, text: str) -> set[Hashable]:
        """Become `text`; the questions about the tree whose answers are others now."""
        questions: set[Hashable] = {(self, "text"), (self, "tree"), *((self, function) for function in self.functions)}
        self.release()
        self.__dict__.pop("flaw", None)
        self._begin(text)
        return questions

    def take_body(self, text: str, start: int, end: int) -> set[Hashable] | None:
        """Become `text`, which differs between the offsets `start` and `end` of the present text and nowhere else.

        Returns:
            The questions whose answers are others now; None where the change is not just one of a function's body,
            and nothing was taken in.
        """
        if self.tree is None:
            return None
        changed = next((n for n, f in enumerate(self.functions) if self._holds(f, start, end)), None)
        if changed is None:
            return None
        other = Parsed(text, self._questions)
        if other.tree is None or not self._is_alike(other, changed):
            return None
        function, hidden = self.functions[changed], other.functions[changed].hidden
        questions: set[Hashable] = {(self, "text"), (self, function)}
        function.hidden = hidden
        for name in ("words", "binders", "spans"):
            self.__dict__.pop(name, None)
        self._begin(text)
        return questions

    def _holds(self, function: WatchedFunction, start: int, end: int) -> bool:
        """Whether all between the offsets `start` and `end` stands in a function's body."""
        place = self.spans.get(function.hidden)
        return place is not None and place[0] < start and end <= place[1]

    def _is_alike(self, other: Parsed, changed: int) -> bool:
        """Whether `other` has the same functions at the same places, but for the body of the one of that number."""
        longer = len(other.text) - len(self.text)
        if len(other.functions) != len(self.functions):
            return False
        for number, (own, others) in enumerate(zip(self.functions, other.functions, strict=True)):
            moved = longer if number > changed else 0
            before, after = self.spans.get(own.name), other.spans.get(others.name)
            if before is None or after != (before[0] + moved, before[1] + moved):
                return False
        before, after = (p.spans.get(p.functions[changed].hidden) for p in (self, other))
        if before is None or after is None or before[0] != after[0]:
            return False
        ends = sorted((before[1] + longer, after[1]))
        return _LINE_END.search(other.text, *ends) is None  # white space at the end of the body is not counted to it

    def release(self) -> None:
        """Drop the tree and what was found in it; both are made again when asked for."""
        self._facts.clear()
        self._answers.clear()
        for name in ("words", "binders", "tree", "spans", "functions"):
            self.__dict__.pop(name, None)
