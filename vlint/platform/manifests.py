"""The names of the files that declare a Python version or dependencies, from `manifests.toml`: the same everywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vlint.platform import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


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


@cache
def declaring_files() -> frozenset[str]:
    """Every file that can name a package which the project needs, whether the platform installs from it or not."""
    return frozenset({*formats(), *read_table("manifests")["packaging_files"]["names"]})
