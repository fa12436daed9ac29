"""One segment of a glob pattern (what stands between two slashes), read as minimatch reads it."""

from __future__ import annotations

from dataclasses import dataclass

from vlint.project.glob_parts import (
    AnyCharacter,
    AnyText,
    Class,
    Group,
    Literal,
    Name,
    NotEmpty,
    NotHidden,
    Part,
    run,
)

_WILDCARDS = "?*+@!"
_SPECIAL = frozenset("().*{}+?[]^$\\!")
"""What a backslash makes literal; before any other character it is dropped and the character keeps its meaning."""


@dataclass(frozen=True)
class Segment:
    """A segment ready to match: literal text, or parts. `exact` is as for a `Glob`."""

    literal: str | None
    parts: tuple[Part, ...] = ()
    exact: bool = True

    def matches(self, text: str) -> bool:
        """Whether it matches the whole name."""
        if self.literal is not None:
            return text == self.literal
        name = Name(text)
        return bool(run(self.parts, name, 1) >> len(text) & 1)


def parse_segment(pattern: str, *, dot: bool = False) -> Segment:
    """Read one segment, as minimatch does."""
    reader = _Reader(pattern, dot=dot)
    parts = reader.read()
    if not reader.magic:
        return Segment(_without_escapes(pattern), (), reader.exact)
    return Segment(None, tuple(parts), reader.exact)


def _without_escapes(pattern: str) -> str:
    found, escaping = "", False
    for character in pattern:
        if character == "\\" and not escaping:
            escaping = True
        else:
            found += character
            escaping = False
    return found + ("\\" if escaping else "")


class _Reader:
    """Reads a segment from left to right into parts."""

    def __init__(self, pattern: str, *, dot: bool, inner: bool = False) -> None:
        self.pattern = pattern
        self.dot = dot
        self.inner = inner
        self.magic = False
        self.exact = True
        self.place = 0
        self.waiting = ""
        self.top: list[Part] = []
        self.open: list[tuple[Group, list[Part]]] = []
        self.negations: list[tuple[Group, int, int, int]] = []

    @property
    def parts(self) -> list[Part]:
        """Where the next part goes."""
        return self.open[-1][0].alternatives[-1] if self.open else self.top

    def read(self) -> list[Part]:
        """All parts, with what guards the beginning of a name."""
        while self.place < len(self.pattern):
            self._next()
        while self.open:
            self._reopen_as_text()
        self._put_waiting()
        self._give_negations_their_rest()
        begins_with_wildcard = bool(self.top) and not isinstance(self.top[0], Literal)
        guards: list[Part] = []
        if begins_with_wildcard and not self.pattern.startswith("."):
            guards.append(NotHidden(self.dot))
        if self.magic and self.top:
            guards.append(NotEmpty())
        return [*guards, *self.top]

    def _next(self) -> None:
        character = self.pattern[self.place]
        self.place += 1
        if character == "(" and self.waiting:
            self.open.append((Group(self.waiting), self.parts))
            self.waiting = ""
        elif character in ")|" and self.open:
            self._put_waiting()
            if character == ")":
                self._close()
            else:
                self.open[-1][0].alternatives.append([])
        elif character in ")|]":
            self._literal(character)  # before the wildcard that waits: minimatch turns them round
        else:
            self._put_waiting()
            if character in _WILDCARDS:
                self.waiting = character
            elif character == "\\":
                self._escape()
            elif character == "[":
                self._class()
            else:
                self._literal(character)

    def _put_waiting(self) -> None:
        """Put the wildcard that might have begun a group."""
        if self.waiting:
            self.parts.append(_wildcard(self.waiting))
            self.magic = self.magic or self.waiting in "*?"
            self.waiting = ""

    def _literal(self, character: str) -> None:
        self.parts.append(Literal(character))

    def _escape(self) -> None:
        following = self.pattern[self.place : self.place + 1]
        if following == "@" or (following == "\\" and self.pattern[self.place + 1 : self.place + 2] == "("):
            self.exact = False  # minimatch forgets the backslash, or counts the bracket behind it
        self._literal(following or "\\")
        self.place += 1

    def _close(self) -> None:
        group, around = self.open.pop()
        self.magic = True
        around.append(group)
        if group.kind == "!":
            if self.open:
                self.exact = False
            self.negations.append((group, len(self.top), self.place, self._start_of(group)))

    def _start_of(self, group: Group) -> int:
        """Where the `!(` of a group that has just been closed begins, to tell what stands before it."""
        depth = 0
        for place in range(self.place - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(self.pattern[place], 0)
            if depth == 0:
                return place - 1
        return 0

    def _reopen_as_text(self) -> None:
        """A group that is never closed is read as the text that it is, its wildcards apart."""
        group, around = self.open.pop()
        self.magic = True
        around += [_wildcard(group.kind), Literal("(")]
        for count, parts in enumerate(group.alternatives):
            if count:
                around.append(Literal("|"))
            around.extend(parts)
        if self.negations:
            self.exact = False

    def _give_negations_their_rest(self) -> None:
        for group, behind, end, start in self.negations:
            group.following = self.top[behind:]
            if "(" in self.pattern[:start] and ")" in self.pattern[end:]:
                self.exact = False  # minimatch then drops a bracket of what follows
            if self.inner:
                self.exact = False

    def _class(self) -> None:
        """`[…]`; one that is never closed, or has a range the wrong way round, is read as text."""
        end = self._class_end()
        body = self.pattern[self.place : end]
        ranges = None if end is None else _ranges(body)
        if body.lstrip("!^").startswith("]") and set(body) & (_SPECIAL | {"-"}) - {"]", "!", "^", "."}:
            self.exact = False  # minimatch tries it as a regular expression, which may not be one
        if ranges is None:
            self._class_as_text(body, closed=end is not None)
        else:
            self.magic = True
            self.parts.append(Class(*ranges))
        self.place = len(self.pattern) if end is None else end + 1

    def _class_as_text(self, body: str, *, closed: bool) -> None:
        if body in ("", "**"):
            body = "undefined"  # which is what minimatch makes of it, when there are wildcards elsewhere
        inner = _Reader(body, dot=self.dot, inner=True)
        self.parts.extend([Literal("["), *inner.read()])
        self.magic = self.magic or inner.magic
        self.exact = self.exact and inner.exact and not body.endswith("\\")
        if closed:
            self._literal("]")

    def _class_end(self) -> int | None:
        place = self.place
        while place < len(self.pattern):
            if self.pattern[place] == "\\":
                place += 1
            elif self.pattern[place] == "]" and place > self.place:
                return place
            place += 1
        return None


def _wildcard(character: str) -> Part:
    return AnyText() if character == "*" else AnyCharacter() if character == "?" else Literal(character)


def _ranges(body: str) -> tuple[tuple[tuple[str, str], ...], bool] | None:
    """The ranges of a class and whether it is inverted; None where one runs backwards."""
    inverted = body[:1] in ("!", "^")
    characters = _without_escapes(body[1:] if inverted else body)
    found = []
    place = 0
    while place < len(characters):
        low = high = characters[place]
        if characters[place + 1 : place + 2] == "-" and place + 2 < len(characters):
            high = characters[place + 2]
            place += 2
        if low > high:
            return None
        found.append((low, high))
        place += 1
    return tuple(found), inverted
