"""What is known of the standard library's classes and functions, from `standard_classes.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from vlint.platform import read_table


@cache
def _table() -> dict[str, Any]:
    return read_table("standard_classes")


@cache
def plain_classes() -> frozenset[str]:
    """The qualified names of classes whose instances certainly cannot be called."""
    table: dict[str, list[str]] = _table()["plain"]
    return frozenset(f"{module}.{name}" for module, names in table.items() for name in names)


@cache
def final_classes() -> frozenset[str]:
    """The qualified names of classes that cannot be inherited from."""
    return frozenset(_table()["bases"]["final"])


@cache
def plain_functions() -> frozenset[str]:
    """The qualified names of functions that are taken for classes now and then."""
    return frozenset(_table()["bases"]["functions"])


def special_ancestors(name: str) -> tuple[str, ...] | None:
    """The ancestors of a class that does something of its own when it is inherited from; None for other classes."""
    found = _table()["ancestors"].get(name)
    return tuple(found) if found is not None else None


def metaclass(name: str) -> str | None:
    """The metaclass of a class outside the project that is known to have another than `type`."""
    found: str | None = _table()["metaclasses"].get(name)
    return found


@cache
def metaclasses() -> frozenset[str]:
    """The qualified names of the classes that are known to have another metaclass than `type`."""
    return frozenset(_table()["metaclasses"])


@cache
def transparent_classes() -> frozenset[str]:
    """The classes that have no members which matter to their descendants."""
    return frozenset(_table()["transparent"]["classes"])
