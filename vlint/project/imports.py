"""Which files an import of the project's own modules leads to, as Python's path finder has it at run time.

The platform puts the project root on `sys.path`, and no other directory of the project; a module may add more, and
the caller passes those. In each entry a package (a directory with `__init__.py`) wins over a module, and a module
over a plain directory, which is at most a portion of a namespace package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.tree import Kind, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.project.tree import Tree

ROOT_ONLY = ("",)
"""What the platform itself puts on `sys.path`: the project root."""

_INITIALIZER = "__init__"
_SOURCE = ".py"
_COMPILED = (".so", ".pyd", ".pyc")
"""How a module ends that Python loads but nobody can read here; an extension has its ABI before `.so`."""


@dataclass(frozen=True, slots=True)
class Import:
    """Where a dotted name leads.

    Attributes:
        name: The absolute dotted name that was looked for.
        found: Whether all of it is in the project.
        executed: The project's files that importing it runs, in order: the packages' `__init__.py`, then the module.
        file: The file that defines the module of this name; None for a namespace package, a compiled module, and
            where it was not found.
        directories: Where its submodules are looked for; empty for a module that is no package.
        missing: The first part of the name that is not there (`api.helper` of `api.helper.tools`), or None.
        looked_for: Every path that would have satisfied the missing part, in the order in which they are tried.
        is_of_compiled: Whether what is missing is looked for in a compiled module, which may bring it along.
    """

    name: str
    found: bool
    executed: tuple[str, ...] = ()
    file: str | None = None
    directories: tuple[str, ...] = ()
    missing: str | None = None
    looked_for: tuple[str, ...] = ()
    is_of_compiled: bool = False

    @property
    def begins(self) -> bool:
        """Whether at least its first part is in the project, so that the project is what answers for it."""
        return self.found or (self.missing is not None and "." in self.missing)


def resolve_import(tree: Tree, name: str, entries: Sequence[str] = ROOT_ONLY) -> Import:
    """Follow the absolute dotted `name` from the directories `entries`, which stand on `sys.path` in this order.

    The standard library is not considered: of names that both have, the project's files come first on `sys.path`.
    """
    executed: list[str] = []
    directories = tuple(entries)
    file: str | None = None
    parts = name.split(".")
    for count, part in enumerate(parts, start=1):
        step = _find(tree, part, directories)
        if step is None:
            return Import(
                name=name,
                found=False,
                executed=tuple(executed),
                missing=".".join(parts[:count]),
                looked_for=tuple(path for entry in directories for path in _candidates(join(entry, part))),
                is_of_compiled=count > 1 and file is None and _is_compiled(tree, directories),
            )
        file, directories = step
        if file is not None:
            executed.append(file)
    return Import(name, found=True, executed=tuple(executed), file=file, directories=directories)


def _find(tree: Tree, part: str, directories: Sequence[str]) -> tuple[str | None, tuple[str, ...]] | None:
    """The file and the submodule directories of one part of a name, or None where no directory has it."""
    portions = []
    for directory in directories:
        path = join(directory, part)
        is_directory = tree.kind(path) is Kind.DIRECTORY
        if is_directory and tree.is_file(f"{path}/{_INITIALIZER}{_SOURCE}"):
            return f"{path}/{_INITIALIZER}{_SOURCE}", (path,)
        if is_directory and _has_compiled(tree, path, _INITIALIZER):
            return None, (path,)
        if tree.is_file(path + _SOURCE) and not _has_compiled(tree, directory, part, (".so", ".pyd")):
            return path + _SOURCE, ()
        if _has_compiled(tree, directory, part):
            return None, ()
        if is_directory:
            portions.append(path)
    return (None, tuple(portions)) if portions else None


def _is_compiled(tree: Tree, directories: Sequence[str]) -> bool:
    """Whether a module without a file to read, with these directories of submodules, is there as compiled code."""
    return not directories or any(_has_compiled(tree, directory, _INITIALIZER) for directory in directories)


def _has_compiled(tree: Tree, directory: str, stem: str, endings: Sequence[str] = _COMPILED) -> bool:
    """Whether `directory` has the module as compiled code (`stem.so`, `stem.cpython-312-x86_64-linux-gnu.so`, …)."""
    return any(
        name.startswith(f"{stem}.") and name.endswith(tuple(endings))
        for name, kind in tree.entries(directory).items()
        if kind is Kind.FILE
    )


def _candidates(path: str) -> tuple[str, str]:
    return f"{path}/{_INITIALIZER}{_SOURCE}", path + _SOURCE
