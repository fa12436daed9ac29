"""Changes to a TOML file through tomlkit, which keeps all the rest of the text, made into one small edit."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from vlint.finding import Edit
from vlint.project.manifests.toml_document import TomlDocument

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE_END = re.compile(r"\r?\n")


def toml_edit(path: str, document: TomlDocument, change: Callable[[Any], None]) -> Edit | None:
    """The edit of the file at `path` that does what `change` does to the values of its `document`.

    `change` is made twice: on tomlkit's document, and on plain values to check the new text by. None where it raises,
    or where the new text does not say just what it should.
    """
    old = document.source.text
    expected = deepcopy(document.values)
    try:
        change(expected)
        new = _changed(old, change)
    except Exception:  # tomlkit's have no common base, and `change` may find values of another type
        return None
    if new == old or TomlDocument(new).values != expected:
        return None
    return _smallest_edit(path, document, new)


def _changed(text: str, change: Callable[[Any], None]) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    change(document)
    new = tomlkit.dumps(document)
    # tomlkit ends its own lines with LF; a file that mixes both ends is changed in the new lines alone
    return _LINE_END.sub("\r\n", new) if "\r\n" in text and not re.search(r"(?<!\r)\n", text) else new


def _smallest_edit(path: str, document: TomlDocument, new: str) -> Edit:
    """The edit without what old and new text have in common at their ends; it takes no CRLF apart."""
    old = document.source.text
    shorter = min(len(old), len(new))
    start = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    if old[start - 1 : start] == "\r":
        start -= 1
    rest = shorter - start
    kept = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    end = len(old) - kept
    if old[end - 1 : end + 1] == "\r\n" or new[len(new) - kept - 1 : len(new) - kept + 1] == "\r\n":
        kept -= 1
        end += 1
    return Edit(path, document.source.range(start, end), new[start : len(new) - kept])
