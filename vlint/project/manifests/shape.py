"""Which type each key of a manifest has to have, and the keys that have another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Shape: TypeAlias = "type | dict[str, Any] | list[Any] | tuple[Any, ...]"
"""A type; a table by its keys (`*` stands for any other key); an array by its items; or alternatives, as a tuple."""

_WORDS = {str: "a string", bool: "true or false", int: "a whole number"}


def mismatches(
    value: Any, shape: Shape, path: tuple[str | int, ...] = (), *, table: str = "table"
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The path of each value that `shape` does not allow, with what it has to be; `table` is the format's word."""
    if isinstance(shape, dict) and isinstance(value, dict):
        for key, item in value.items():
            inner = shape.get(key, shape.get("*"))
            if inner is not None:
                yield from mismatches(item, inner, (*path, key), table=table)
    elif isinstance(shape, list) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from mismatches(item, shape[0], (*path, index), table=table)
    elif isinstance(shape, tuple):
        tables = [option for option in shape if isinstance(option, dict)]
        if isinstance(value, dict) and len(tables) == 1:
            yield from mismatches(value, tables[0], path, table=table)
        elif all(any(True for _ in mismatches(value, option, table=table)) for option in shape):
            yield path, _described(shape, table)
    elif not isinstance(shape, type) or not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        yield path, _described(shape, table)


def _described(shape: Shape, table: str) -> str:
    if isinstance(shape, tuple):
        return " or ".join(dict.fromkeys(_described(option, table) for option in shape))
    if isinstance(shape, dict):
        return f"{'an' if table[0] in 'aeiou' else 'a'} {table}"
    if isinstance(shape, list):
        return "an array"
    return _WORDS[shape]
