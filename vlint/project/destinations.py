"""Where `routes`, `rewrites` and `redirects` lead to a function that is not there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from vlint.project.configuration import configuration
from vlint.project.functions import built_files, route_of
from vlint.project.json_document import load_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.project.json_document import KeyPath
    from vlint.project.project import Project

_TARGETS = {"routes": ("dest", "destination"), "rewrites": ("destination",), "redirects": ("destination",)}
_SOURCES = ("source", "src")
_DYNAMIC = re.compile(r"[:$(*{]")
"""What begins a part of a destination that is filled in from the request."""
_PATTERN = re.compile(r"[:$(*{\[?+.\\|^]")
"""What may begin a part of a source that matches more than itself."""
_BUILDERS = ("framework", "buildCommand", "outputDirectory")


@dataclass(frozen=True, slots=True)
class DeadDestination:
    """A destination below the functions' directory that no function answers: where it is written, and a near route."""

    place: KeyPath
    text: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class _Leg:
    place: KeyPath
    source: str
    target: str


def dead_destinations(project: Project) -> Iterator[DeadDestination]:
    """The destinations that lead to nothing; none where a frontend's build may put something there."""
    settings = configuration(project)
    if settings is None or _has_frontend(project):
        return
    legs = list(_legs(settings.members))
    literal, prefixes = _sources_of(legs)
    served = _served(project)
    for leg in legs:
        path = re.split(r"[?#]", leg.target, maxsplit=1)[0]
        segments = _segments(path)
        if not path.startswith("/") or path.startswith("//") or segments[:1] != [project.platform.functions.directory]:
            continue
        if any(_answers(segments, route) for route in served) or _goes_on(path, leg, literal, prefixes):
            continue
        if not _DYNAMIC.search(path) and project.tree.is_file("/".join(segments)) and not settings.builds:
            continue  # a file that is no function: VL502's business, if anybody's
        yield DeadDestination(leg.place, leg.target, _nearest(path, served))


def _sources_of(legs: Sequence[_Leg]) -> tuple[Counter[str], Counter[str]]:
    """The sources that match only themselves, and what the others begin with before their first pattern."""
    literal: Counter[str] = Counter()
    prefixes: Counter[str] = Counter()
    for leg in legs:
        pattern = _PATTERN.search(leg.source)
        if pattern is None:
            literal[leg.source.rstrip("/")] += 1
        else:
            prefixes[leg.source[: pattern.start()]] += 1
    return literal, prefixes


def _goes_on(path: str, leg: _Leg, literal: Counter[str], prefixes: Counter[str]) -> bool:
    """Whether another entry than `leg` may take a request on from `path`."""
    own_literal, own_prefixes = _sources_of([leg])
    if _DYNAMIC.search(path):
        return sum(literal.values()) + sum(prefixes.values()) > 1
    if literal[path.rstrip("/")] > own_literal[path.rstrip("/")]:
        return True
    beginnings = (path[:length] for length in range(len(path) + 1))
    return any(prefixes[beginning] > own_prefixes[beginning] for beginning in beginnings)


def _legs(members: Any) -> Iterator[_Leg]:
    for section, names in _TARGETS.items():
        entries = members.get(section)
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if not isinstance(entry, dict):
                continue
            source = next((entry[name] for name in _SOURCES if isinstance(entry.get(name), str)), "")
            for name in names:
                if isinstance(entry.get(name), str):
                    yield _Leg((section, index, name), source.removeprefix("^"), entry[name])


def _served(project: Project) -> list[list[str]]:
    """The paths, by segments, on which the functions of all languages answer."""
    settings = configuration(project)
    found = []
    for path in built_files(project):
        found.append(path.split("/"))
        if settings is None or not settings.builds:
            found += [path.rpartition(".")[0].split("/"), route_of(path).strip("/").split("/")]
    return found


def _answers(segments: Sequence[str], route: Sequence[str]) -> bool:
    """Whether a request for the destination can come to a route; what is filled in may be any number of segments."""
    fixed = next((count for count, segment in enumerate(segments) if _DYNAMIC.search(segment)), None)
    if fixed is None and len(route) != len(segments):
        return False
    wanted = segments[:fixed]
    return len(route) >= len(wanted) and all(
        own == other or own.startswith((":", "[")) for own, other in zip(route, wanted, strict=False)
    )


def _segments(path: str) -> list[str]:
    return [unquote(segment) for segment in path.split("/") if segment]


def _nearest(path: str, served: list[list[str]]) -> str | None:
    from difflib import get_close_matches

    routes = sorted({"/" + "/".join(route) for route in served if not route[-1].endswith(".py")})
    near = get_close_matches(path, routes, n=1, cutoff=0.7)
    return near[0] if near else None


def _has_frontend(project: Project) -> bool:
    settings = configuration(project)
    if settings is not None and any(settings.members.get(name) for name in _BUILDERS):
        return True
    document = load_json(project, project.platform.configuration.package)
    if document is None:
        return False
    value = document.value if isinstance(document.value, dict) else {}
    scripts = value.get("scripts")
    return bool(value.get("dependencies")) or (isinstance(scripts, dict) and "build" in scripts)
