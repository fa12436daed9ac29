"""Which names some modules and classes of the standard library have, from `standard_names.toml`."""

from __future__ import annotations

from functools import cache
from typing import Any

from vlint.platform import read_table


@cache
def _table() -> dict[str, Any]:
    return read_table("standard_names")


@cache
def _names(owner: str) -> frozenset[str] | None:
    found = _table()["names"].get(owner)
    return frozenset(found) if found is not None else None


def has_name(owner: str, name: str, version: str) -> bool | None:
    """Whether a module or class, by its qualified name, has an attribute in a Python version ("3.12").

    None where the table does not know: another owner or version, or a name with `_` in front.
    """
    if not name or name.startswith("_") or version not in _table()["versions"]:
        return None
    known = _names(owner)
    return name in known if known is not None else False if is_function(owner) else None


@cache
def known_modules() -> frozenset[str]:
    """The modules that the table knows."""
    return frozenset(_table()["names"])


def known_versions() -> tuple[str, ...]:
    """The Python versions that the table knows."""
    return tuple(_table()["versions"])


@cache
def _functions() -> frozenset[str]:
    return frozenset(f"{module}.{name}" for module, names in _table()["functions"].items() for name in names)


def is_function(name: str) -> bool:
    """Whether a qualified name is that of a plain function, which has no attributes but those with `__`."""
    return name in _functions()
