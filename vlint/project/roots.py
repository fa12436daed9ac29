"""Which project roots the paths of a command line mean.

A directory that is named is a root, and so is each directory below it with a `vercel.json`. A file that is named
belongs to the nearest root above it, which is the first of:

1. the nearest directory with a `vercel.json`;
2. the working directory, where the file lies below it and it looks like a root (`vlint api/index.py` means what
   `vlint .` means there);
3. the nearest directory that is a Git repository;
4. the directory that holds the outermost `api/` on the file's path;
5. the nearest directory with a manifest;
6. the file's own directory.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vlint.platform import load_platform
from vlint.project.ignore import walk
from vlint.project.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

_REPOSITORY = ".git"


@dataclass(frozen=True, slots=True)
class Root:
    """A project root (absolute), and which of its files are meant: paths from the root, or None for all."""

    directory: Path
    files: frozenset[str] | None = None


def find_roots(paths: Iterable[Path], working_directory: Path | None = None) -> tuple[Root, ...]:
    """The roots that `paths` mean, by directory. A root that is also named as a whole is meant as a whole.

    Raises:
        FileNotFoundError: One of `paths` is not there.
    """
    home = (working_directory or Path.cwd()).resolve()
    wanted: dict[Path, set[str] | None] = {}
    for path in paths:
        place = (home / path).resolve()
        if place.is_dir():
            wanted |= dict.fromkeys([place, *_nested(place)])
        elif place.exists():
            root = root_of(place, home)
            files = wanted.setdefault(root, set())
            if files is not None:
                files.add(place.relative_to(root).as_posix())
        else:
            raise FileNotFoundError(path)
    return tuple(
        Root(directory, None if files is None else frozenset(files)) for directory, files in sorted(wanted.items())
    )


def root_of(file: Path, working_directory: Path | None = None) -> Path:
    """The root that `file` (absolute; it need not exist) belongs to, by the order at the head of this module."""
    facts = load_platform().functions
    above = list(file.parents)
    configured = next((directory for directory in above if (directory / facts.root_file).is_file()), None)
    if configured is not None:
        return configured
    signs = (facts.directory, _REPOSITORY, *facts.root_signs)
    if working_directory in above and any((working_directory / sign).exists() for sign in signs):
        return working_directory
    repository = next((directory for directory in above if (directory / _REPOSITORY).exists()), None)
    if repository is not None:
        return repository
    holders = [directory.parent for directory in above if directory.name == facts.directory]
    if holders:
        return holders[-1]
    return next(
        (directory for directory in above if any((directory / sign).exists() for sign in facts.root_signs)),
        file.parent,
    )


def _nested(directory: Path) -> list[Path]:
    """The directories below `directory` with a configuration of their own; what is ignored is not looked into."""
    name = load_platform().functions.root_file
    return [directory / path.rpartition("/")[0] for path in walk(Tree(directory)) if path.rpartition("/")[2] == name]
