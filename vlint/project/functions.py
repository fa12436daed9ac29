"""Which files of a root are functions, and on which route each answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.ignore import walk

if TYPE_CHECKING:
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Function:
    """A file that the platform deploys (or would, with an entry point): its path from the root and its route."""

    path: str
    route: str


def functions(project: Project) -> tuple[Function, ...]:
    """The root's Python functions, by path."""
    return project.remember("functions", lambda: _find(project))


def helpers(project: Project) -> tuple[str, ...]:
    """The Python files below the functions' directory that are no functions, by path."""
    extension = project.platform.functions.extension
    deployed = {function.path for function in functions(project)}
    return tuple(path for path in api_files(project) if path.endswith(extension) and path not in deployed)


def api_files(project: Project) -> tuple[str, ...]:
    """Every file below the functions' directory, of any kind, by path."""
    directory = project.platform.functions.directory
    return project.remember("files of functions", lambda: tuple(sorted(walk(project.tree, directory))))


def _find(project: Project) -> tuple[Function, ...]:
    facts = project.platform.functions
    return tuple(
        Function(path, route_of(path))
        for path in api_files(project)
        if path.endswith(facts.extension) and not any(part in f"/{path}" for part in facts.excluded)
    )


def route_of(path: str) -> str:
    """The route of a function: `api/user.py` → `/api/user`, `api/[id]/index.py` → `/api/:id`."""
    segments = path.rpartition(".")[0].split("/")
    if segments[-1] == "index":
        segments.pop()
    return "/" + "/".join(f":{s[1:-1]}" if s.startswith("[") and s.endswith("]") else s for s in segments)
