"""Questions about a part of a file: what a computation asked, finer than "the file was read".

An editor changes one function of a module at a time. Who asked only for the other parts, or asked something of the
changed one that has the same answer as before, need not be computed again.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator


class Questions:
    """Collects the questions that are asked within a computation."""

    def __init__(self) -> None:
        self._open: list[set[Hashable]] = []

    def ask(self, question: Hashable) -> None:
        """Note that the present computation, if there is one, rests on the answer to `question`."""
        if self._open:
            self._open[-1].add(question)

    def ask_all(self, questions: Iterable[Hashable]) -> None:
        """As `ask`, for several."""
        if self._open:
            self._open[-1].update(questions)

    @contextmanager
    def collected(self) -> Iterator[set[Hashable]]:
        """The questions that are asked within the block; the computation around it does not ask them."""
        questions: set[Hashable] = set()
        self._open.append(questions)
        try:
            yield questions
        finally:
            self._open.pop()
