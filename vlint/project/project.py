"""One project root on one platform: the place where what was computed is remembered, with what it depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from vlint.project.questions import Questions
from vlint.project.tree import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from collections.abc import Set as AbstractSet

    from vlint.platform import Platform
    from vlint.project.tree import Ask, Tree
    from vlint.settings import Settings

T = TypeVar("T")

if TYPE_CHECKING:
    Renew = Callable[[T], AbstractSet[Hashable] | None]
    """Takes a change into a value: the questions whose answers are others now, or None where it cannot."""


class Interrupted(BaseException):
    """A computation was given up since nobody wants it any more; no `except Exception` is to take it for a failure."""


@dataclass(slots=True)
class _Memory:
    """A remembered value, what it asked of the tree itself, and the remembered values it was made from.

    `questions` are those about parts of files; `renew` is how the value takes in a change, if it can.
    `everything` is the record with those of the values used, once somebody has asked for it. It stays right as long
    as the value is remembered, which is no longer than any of these is.
    """

    value: object = None
    record: Record = field(default_factory=Record)
    uses: set[Hashable] = field(default_factory=set)
    everything: Record | None = None
    questions: set[Hashable] = field(default_factory=set)
    renew: Renew[Any] | None = None


class Project:
    """A root, its tree and platform, and a memory of computed values.

    `remember` keeps each value with what it asked of the tree and with the other values it used. When an answer of
    the tree changes, just the values that rest on it are forgotten, so an editor re-examines no more than it must.
    Not for use by several threads at once.
    """

    def __init__(self, tree: Tree, platform: Platform, settings: Settings | None = None) -> None:
        """`settings` say which rules run; None means all of them."""
        self.tree = tree
        self.platform = platform
        self.settings = settings
        self.latest: dict[Hashable, object] = {}
        """The newest value of some keys, forgotten or not: a computation may take parts of it that still hold."""
        self.questions = Questions()
        """Notes the questions about parts of files that the present computation asks."""
        self.is_edited = False
        """Whether texts change while the project lives, as in an editor, so that noting such questions pays."""
        self.interrupted: Callable[[], bool] | None = None
        """Asked often, and quick: whether nobody wants the present computation any more; `Interrupted` then ends it."""
        self._memory: dict[Hashable, _Memory] = {}
        self._unfinished: list[_Memory] = []
        self._asked_by: dict[Hashable, set[Hashable]] = {}
        self._used_by: dict[Hashable, set[Hashable]] = {}
        tree.listen(self._forget)

    def remember(self, key: Hashable, compute: Callable[[], T], renew: Renew[T] | None = None) -> T:
        """The value of `compute`, made once for `key`; what it asked of the tree counts as asked at each call.

        Args:
            key: Names the value.
            compute: Makes it.
            renew: Called with the value when something that it asked of the tree itself has changed. Where the value
                can take the change in, it lives on, and just those are forgotten that asked one of the questions
                which `renew` returns.
        """
        known = self._memory.get(key)
        if known is None:
            known = self._compute(key, compute)
            known.renew = renew
        if self._unfinished:
            self._unfinished[-1].uses.add(key)
        elif self.tree.is_recording:
            self.tree.record.update(self._everything(key))
        return cast("T", known.value)

    def is_open(self, path: str) -> bool:
        """Whether an editor shows the file, which is the one to change next: what is known of it is kept in pieces."""
        return self.is_edited and self.tree.overlaid(path) is not None

    def knows(self, key: Hashable) -> bool:
        """Whether a value is remembered for `key` that still holds."""
        return key in self._memory

    def recall(self, key: Hashable) -> Record | None:
        """Everything the value remembered for `key` rests on, or None where none is."""
        return self._everything(key) if key in self._memory else None

    def check_interruption(self) -> None:
        """Where a computation may end early.

        Raises:
            Interrupted: it is not wanted any more; nothing of it is remembered, and it can be asked for again.
        """
        if self.interrupted is not None and self.interrupted():
            raise Interrupted

    def release(self, kind: str) -> None:
        """Forget all that is remembered under keys `(kind, …)`, and what was made of it, to free memory.

        What is asked for afterwards is made anew: do not mix it with values that were made before.
        """
        self._drop_all([key for key in self._memory if isinstance(key, tuple) and key[0] == kind])
        for key in [key for key in self.latest if isinstance(key, tuple) and key[0] == kind]:
            del self.latest[key]

    def changed(self, paths: Iterable[str]) -> None:
        """Look at `paths` on disk again, and forget what rests on an answer that is now another.

        A path may be a file or a directory that was written, made or removed. Text laid over a file with
        `tree.set_overlay` needs no call.
        """
        self.tree.forget(paths)

    def _compute(self, key: Hashable, compute: Callable[[], object]) -> _Memory:
        self.check_interruption()
        made = _Memory()
        self._unfinished.append(made)
        try:
            with self.tree.recording(apart=True) as made.record, self.questions.collected() as made.questions:
                made.value = compute()
        except BaseException:
            self._unfinished.pop()
            self._pass_on(made)
            raise
        self._unfinished.pop()
        if key in self._memory:  # it was computed on the way to itself
            made.record.update(self._everything(key))
            made.questions |= self._memory[key].questions
            self._drop(key)
        self._memory[key] = made
        for ask in made.record.asks():
            self._asked_by.setdefault(ask, set()).add(key)
        for question in made.questions:
            self._asked_by.setdefault(question, set()).add(key)
        for used in made.uses:
            self._used_by.setdefault(used, set()).add(key)
        return made

    def _pass_on(self, failed: _Memory) -> None:
        """Whoever called for a value that could not be computed rests on what it asked."""
        if self._unfinished:
            self._unfinished[-1].uses |= failed.uses
            self.questions.ask_all(failed.questions)
        self.tree.record.update(failed.record)

    def _everything(self, key: Hashable) -> Record:
        memory = self._memory[key]
        if memory.everything is None:
            memory.everything = Record()
            seen: set[Hashable] = set()
            waiting = [key]
            while waiting:
                known = self._memory.get(waiting.pop())
                if known is not None:
                    memory.everything.update(known.record)
                    waiting.extend(known.uses - seen)
                    seen |= known.uses
        return memory.everything

    def _forget(self, changed: set[Ask]) -> None:
        waiting: list[Hashable] = []
        for key in {key for ask in changed for key in self._asked_by.get(ask, ())}:
            renew = self._memory[key].renew
            questions = renew(self._memory[key].value) if renew is not None else None
            if questions is None:
                waiting.append(key)
            else:
                waiting.extend(asker for question in questions for asker in self._asked_by.get(question, ()))
        self._drop_all(waiting)

    def _drop_all(self, waiting: list[Hashable]) -> None:
        """Forget the values of these keys, and what was made of them."""
        while waiting:
            key = waiting.pop()
            if key in self._memory:
                waiting.extend(self._used_by.get(key, ()))
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        known = self._memory.pop(key, None)
        if known is None:
            return
        for ask in (*known.record.asks(), *known.questions):
            askers = self._asked_by[ask]
            askers.discard(key)
            if not askers:
                del self._asked_by[ask]
        for used in known.uses:
            users = self._used_by[used]
            users.discard(key)
            if not users:
                del self._used_by[used]
