"""`.python-version`, as uv reads it: a request a line, the first line that has one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Setting
from vlint.project.manifests.python_request import parse_request
from vlint.text import FILE_START, Source

if TYPE_CHECKING:
    from vlint.project.project import Project


def read(project: Project, path: str) -> Manifest | None:
    """The `.python-version` at `path`; None where there is none. Its `python` is a tuple of all requests' texts."""
    content = project.tree.read(path) if project.tree.is_file(path) else None
    if content is None:
        return None
    source = Source(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    requests: list[str] = []
    place = FILE_START
    for number in range(1, source.line_count + 1):
        line = source.line(number)
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        start = source.text.index(line, 0) if number == 1 else source.offset(type(place.start)(number, 1))
        start += len(line) - len(line.lstrip())
        if place == FILE_START:
            place = source.range(start, start + len(text))
        if parse_request(text) is not None:
            if not requests:
                place = source.range(start, start + len(text))
            requests.append(text)
    if not requests:
        problem = ManifestProblem("it has no version of Python that could be read", Location(path, place))
        return Manifest(path, "python-version", invalid=(problem,))
    return Manifest(path, "python-version", python=Setting(tuple(requests), Location(path, place)))
