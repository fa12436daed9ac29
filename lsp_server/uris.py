"""File URIs and paths, for both kinds of file system.

Editors write one file in several ways (`file:///c%3A/a.py`, `file:///C:/a.py`), so what they send is compared as a path
and never as text. Whatever has another scheme (`untitled:`, `git:`) is not a file of a project.
"""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote, urlsplit

_DRIVE = re.compile(r"/?([A-Za-z]):(?=/|$)")
_SAFE = "/!$&'()*+,;=@~"


def to_path(uri: str, flavour: type[PurePath] = Path) -> PurePath | None:
    """The absolute path that a URI names, or None where it names no file. Drive letters are made lower case.

    Args:
        uri: What the client sent.
        flavour: The kind of path to make; this machine's unless told otherwise.
    """
    try:
        parts = urlsplit(uri)
    except ValueError:  # a host that can be none
        return None
    if parts.scheme.lower() != "file":
        return None
    # The characters ? and # should be escaped, and are not by every client.
    path = unquote(
        parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    )
    if issubclass(flavour, PureWindowsPath):
        drive = _DRIVE.match(path)
        if drive:
            path = f"{drive[1].lower()}:{path[drive.end() :] or '/'}"
        elif parts.netloc:
            path = f"//{unquote(parts.netloc)}{path}"
    if not path or "\0" in path:
        return None
    found = flavour(_normal(path)) if flavour is Path else flavour(path)
    return found if found.is_absolute() else None


def _normal(path: str) -> str:
    """`path` without `.`, `..` and doubled slashes; two at its start mean no other place on systems like Linux."""
    normal = os.path.normpath(path)
    return f"/{normal.lstrip('/')}" if normal.startswith("//") else normal


def from_path(path: PurePath) -> str:
    """The URI of an absolute path, with every character escaped that clients escape."""
    text = path.as_posix()
    if text.startswith("//"):
        host, _, rest = text[2:].partition("/")
        return f"file://{quote(host)}/{quote(rest, safe=_SAFE)}"
    drive = _DRIVE.match(text)
    if drive and isinstance(path, PureWindowsPath):
        return f"file:///{drive[1].lower()}%3A{quote(text[drive.end() :], safe=_SAFE)}"
    return f"file://{quote(text, safe=_SAFE)}"


def relative(path: PurePath, directory: PurePath) -> str | None:
    """`path` from `directory`, with `/` (empty for the directory itself), or None where it does not lie below it."""
    if isinstance(path, PurePosixPath):  # the same as below in a tenth of its time: this is asked at every keystroke
        text, above = str(path), str(directory)
        if text == above:
            return ""
        above = f"{above.rstrip('/')}/"
        return text[len(above) :] if text.startswith(above) else None
    try:
        found = path.relative_to(directory).as_posix()
    except ValueError:
        return None
    return "" if found == "." else found
