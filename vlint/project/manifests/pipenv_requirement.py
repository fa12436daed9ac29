"""An entry of a `Pipfile` or its lock as a requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packaging.markers import InvalidMarker
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from vlint.project.manifests.manifest import Requirement
from vlint.project.manifests.markers import parse_marker

if TYPE_CHECKING:
    from vlint.finding import Location

PACKAGE = (
    str,
    {
        "version": str,
        "extras": ([str], str),
        "markers": str,
        "index": str,
        "git": str,
        "ref": str,
        "editable": bool,
        "path": str,
        "hashes": [str],
    },
)
"""The shape of an entry: a version, or a table."""

_ELSEWHERE = ("git", "hg", "svn", "bzr", "file", "path")


def requirement(name: str, value: Any, location: Location, group: str = "") -> Requirement | None:
    """The requirement that `value` (a version, or a table) describes; None where it cannot be understood.

    `group` is in words what `Requirement.group` is.
    """
    table = value if isinstance(value, dict) else {"version": value}
    version = table.get("version", "*")
    extras = table.get("extras", ())
    extras = [extras] if isinstance(extras, str) else extras if isinstance(extras, (list, tuple)) else ()
    written, _, bracket = name.partition("[")
    if bracket:
        extras = [*extras, *bracket.rstrip("]").split(",")]
    if not isinstance(version, str):
        return None
    try:
        specifier = SpecifierSet("" if version == "*" else version)
        marker = parse_marker(table["markers"]) if table.get("markers") else None
    except (InvalidSpecifier, InvalidMarker, TypeError, AttributeError):
        return None
    url = next((str(table[key]) for key in _ELSEWHERE if key in table), None)
    return Requirement(
        name=canonicalize_name(written),
        specifier=specifier,
        location=location,
        extras=frozenset(canonicalize_name(extra) for extra in extras if isinstance(extra, str)),
        marker=marker,
        url=url,
        group=group,
    )
