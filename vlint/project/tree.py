"""The files below a project root, with unsaved text laid over them and a record of every question asked.

Every path is relative to the root, with `/`, without `.` or `..` segments; the root itself is the empty string.
A path of any other form leads to nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vlint.project.disk import Disk, Entry, Kind, Link, ancestors, join

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["Ask", "Kind", "Record", "Tree", "ancestors", "join"]

Ask = tuple[Literal["read", "kind", "entries", "links"], str]
"""A question asked of the tree and the path it was about."""

_LONGEST = 4096
"""No system opens a longer path; text that is taken for one can be of any length."""


@dataclass(slots=True)
class Record:
    """What a check asked of the tree: its findings can only change when an answer to one of these does.

    Attributes:
        reads: Files whose bytes were asked for (there or not).
        lookups: Paths whose existence or kind was asked for.
        listings: Directories whose entries were asked for.
    """

    reads: set[str] = field(default_factory=set)
    lookups: set[str] = field(default_factory=set)
    listings: set[str] = field(default_factory=set)

    def update(self, other: Record) -> None:
        """Add what `other` holds."""
        self.reads |= other.reads
        self.lookups |= other.lookups
        self.listings |= other.listings

    def asks(self) -> Iterator[Ask]:
        """Everything in the record, as the tree knows it."""
        yield from (("read", path) for path in self.reads)
        yield from (("kind", path) for path in self.lookups)
        yield from (("entries", path) for path in self.listings)
        yield from (("links", path) for path in self.listings)

    def touches(self, paths: Iterable[str]) -> bool:
        """Whether a change (of text, or by creation or removal) at one of `paths` can change an answer.

        That is so for what was asked about the path, about a directory above it (which comes and goes with it), and
        about what lies below it.
        """
        asked = self.reads | self.lookups | self.listings
        for path in paths:
            if path in asked or not asked.isdisjoint(ancestors(path)):
                return True
            if any(other.startswith(f"{path}/") for other in asked) or (not path and asked):
                return True
        return False


class Tree:
    """Reads, existence tests and listings below a root; never outside it, and through no link that leads out.

    Each answer is kept until `forget` or `set_overlay` finds that it is no longer right; those who `listen` are told
    which answers changed. Not for use by several threads at once.
    """

    def __init__(self, root: str | os.PathLike[str], overlay: Mapping[str, str] | None = None) -> None:
        """Open `root`; `overlay` maps relative paths to text that stands in for the file (or makes one)."""
        self.root = Path(root).resolve()
        self._disk = Disk(self.root)
        self._overlay: dict[str, str] = dict(overlay or {})
        self._laid: _Laid | None = None
        self._records: list[Record] = [Record()]
        self._answers: dict[Ask, object] = {}
        self._asked_below: dict[str, set[str]] = {}
        self._through_links: set[Ask] = set()
        self._listeners: list[Callable[[set[Ask]], None]] = []

    @contextmanager
    def recording(self, *, apart: bool = False) -> Iterator[Record]:
        """Collect what is asked within the block; at its end it is added to the record around it, unless `apart`."""
        record = Record()
        self._records.append(record)
        try:
            yield record
        finally:
            self._records.pop()
            if not apart:
                self._records[-1].update(record)

    @property
    def is_recording(self) -> bool:
        """Whether somebody collects what is asked."""
        return len(self._records) > 1

    @property
    def record(self) -> Record:
        """The innermost record that is being written."""
        return self._records[-1]

    def listen(self, listener: Callable[[set[Ask]], None]) -> None:
        """Have `listener` called with the questions whose answers have changed, each time some have."""
        self._listeners.append(listener)

    def set_overlay(self, path: str, text: str | None) -> None:
        """Lay `text` over `path`, or take the overlay away with None."""
        if self._overlay.get(path) == text:
            return
        if text is None:
            del self._overlay[path]
        else:
            self._overlay[path] = text
        self._settle([path, *self._lay_again()])

    def overlaid(self, path: str) -> str | None:
        """The overlaid text of `path`, or None where the file on disk is what counts."""
        return self._overlay.get(path)

    def forget(self, paths: Iterable[str]) -> None:
        """Look again at `paths`, at the directories that hold them and at what lies below: they changed on disk."""
        paths = list(paths)
        for path in paths:
            self._disk.forget(path)
        self._settle([*paths, *self._lay_again()])

    def read(self, path: str) -> bytes | None:
        """The bytes of the file `path`, or None where there is no readable file. Overlaid text is given in UTF-8."""
        self.record.reads.add(path)
        answer = self._ask(("read", path))
        assert answer is None or isinstance(answer, bytes)
        return answer

    def kind(self, path: str) -> Kind | None:
        """What stands at `path`, or None. The case of every letter has to match, on every system."""
        self.record.lookups.add(path)
        answer = self._ask(("kind", path))
        assert answer is None or isinstance(answer, Kind)
        return answer

    def is_file(self, path: str) -> bool:
        """Whether a regular file is at `path`."""
        return self.kind(path) is Kind.FILE

    def is_directory(self, path: str) -> bool:
        """Whether a directory is at `path`."""
        return self.kind(path) is Kind.DIRECTORY

    def entries(self, path: str) -> Mapping[str, Kind]:
        """The files and directories in the directory `path`, by name in order; empty where there is none."""
        self.record.listings.add(path)
        answer = self._ask(("entries", path))
        assert isinstance(answer, dict)
        return answer

    def list(self, path: str) -> tuple[str, ...]:
        """The names in the directory `path`, sorted; empty where there is none."""
        return tuple(self.entries(path))

    def is_link(self, path: str) -> bool:
        """Whether a symbolic link stands at `path`; walks leave directories behind links alone."""
        above, _, name = path.rpartition("/")
        self.record.listings.add(above)
        answer = self._ask(("links", above))
        assert isinstance(answer, frozenset)
        return name in answer

    def _ask(self, ask: Ask) -> object:
        if ask not in self._answers:
            self._answers[ask] = self._answer(ask)
            if len(ask[1]) <= _LONGEST:
                self._index(ask)
        return self._answers[ask]

    def _index(self, ask: Ask) -> None:
        """Let a later change find the question: by its path, or at once where links make it rest on other places."""
        path = ask[1]
        place = self._disk.place(path)
        if place != path or self._disk.has_links(place):
            self._through_links.add(ask)
        for above in ancestors(path):
            below = self._asked_below.setdefault(above, set())
            if path in below:
                break
            below.add(path)
            path = above

    def _answer(self, ask: Ask) -> object:
        question, path = ask
        place = self._disk.place(path) if len(path) <= _LONGEST else None
        if question == "entries":
            return {} if place is None else self._entries(place)
        if question == "links":
            entries = {} if place is None else self._disk.scan(place)
            return frozenset(name for name, entry in entries.items() if isinstance(entry, Link))
        if question == "kind":
            return None if place is None else self._kind(place)
        if place is None or self._kind(place) is not Kind.FILE:
            return None
        text = self._overlays.files.get(place)
        return self._disk.read(place) if text is None else text.encode("utf-8", "surrogatepass")

    def _kind(self, place: str) -> Kind | None:
        """What stands at a path without links, overlays counted."""
        if not place or place in self._overlays.directories:
            return Kind.DIRECTORY
        if place in self._overlays.files:
            return Kind.FILE
        if any(above in self._overlays.files and above not in self._overlays.directories for above in ancestors(place)):
            return None  # a file was laid over the directory
        above, _, name = place.rpartition("/")
        return self._kind_of(self._disk.scan(above).get(name))

    def _entries(self, place: str) -> Mapping[str, Kind]:
        if self._kind(place) is not Kind.DIRECTORY:
            return {}
        found = {name: self._kind_of(entry) for name, entry in self._disk.scan(place).items()}
        found |= self._overlays.directories.get(place, {})
        return {name: kind for name, kind in sorted(found.items()) if kind is not None}

    def _kind_of(self, entry: Entry | None) -> Kind | None:
        if isinstance(entry, Link):
            return None if entry.target is None else self._kind(entry.target)
        return entry

    @property
    def _overlays(self) -> _Laid:
        if self._laid is None:
            self._laid = _Laid.over(self._disk, self._overlay)
        return self._laid

    def _lay_again(self) -> Iterable[str]:
        """Find anew where the overlays lie; the places with another text now, or turned from file to directory."""
        before, self._laid = self._laid or _Laid({}, {}), None
        after = self._overlays
        files = before.files.keys() | after.files.keys()
        moved = {place for place in files if before.files.get(place) != after.files.get(place)}
        return moved | (files & (before.directories.keys() ^ after.directories.keys()))

    def _settle(self, paths: Iterable[str]) -> None:
        """Answer again each question that a change at `paths` can concern, and tell whose answers differ."""
        suspects = set(self._through_links)
        for path in paths:
            for asked in [path, *ancestors(path), *self._asked(path)]:
                suspects.update((("read", asked), ("kind", asked), ("entries", asked), ("links", asked)))
        changed = set()
        for ask in suspects & self._answers.keys():
            before = self._answers.pop(ask)
            self._through_links.discard(ask)
            if self._ask(ask) != before:
                changed.add(ask)
        if changed:
            for listener in self._listeners:
                listener(changed)

    def _asked(self, directory: str) -> Iterator[str]:
        """The paths below `directory` that questions were about."""
        waiting = [directory]
        while waiting:
            below = self._asked_below.get(waiting.pop(), ())
            yield from below
            waiting.extend(below)


@dataclass(frozen=True, slots=True)
class _Laid:
    """The overlays by where they come to lie when links are followed; a file's directories exist with it."""

    files: Mapping[str, str]
    directories: Mapping[str, Mapping[str, Kind]]

    @classmethod
    def over(cls, disk: Disk, overlay: Mapping[str, str]) -> _Laid:
        files = {}
        directories: dict[str, dict[str, Kind]] = {}
        for path, text in overlay.items():
            place = disk.place(path)
            if place and not {"", ".", ".."} & set(place.split("/")):
                files[place] = text
                kind = Kind.FILE
                for above in ancestors(place):
                    name = place[len(above) :].lstrip("/")
                    entries = directories.setdefault(above, {})
                    entries[name] = kind if entries.get(name) is not Kind.DIRECTORY else Kind.DIRECTORY
                    place, kind = above, Kind.DIRECTORY
        return cls(files, directories)
