"""The places where a project says which Python it wants: what the platform makes of them, and what may be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vlint.platform.manifests import formats, locks
from vlint.project.manifests.python_settings import options, where_to_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lsp_server.place import Here

_SETTINGS = {
    "pipfile": re.compile(r"^\s*[\"']?python_(?:full_)?version[\"']?\s*="),
    "pipfile-lock": re.compile(r"^\s*\"python_(?:full_)?version\"\s*:"),
    "pyproject": re.compile(r"^\s*[\"']?requires-python[\"']?\s*="),
    "python-version": re.compile(r"^\s*[^\s#]"),
}
"""What a line looks like that sets a version, by the file's format."""

_PIPFILE = re.compile(r"^\s*[\"']?python_version[\"']?\s*=\s*(?P<quote>[\"']?)(?P<typed>[\d.]*)$")
_REQUIRES = re.compile(
    r"^\s*[\"']?requires-python[\"']?\s*=\s*[\"'](?:[^\"',]*,\s*)*(?P<typed>[<>=!~]*\s*[\d.]*\*?)$", re.ASCII
)
_LINE = re.compile(r"^(?P<typed>[\d.]*)$", re.ASCII)


def description(place: Here) -> str | None:
    """What the platform makes of the setting on a line, as Markdown; None where there is none."""
    setting = _SETTINGS.get(_format(place))
    if setting is None or not setting.match(place.source.line(place.position.line)):
        return None
    platform = place.project.platform
    lines = [f"**{platform.title}**", options(platform)]
    if not _is_read(place):
        lines.append(f"It reads no version from `{place.name}`. {where_to_set(platform)}")
    return "\n\n".join(lines)


def suggestions(place: Here) -> Iterator[tuple[str, str, str]]:
    """What may be written at a place: what has been typed of it, what it is called, and its text."""
    if not _is_read(place):
        return
    file_format, versions = _format(place), place.project.platform.python.options
    if file_format == "pipfile" and (match := _PIPFILE.match(place.before)):
        quote = "" if match["quote"] else '"'
        yield from ((match["typed"], version, f"{quote}{version}{quote}") for version in versions)
    elif file_format == "pyproject" and (match := _REQUIRES.match(place.before)):
        for version in versions:
            yield from ((match["typed"], text, text) for text in (f">={version}", f"=={version}.*"))
    elif file_format == "python-version" and (match := _LINE.match(place.before)):
        yield from ((match["typed"], version, version) for version in versions)


def _format(place: Here) -> str:
    return formats().get(place.name, "")


def _is_read(place: Here) -> bool:
    """Whether the platform takes a version from the file, or from the lock file that is made of it."""
    sources = place.project.platform.python.sources
    return place.name in sources or locks().get(place.name) in sources
