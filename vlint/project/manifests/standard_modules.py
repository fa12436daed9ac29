"""Modules of the standard library that are asked for as if they were packages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from vlint.finding import Applicability, Edit, Fix
from vlint.platform import read_table
from vlint.platform.standard_library import standard_library
from vlint.project.manifests.markers import applies
from vlint.text import Position, Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vlint.project.manifests.environment import Environment
    from vlint.project.manifests.manifest import Requirement
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class StandardModule:
    """A requirement that is a module of the standard library; harmless where a package of the name exists, too."""

    requirement: Requirement
    message: str
    harmless: bool
    fix: Fix | None


def standard_modules(project: Project, environment: Environment) -> Iterator[StandardModule]:
    """Each of them in the manifest that an environment is installed from; none where it names an index of its own."""
    manifest = environment.manifest
    if manifest is None or manifest.own_index:
        return
    version = environment.python.version
    names, existing = _names(version), _existing()
    for requirement in environment.resolved(project.platform):
        if requirement.name not in names or requirement.url or requirement.constrains:
            continue
        if applies(requirement.marker, version) is not True:
            continue
        exists = requirement.name in existing
        reason = "the package of that name is a backport or another thing" if exists else "there is no such package"
        message = f"`{names[requirement.name]}` is part of Python {version}'s standard library; {reason}"
        yield StandardModule(requirement, message, exists, _removal(project, requirement, manifest.format))


@cache
def _names(version: str) -> Mapping[str, str]:
    """The modules of a Python version by what pip would call a package of their name."""
    return {canonicalize_name(name): name for name in standard_library(version) if not name.startswith("_")}


@cache
def _existing() -> frozenset[str]:
    """The packages that there are under such a name."""
    return frozenset(read_table("distributions")["named_like_standard_modules"])


def _removal(project: Project, requirement: Requirement, format_name: str) -> Fix | None:
    """Taking the line away, where the requirement is a line of its own."""
    if format_name != "requirements":
        return None
    start, end = requirement.location.range.start, requirement.location.range.end
    if start.line != end.line or start.column != 1:
        return None
    line = Range(Position(start.line, 1), Position(end.line + 1, 1))
    return Fix("Take the line out", Applicability.UNSAFE, (Edit(requirement.location.path, line, ""),))
