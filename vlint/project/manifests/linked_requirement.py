"""Requirements that give a place instead of a name: an address, a repository, a path, an archive.

`pip-requirements-parser` reads them: it is pip's own code for this, without the rest of pip. It is imported when such
a line is met. What it cannot read has no name here, and the manifest is then not known as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from typing import Any

    from packaging.markers import Marker

_MAY_BE_PLACE = re.compile(r"[/:]|^\.|\.[a-z]\w*(?:\[[^\]]*\])?\s*(?:;|$)", re.IGNORECASE)
"""What every place has: a separator, a full stop in front, or an ending, as an archive has it."""


@dataclass(frozen=True, slots=True)
class LinkedRequirement:
    """A requirement by its place.

    Attributes:
        place: The address; or the path as written, without extras.
        is_address: It has a scheme that pip knows.
        is_archive: Its name ends as that of a wheel or a source archive does.
        name: Normalised as PEP 503 says; None where only the thing itself would tell.
    """

    place: str
    is_address: bool
    is_archive: bool
    name: str | None = None
    extras: frozenset[str] = frozenset()
    marker: Marker | None = None


def is_address(text: str) -> bool:
    """Whether `text` starts with a scheme that pip knows (`https:`, `git+ssh:` …)."""
    if ":" not in text:
        return False
    import pip_requirements_parser as parser

    return bool(parser.is_url(text))


def linked_requirement(text: str) -> LinkedRequirement | None:
    """What the line `text` (without options) says by a place; None where it names a distribution.

    Whether there is something at a path is not asked: without, pip takes the line for a name after all.
    """
    if not _MAY_BE_PLACE.search(text):
        return None
    import pip_requirements_parser as parser

    has_scheme = is_address(text)
    bare = text.split("; " if has_scheme else ";", 1)[0].strip()
    if parser.is_name_at_url_requirement(bare):
        return None
    place = bare if has_scheme else _without_extras(bare)
    is_archive = bool(parser.is_archive_file(place))
    if not has_scheme and not is_archive and "/" not in bare and not bare.startswith("."):
        return None
    try:
        parts = parser.parse_reqparts_from_string(text)
    except Exception:  # of many kinds, from the parser and from what it calls
        return LinkedRequirement(place, has_scheme, is_archive)
    return LinkedRequirement(place, has_scheme, is_archive, *_named(parts), parts.marker)


def editable_requirement(text: str) -> LinkedRequirement:
    """What the value of `--editable` says; a short form (`git:…`) is an address, too."""
    import pip_requirements_parser as parser

    has_scheme = is_address(text) or parser.get_url_scheme(text) in parser.vcs
    place = text if has_scheme else _without_extras(text)
    try:
        parts = parser.parse_reqparts_from_editable(text)
    except Exception:  # of many kinds, from the parser and from what it calls
        return LinkedRequirement(place, has_scheme, is_archive=False)
    return LinkedRequirement(place, has_scheme, False, *_named(parts))


def _without_extras(path: str) -> str:
    import pip_requirements_parser as parser

    try:
        return str(parser.parse_editable(path)[1])
    except Exception:  # extras that are none: whatever it is, it is no path
        return path


def _named(parts: Any) -> tuple[str | None, frozenset[str]]:
    """The name and the extras in what the parser gives."""
    if parts.requirement is None:
        return None, frozenset()
    extras = parts.requirement.extras | parts.extras
    return canonicalize_name(parts.requirement.name), frozenset(canonicalize_name(extra) for extra in extras)
