"""Which files travel with a function to where it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from vlint.finding import Location
from vlint.project.configuration import configuration
from vlint.project.globs import compile_glob
from vlint.project.ignore import GIT_IGNORE, ignored_by
from vlint.project.tree import ancestors
from vlint.text import Position, Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.project.functions import Function
    from vlint.project.ignore import IgnoredBy
    from vlint.project.project import Project

_EXCLUDE = "excludeFiles"
_INCLUDE = "includeFiles"


class Reason(Enum):
    """What keeps a file out of a bundle."""

    GIT = "git"
    """A `.gitignore` names it: a deployment made from Git does not have it."""
    IGNORE_FILE = "ignore-file"
    """The platform's ignore file names it."""
    PLATFORM = "platform"
    """The platform leaves such files out of every function."""
    EXCLUDED = "excluded"
    """`excludeFiles` of this function names it."""


@dataclass(frozen=True, slots=True)
class Bundling:
    """Whether a file travels with a function.

    Attributes:
        bundled: True, False, or None where it cannot be known.
        reason: What keeps it out, where something does.
        pattern: The pattern that names it.
        location: Where that pattern is written; None for the platform's own list.
    """

    bundled: bool | None
    reason: Reason | None = None
    pattern: str | None = None
    location: Location | None = None


def bundled(project: Project, function: Function, path: str) -> Bundling:
    """Whether the file at `path`, which need not exist, travels with `function`."""
    by = ignored_by(project.tree, path)
    if by is not None:
        is_git = by.path.rpartition("/")[2] == GIT_IGNORE
        return Bundling(False, Reason.GIT if is_git else Reason.IGNORE_FILE, by.pattern, _line(project, by))
    facts = project.platform.bundle
    setting = function.setting
    exclude = (setting.option(_EXCLUDE) if setting is not None else None) or None  # an empty text sets nothing
    excluded = _first_match([exclude] if isinstance(exclude, str) else [], path)
    if excluded is not None and excluded.bundled is False and setting is not None:
        settings = configuration(project)
        location = settings.value_at((*setting.place, _EXCLUDE)) if settings is not None else None
        return Bundling(False, Reason.EXCLUDED, excluded.pattern, location)
    if excluded is not None or (isinstance(exclude, str) and facts.exclude_files == "replaces"):
        return excluded or Bundling(True)
    by_platform = _first_match(facts.excluded, path)
    if by_platform is None:
        return Bundling(True)
    include = setting.option(_INCLUDE) if setting is not None else None
    if facts.include_files == "unknown" and isinstance(include, str):
        return Bundling(None)
    return Bundling(False, Reason.PLATFORM, by_platform.pattern)


def _first_match(patterns: Sequence[str], path: str) -> Bundling | None:
    """The first pattern that names `path`: it is out, or unknown where the pattern cannot be judged.

    What a pattern for everything in a directory (`data/**`) says of the directory itself counts too, as npm's glob has
    it: `!data/**` names the project's root, so nothing at all is collected.
    """
    for pattern in patterns:
        whole = compile_glob(pattern, dot=True)
        directory = compile_glob(re.sub(r"(/\*\*)+$", "", pattern), dot=True) if pattern.endswith("/**") else None
        if not whole.exact or (directory is not None and not directory.exact):
            return Bundling(None)
        if whole.matches(path) or (directory is not None and any(map(directory.matches, (path, *_directories(path))))):
            return Bundling(False, pattern=pattern)
    return None


def _directories(path: str) -> list[str]:
    """The directories that the platform comes through, under the names by which it asks whether to go on."""
    return [above or "." for above in ancestors(path)]


def _line(project: Project, by: IgnoredBy) -> Location:
    content = project.tree.read(by.path) or b""
    text = content.decode("utf-8", "replace").split("\n")[by.line - 1].rstrip("\r")
    return Location(by.path, Range(Position(by.line, 1), Position(by.line, len(text) + 1)))
