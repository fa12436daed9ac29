"""Manifests by the name of their file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vlint.platform import read_table
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


@cache
def formats() -> Mapping[str, str]:
    """The format of each known manifest, by file name."""
    names: Mapping[str, str] = read_table("manifests")["formats"]
    return names


@cache
def locks() -> Mapping[str, str]:
    """The lock file of each manifest that has one, by file name."""
    names: Mapping[str, str] = read_table("manifests")["locks"]
    return names


@cache
def foreign_version_files() -> tuple[str, ...]:
    """Files from which other platforms read a Python version."""
    return tuple(read_table("manifests")["version_files"]["names"])


def manifest(project: Project, directory: str, name: str) -> Manifest | None:
    """The manifest `name` in `directory`, remembered by the project; None where there is none."""
    path = f"{directory}/{name}" if directory else name
    return project.remember(("manifest", path), lambda: _READERS[formats()[name]](project, path))
