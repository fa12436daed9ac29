"""The files below a project root, with unsaved text laid over them and a record of every question asked.

Every path is relative to the root, with `/`, without `.` or `..` segments; the root itself is the empty string.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Kind(Enum):
    """What stands at a path."""

    FILE = "file"
    DIRECTORY = "directory"


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

    def touches(self, paths: Iterable[str]) -> bool:
        """Whether a change (of text, or by creation or removal) of one of `paths` can change an answer."""
        for path in paths:
            if path in self.reads or path in self.lookups or path in self.listings:
                return True
            if path.rpartition("/")[0] in self.listings:
                return True
        return False


class Tree:
    """Reads, existence tests and listings below a root; never outside it, and through no link that leads out."""

    def __init__(self, root: str | os.PathLike[str], overlay: Mapping[str, str] | None = None) -> None:
        """Open `root`; `overlay` maps relative paths to text that stands in for the file (or makes one)."""
        self.root = Path(root).resolve()
        self._overlay: dict[str, str] = dict(overlay or {})
        self._records: list[Record] = [Record()]
        self._bytes: dict[str, bytes | None] = {}
        self._kinds: dict[str, Kind | None] = {}
        self._listings: dict[str, tuple[str, ...]] = {}

    @contextmanager
    def recording(self) -> Iterator[Record]:
        """Collect what is asked within the block; at its end it is added to the record around it too."""
        record = Record()
        self._records.append(record)
        try:
            yield record
        finally:
            self._records.remove(record)
            self._records[-1].update(record)

    @property
    def record(self) -> Record:
        """The innermost record that is being written."""
        return self._records[-1]

    def set_overlay(self, path: str, text: str | None) -> None:
        """Lay `text` over `path`, or take the overlay away with None."""
        if text is None:
            self._overlay.pop(path, None)
        else:
            self._overlay[path] = text
        self.forget([path])

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what is remembered about `paths` and about the directories that hold them: they changed on disk."""
        for path in paths:
            self._bytes.pop(path, None)
            while True:
                self._kinds.pop(path, None)
                self._listings.pop(path, None)
                if not path:
                    break
                path = path.rpartition("/")[0]

    def read(self, path: str) -> bytes | None:
        """The bytes of the file `path`, or None where there is no readable file. Overlaid text is given in UTF-8."""
        self.record.reads.add(path)
        if path in self._overlay:
            return self._overlay[path].encode("utf-8", "surrogatepass")
        if path not in self._bytes:
            self._bytes[path] = self._read(path)
        return self._bytes[path]

    def overlaid(self, path: str) -> str | None:
        """The overlaid text of `path`, or None where the file on disk is what counts."""
        return self._overlay.get(path)

    def kind(self, path: str) -> Kind | None:
        """What stands at `path`, or None. The case of every letter has to match, on every system."""
        self.record.lookups.add(path)
        if path in self._overlay:
            return Kind.FILE
        if path not in self._kinds:
            self._kinds[path] = self._kind(path)
        return self._kinds[path]

    def is_file(self, path: str) -> bool:
        """Whether a regular file is at `path`."""
        return self.kind(path) is Kind.FILE

    def is_directory(self, path: str) -> bool:
        """Whether a directory is at `path`."""
        return self.kind(path) is Kind.DIRECTORY

    def list(self, path: str) -> tuple[str, ...]:
        """The names in the directory `path`, sorted; empty where there is none."""
        self.record.listings.add(path)
        if path not in self._listings:
            self._listings[path] = self._list(path)
        return self._listings[path]

    def _inside(self, path: str) -> Path | None:
        resolved = Path(os.path.realpath(self.root / path))
        return resolved if resolved == self.root or self.root in resolved.parents else None

    def _read(self, path: str) -> bytes | None:
        place = self._inside(path)
        try:
            return place.read_bytes() if place is not None and place.is_file() else None
        except OSError:
            return None

    def _kind(self, path: str) -> Kind | None:
        place = self._inside(path)
        if place is None:
            return None
        try:
            mode = place.stat().st_mode
        except OSError:
            return None
        if stat.S_ISDIR(mode):
            return Kind.DIRECTORY
        return Kind.FILE if stat.S_ISREG(mode) else None

    def _list(self, path: str) -> tuple[str, ...]:
        place = self._inside(path)
        names = set()
        if place is not None:
            try:
                names = set(os.listdir(place))
            except OSError:
                names = set()
        prefix = f"{path}/" if path else ""
        for overlaid in self._overlay:
            if overlaid.startswith(prefix):
                names.add(overlaid[len(prefix) :].partition("/")[0])
        return tuple(sorted(names))
