"""Which files of a root are functions, and on which route each answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Function:
    """A file that the platform deploys (or would, with an entry point): its path from the root and its route."""

    path: str
    route: str


def functions(project: Project) -> tuple[Function, ...]:
    """The root's functions, by path."""
    return project.remember("functions", lambda: _find(project))


def _find(project: Project) -> tuple[Function, ...]:
    facts = project.platform.functions
    paths = sorted(path for path in _walk(project, facts.directory) if path.endswith(facts.extension))
    return tuple(
        Function(path, route_of(path)) for path in paths if not any(part in f"/{path}" for part in facts.excluded)
    )


def route_of(path: str) -> str:
    """The route of a function: `api/user.py` → `/api/user`, `api/[id]/index.py` → `/api/:id`."""
    segments = path.rpartition(".")[0].split("/")
    if segments[-1] == "index":
        segments.pop()
    return "/" + "/".join(f":{s[1:-1]}" if s.startswith("[") and s.endswith("]") else s for s in segments)


def _walk(project: Project, directory: str) -> Iterator[str]:
    for name in project.tree.list(directory):
        path = f"{directory}/{name}"
        if project.tree.is_directory(path):
            yield from _walk(project, path)
        elif project.tree.is_file(path):
            yield path
