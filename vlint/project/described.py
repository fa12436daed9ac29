"""JSON values in the words of a message."""

from __future__ import annotations

from typing import Any

_LONGEST = 40


def described(value: Any) -> str:
    """A value in a message: short ones as they are in JSON, others by their kind."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= _LONGEST and value.isprintable() else "this text"
    return "an array" if isinstance(value, list) else "an object"
