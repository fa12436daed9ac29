"""What a segment of a glob is made of: literal characters, wildcards, classes and extended groups.

Each part takes the set of places in a name where it can start and gives the set where it can end. A set is an integer
with one bit a place, so no pattern takes more than polynomial time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Name:
    """A name to match, with what the parts find out about it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.everywhere = (2 << len(text)) - 1
        self.memory: dict[tuple[int, int], int] = {}

    def where(self, holds: Sequence[bool]) -> int:
        """The set of places whose character passes."""
        return sum(1 << place for place, passes in enumerate(holds) if passes)


class Part(Protocol):
    """Something that a stretch of a name can match."""

    def ends(self, name: Name, starts: int) -> int:
        """The places where a match that starts at one of `starts` can end."""
        ...


@dataclass(frozen=True)
class Literal:
    """A character that stands for itself."""

    character: str

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`."""
        return (starts & name.where([character == self.character for character in name.text])) << 1


@dataclass(frozen=True)
class Class:
    """One character of a set (`[a-z]`), or not of it (`[!a-z]`)."""

    ranges: tuple[tuple[str, str], ...]
    inverted: bool = False

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`."""
        passes = [any(low <= c <= high for low, high in self.ranges) is not self.inverted for c in name.text]
        return (starts & name.where(passes)) << 1


@dataclass(frozen=True)
class AnyCharacter:
    """`?`."""

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`."""
        return (starts << 1) & name.everywhere


@dataclass(frozen=True)
class AnyText:
    """`*`."""

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`."""
        return name.everywhere & -(starts & -starts) if starts else 0


@dataclass(frozen=True)
class NotHidden:
    """Nothing, but not before a full stop: stands before a wildcard that begins a pattern."""

    dot: bool

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`. With `dot` only the names `.` and `..` are refused."""
        if self.dot:
            return 0 if starts & 1 and name.text in (".", "..") else starts
        return starts & ~name.where([character == "." for character in name.text])


@dataclass(frozen=True)
class NotEmpty:
    """Nothing, but not at the end of the name."""

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`."""
        return starts & ~(1 << len(name.text))


@dataclass(eq=False)
class Group:
    """`?(…)`, `*(…)`, `+(…)`, `@(…)` and `!(…)`: its alternatives once, any number of times, or anything else.

    Attributes:
        kind: The character before the bracket.
        alternatives: What stands between the bars.
        following: For `!(…)` the parts after it: it matches whatever an alternative with these does not.
    """

    kind: str
    alternatives: list[list[Part]] = field(default_factory=lambda: [[]])
    following: list[Part] = field(default_factory=list)

    def ends(self, name: Name, starts: int) -> int:
        """See `Part`."""
        found = 0
        for place in _places(starts):
            key = (id(self), place)
            if key not in name.memory:
                name.memory[key] = self._ends(name, place)
            found |= name.memory[key]
        return found

    def _ends(self, name: Name, place: int) -> int:
        start = 1 << place
        if self.kind == "!":
            rest = run(self.following, name, self._once(name, start))
            refused = rest if self.following else rest & (1 << len(name.text))
            return 0 if refused else AnyText().ends(name, start)
        once = self._once(name, start)
        if self.kind == "@":
            return once
        if self.kind == "?":
            return once | start
        reached, fresh = 0, once
        while fresh:
            reached |= fresh
            fresh = self._once(name, fresh) & ~reached
        return reached | start if self.kind == "*" else reached

    def _once(self, name: Name, starts: int) -> int:
        found = 0
        for parts in self.alternatives:
            found |= run(parts, name, starts)
        return found


def run(parts: Sequence[Part], name: Name, starts: int) -> int:
    """The places where all of `parts`, one after the other, can end."""
    for part in parts:
        if not starts:
            break
        starts = part.ends(name, starts)
    return starts


def _places(places: int) -> Iterator[int]:
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest
