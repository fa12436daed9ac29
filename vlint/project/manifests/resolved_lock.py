"""Lock files of uv (`uv.lock`) and of PEP 751 (`pylock.toml`): the names of all that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from vlint.project.manifests.formats import resolved_locks
from vlint.project.manifests.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project

_TABLES = ("package", "packages")  # uv's name of the array, and the standard's


def locked_names(project: Project, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """The distributions that the locks beside `manifest` name, normalised, each with the lock's path."""
    for name in resolved_locks().get(manifest.name, ()):
        path = f"{manifest.directory}/{name}".lstrip("/")
        document = read_toml(project, path)
        for table in _TABLES:
            packages = document.get(table) if document else None
            for package in packages if isinstance(packages, list) else ():
                if isinstance(package, dict) and isinstance(package.get("name"), str):
                    yield canonicalize_name(package["name"]), path
