"""What is left out of a project: by `.gitignore` and `.vercelignore`, and what nobody deploys as source.

Left out in any case are hidden directories, `node_modules`, and virtual environments (a directory with a
`pyvenv.cfg`).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from vlint.project.tree import Kind, ancestors, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    from vlint.project.tree import Tree

GIT_IGNORE = ".gitignore"
VERCEL_IGNORE = ".vercelignore"
_DEPENDENCIES = "node_modules"
_ENVIRONMENT = "pyvenv.cfg"


@dataclass(frozen=True, slots=True)
class IgnoredBy:
    """Which line keeps a path out: `line` counts from 1 in the ignore file `path`."""

    path: str
    line: int
    pattern: str


@dataclass(frozen=True, slots=True)
class _IgnoreFile:
    """An ignore file's patterns, and the directory that they are relative to."""

    path: str
    directory: str
    patterns: Sequence[tuple[int, str, GitIgnoreSpecPattern]]

    def verdict(self, path: str, kind: Kind) -> tuple[bool, IgnoredBy] | None:
        """Whether the last pattern that matches leaves `path` out or takes it back in; None where none matches."""
        relative = path[len(self.directory) :].lstrip("/") + ("/" if kind is Kind.DIRECTORY else "")
        for line, text, pattern in reversed(self.patterns):
            if pattern.match_file(relative) is not None:
                return bool(pattern.include), IgnoredBy(self.path, line, text)
        return None


def ignored_by(tree: Tree, path: str, *, name: str | None = None) -> IgnoredBy | None:
    """The line of an ignore file that keeps the file `path` out, or None.

    Args:
        tree: The files.
        path: A file's path; it need not be there.
        name: Only files of this name count (`.gitignore` or `.vercelignore`); None takes both.
    """
    files: list[_IgnoreFile] = []
    steps = [*reversed(ancestors(path)), path]
    for directory, step in itertools.pairwise(steps):
        files += _ignore_files(tree, directory, name)
        kind = Kind.FILE if step == path else Kind.DIRECTORY
        found = _first(files, step, kind)
        if found is not None:
            return found
    return None


def walk(tree: Tree, directory: str = "") -> Iterator[str]:
    """The files below `directory` that are part of the project, each directory's in order of their names.

    Directories behind symbolic links are not entered, so no loop is walked and no file met twice.
    """
    files: list[_IgnoreFile] = []
    for above in reversed(ancestors(directory)):
        files += _ignore_files(tree, above, None)
    waiting = [(directory, files)]
    while waiting:
        directory, above_files = waiting.pop()
        entries = tree.entries(directory)
        if directory and _ENVIRONMENT in entries:
            continue
        files = [*above_files, *_ignore_files(tree, directory, None)]
        for name, kind in entries.items():
            path = join(directory, name)
            if kind is Kind.DIRECTORY and (name.startswith(".") or name == _DEPENDENCIES or tree.is_link(path)):
                continue
            if files and _first(files, path, kind) is not None:
                continue
            if kind is Kind.FILE:
                yield path
            else:
                waiting.append((path, files))


def _first(files: Sequence[_IgnoreFile], path: str, kind: Kind) -> IgnoredBy | None:
    """What leaves out one path, the directories above it taken as not left out: the deepest file that has a say."""
    for own_name in (GIT_IGNORE, VERCEL_IGNORE):
        for file in reversed(files):
            if file.path.rpartition("/")[2] == own_name:
                verdict = file.verdict(path, kind)
                if verdict is not None and verdict[0]:
                    return verdict[1]
                if verdict is not None:
                    break
    return None


def _ignore_files(tree: Tree, directory: str, name: str | None) -> list[_IgnoreFile]:
    """The ignore files in `directory`: Git reads one in each, the platform its own at the root only."""
    names = [GIT_IGNORE] if directory else [GIT_IGNORE, VERCEL_IGNORE]
    found = []
    for own_name in names:
        if name in (None, own_name):
            content = tree.read(join(directory, own_name))
            if content is not None:
                found.append(_IgnoreFile(join(directory, own_name), directory, _patterns(content)))
    return found


@lru_cache(maxsize=256)
def _patterns(content: bytes) -> Sequence[tuple[int, str, GitIgnoreSpecPattern]]:
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    found = []
    for number, line in enumerate(content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n"), start=1):
        try:
            pattern = GitIgnoreSpecPattern(line.removesuffix("\r"))
        except ValueError:  # Git takes no notice of a pattern that it cannot read
            continue
        if pattern.include is not None:
            found.append((number, line.strip(), pattern))
    return tuple(found)
