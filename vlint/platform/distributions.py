"""Which distribution a module comes from (`distributions.toml`), and what that brings along (`provided.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from vlint.platform import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a module comes from.

    Attributes:
        module: The part of the imported name that the answer is for (`google.cloud.storage` of a longer name).
        distributions: Any of them has the module; the usual one first. Normalised names.
        is_known: Whether the table has the module; otherwise it is taken for its own distribution.
    """

    module: str
    distributions: tuple[str, ...]
    is_known: bool


@dataclass(frozen=True, slots=True)
class _Table:
    imports: Mapping[str, tuple[str, ...]]
    namespaces: frozenset[str]
    distributions: frozenset[str]


@cache
def _table() -> _Table:
    data = read_table("distributions")
    imports = {name: (str(canonicalize_name(name)),) for name in data["own_name"]}
    imports.update((name, tuple(found)) for name, found in data["imports"].items())
    known = frozenset(name for found in imports.values() for name in found)
    return _Table(imports, frozenset(data["namespaces"]), known)


@cache
def _brings() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(found) for name, found in read_table("provided")["brings"].items()}


def origin(name: str) -> Origin | None:
    """Where the module of the dotted `name` comes from; None for what lies unknown in a namespace of many."""
    table = _table()
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        module = ".".join(parts[:count])
        if module in table.imports:
            return Origin(module, table.imports[module], is_known=True)
        if module in table.namespaces:
            return None
    return Origin(parts[0], (str(canonicalize_name(parts[0])),), is_known=False)


def is_known_distribution(name: str) -> bool:
    """Whether the table says which modules the distribution has."""
    return name in _table().distributions


def brings(name: str) -> tuple[str, ...] | None:
    """The distributions that `name` asks for itself; None where that is not known."""
    return _brings().get(name)


def extra_brings(name: str, extra: str) -> tuple[str, ...] | None:
    """What the extra of a distribution adds to that; None where that is not known. Both names are normalised."""
    found: dict[str, list[str]] = _extras()
    return tuple(found[f"{name}[{extra}]"]) if f"{name}[{extra}]" in found else None


@cache
def _extras() -> dict[str, list[str]]:
    return dict(read_table("provided")["extras"])


@cache
def often_brought() -> frozenset[str]:
    """Distributions that others commonly bring along."""
    return frozenset(name for found in _brings().values() for name in found)
