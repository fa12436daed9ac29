"""CPython's compiler without its warnings: those about the text that is checked are not for the user's terminal."""

from __future__ import annotations

import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

_LOCK = threading.RLock()
"""The filters of warnings belong to the process: two threads that change and restore them in turn would lose them."""


@contextmanager
def no_warnings() -> Iterator[None]:
    """Keep the compiler's warnings (an invalid escape, `is` with a literal) silent; safe in threads."""
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def string_value(node: cst.SimpleString) -> str | bytes:
    """The value of a string literal."""
    if "\\" not in node.value:
        return node.evaluated_value
    with no_warnings():
        return node.evaluated_value
