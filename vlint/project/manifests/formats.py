"""Manifests by the name of their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.platform.manifests import formats
from vlint.project.manifests import pipfile, pipfile_lock, pyproject, python_version_file, requirements_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project

_READERS: Mapping[str, Callable[[Project, str], Manifest | None]] = {
    "pipfile": pipfile.read,
    "pipfile-lock": pipfile_lock.read,
    "pyproject": pyproject.read,
    "python-version": python_version_file.read,
    "requirements": requirements_file.read,
}


def manifest(project: Project, directory: str, name: str) -> Manifest | None:
    """The manifest `name` in `directory`, remembered by the project; None where there is none."""
    path = f"{directory}/{name}" if directory else name
    return project.remember(("manifest", path), lambda: _READERS[formats()[name]](project, path))
