"""The hash that a `Pipfile.lock` keeps of its `Pipfile`, computed as pipenv does (its library is plette).

It is the SHA-256 of a JSON text with sorted keys and no space, of the sources, the required versions and the packages.
Later versions of pipenv add further categories of packages, so more than one hash can be right.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from vlint.project.manifests.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project

_NO_CATEGORIES = {"source", "packages", "dev-packages", "requires", "scripts", "pipfile", "pipenv"}
_DEFAULT_SOURCE = {"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": True}


def possible_hashes(project: Project, path: str) -> frozenset[str]:
    """The hashes (hexadecimal) that a lock of the `Pipfile` at `path` can have; none where it is not read."""
    document = read_toml(project, path)
    if document is None or document.problem:
        return frozenset()
    return frozenset(_digest(data) for data in _hashed(document.values))


def _hashed(pipfile: dict[str, Any]) -> Iterator[dict[str, Any]]:
    data = {
        "_meta": {"sources": pipfile.get("source", [_DEFAULT_SOURCE]), "requires": pipfile.get("requires", {})},
        "default": pipfile.get("packages", {}),
        "develop": pipfile.get("dev-packages", {}),
    }
    categories = {name: table for name, table in pipfile.items() if name not in _NO_CATEGORIES}
    yield data
    if categories:
        yield {**data, **categories}


def _digest(data: dict[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
