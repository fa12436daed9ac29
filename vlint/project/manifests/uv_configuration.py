"""uv's own settings: `[tool.uv]` in `pyproject.toml`, or the file `uv.toml` beside it.

The platform of 2026 takes a `uv.toml` in place of the whole table `[tool.uv]` when it looks for workspaces (npm
`@vercel/python-analysis`), while uv itself takes what belongs to a project from `pyproject.toml` alone, and stops at
such keys in the other file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vlint.finding import Location
from vlint.platform import read_table
from vlint.project.manifests.manifest import ManifestProblem
from vlint.project.manifests.shape import mismatches
from vlint.project.manifests.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.toml_document import TomlDocument
    from vlint.project.project import Project

NAME = "uv.toml"
SOURCE = {"index": str, "git": str, "rev": str, "path": str, "editable": bool}
SHAPE = {
    "sources": {"*": (SOURCE, [SOURCE])},
    "workspace": {"members": [str], "exclude": [str]},
    "dev-dependencies": [str],
    "index": [{"name": str, "url": str, "default": bool, "explicit": bool, "format": str}],
}
"""The types of uv's keys that the platform looks at."""


def uv_settings(project: Project, document: TomlDocument, path: str) -> Any:
    """What the platform takes for `[tool.uv]` of the `pyproject.toml` at `path`, of any type."""
    file = read_toml(project, _beside(path))
    return document.get("tool", "uv") if file is None else file.values


def problems(project: Project, path: str) -> Iterator[ManifestProblem]:
    """What is wrong with the `uv.toml` beside the `pyproject.toml` at `path`; nobody minds but the platform's uv."""
    place = _beside(path)
    document = read_toml(project, place)
    if document is None:
        return
    if document.problem:
        where = Location(place, document.problem.range)
        yield ManifestProblem(document.problem.message, where, only_if_read=True)
    for keys, expected in mismatches(document.values, SHAPE):
        where = Location(place, document.value_range(*keys))
        yield ManifestProblem(f"`{'.'.join(map(str, keys))}` has to be {expected}", where, only_if_read=True)


def refused_keys(project: Project, path: str) -> Iterator[ManifestProblem]:
    """Keys of the `uv.toml` beside `path` that uv takes in a `pyproject.toml` alone."""
    place = _beside(path)
    document = read_toml(project, place)
    refused = read_table("manifests")["uv_toml"]["refused"]
    for name in document.values if document else ():
        if document and name in refused:
            where = Location(place, document.key_range(name))
            message = f"uv takes `{name}` in the table `[tool.uv]` of `pyproject.toml` alone, and stops"
            yield ManifestProblem(message, where, help=f"Write it there, or take it out of `{NAME}`.")


def _beside(path: str) -> str:
    return path.rpartition("/")[0] + "/" * ("/" in path) + NAME
