"""What is on the disk below a root, one directory scan at a time, with links that stay inside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Kind(Enum):
    """What stands at a path."""

    FILE = "file"
    DIRECTORY = "directory"


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link: the path from the root that it leads to in the end, or None where it leads out of the root
    or nowhere."""

    target: str | None


Entry = Kind | Link


class Disk:
    """Scans of directories, remembered until `forget`.

    Every path below is relative to the root, with `/`, and has no link in it (`place` makes such a path of any).
    A path is only ever followed by names that a scan has found, so no `..`, absolute path or wrong letter case leads
    anywhere, whatever the file system would make of it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._scans: dict[str, Mapping[str, Entry]] = {}
        self._with_links: set[str] = set()
        self._places: dict[str, str | None] = {"": ""}

    def scan(self, directory: str) -> Mapping[str, Entry]:
        """The entries of `directory` by name; empty where there is no directory that can be read.

        Left out is what is neither file, directory nor link, and each name that is not text.
        """
        known = self._scans.get(directory)
        if known is None:
            known = self._scans[directory] = self._scan(directory) if self._is_directory(directory) else {}
        return known

    def place(self, path: str) -> str | None:
        """The path to the same place without links, or None where a link on the way leads out of the root."""
        if path.startswith("/"):  # no path from the root
            return None
        for step in (path, *ancestors(path)):
            if step in self._places:
                found, rest = self._places[step], path[len(step) :].removeprefix("/" if step else "")
                break
        for name in rest.split("/") if step != path else ():
            if found is not None:
                entry = self.scan(found).get(name)
                found = entry.target if isinstance(entry, Link) else join(found, name) if name else None
            step = join(step, name)
            self._places[step] = found
        return found

    def has_links(self, directory: str) -> bool:
        """Whether there are links in `directory`, where it has been scanned."""
        return directory in self._with_links

    def read(self, file: str) -> bytes | None:
        """The bytes of `file`, or None where it cannot be read."""
        try:
            return (self._root / file).read_bytes()
        except OSError:
            return None

    def forget(self, path: str) -> None:
        """Drop what was seen of `path`, of the directories above it and of all below it."""
        below = [directory for directory in self._scans if directory.startswith(f"{path}/")] if path else self._scans
        for directory in [*below, *self._with_links, *ancestors(path), path]:
            self._scans.pop(directory, None)
        self._with_links.clear()
        self._places = {"": ""}

    def _is_directory(self, path: str) -> bool:
        """Whether each step to `path` was found by a scan of the directory above it."""
        for step in (*reversed(ancestors(path)[:-1]), path) if path else ():
            above, _, name = step.rpartition("/")
            if above not in self._scans:
                self._scans[above] = self._scan(above)
            if self._scans[above].get(name) is not Kind.DIRECTORY:
                return False
        return True

    def _scan(self, directory: str) -> Mapping[str, Entry]:
        found: dict[str, Entry] = {}
        try:
            with os.scandir(self._root / directory) as entries:
                for entry in entries:
                    kind = self._entry(entry)
                    if kind is not None and _is_text(entry.name):
                        found[entry.name] = kind
                        if isinstance(kind, Link):
                            self._with_links.add(directory)
        except OSError:  # no directory, not readable, or gone
            return found
        return found

    def _entry(self, entry: os.DirEntry[str]) -> Entry | None:
        if entry.is_symlink():
            return Link(self._target(entry.path))
        if entry.is_dir(follow_symlinks=False):
            return Kind.DIRECTORY
        return Kind.FILE if entry.is_file(follow_symlinks=False) else None

    def _target(self, link: str) -> str | None:
        try:
            target = os.path.realpath(link, strict=True)
        except OSError:  # it leads nowhere, or to itself
            return None
        root = os.path.join(self._root, "")  # noqa: PTH118 - the text with its separator is what is compared
        if target == str(self._root):
            return ""
        return target[len(root) :].replace(os.sep, "/") if target.startswith(root) else None


def join(directory: str, name: str) -> str:
    """The path of `name` in `directory`, which is empty for the root."""
    return f"{directory}/{name}" if directory else name


def ancestors(path: str) -> list[str]:
    """The directories above `path`, the nearest first, the root (empty) last; none for the root."""
    found = []
    while path:
        path = path.rpartition("/")[0]
        found.append(path)
    return found


def _is_text(name: str) -> bool:
    """Whether the name's bytes were UTF-8; Python carries others in lone surrogates."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)
