"""Which files of a root are Python functions, and on which route each answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from vlint.project.configuration import configuration
from vlint.project.detection import detect, is_python_runtime
from vlint.project.globs import compile_glob
from vlint.project.ignore import walk
from vlint.project.routes import route_conflicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vlint.project.configuration import Build, FunctionSetting
    from vlint.project.project import Project
    from vlint.project.routes import RouteConflict


@dataclass(frozen=True, slots=True)
class Function:
    """A file that the platform deploys (or would, with an entry point).

    Attributes:
        path: The file, from the root.
        route: Where it answers: `/api/user`, `/api/:id`.
        setting: What the configuration sets for it, or None.
    """

    path: str
    route: str
    setting: FunctionSetting | None = field(default=None, compare=False)


def functions(project: Project) -> tuple[Function, ...]:
    """The root's Python functions, by path."""
    return project.remember("functions", lambda: tuple(sorted(_find(project), key=lambda function: function.path)))


def helpers(project: Project) -> tuple[str, ...]:
    """The Python files below the functions' directory that are no functions, by path."""
    extension = project.platform.functions.extension
    deployed = {function.path for function in functions(project)}
    return tuple(path for path in api_files(project) if path.endswith(extension) and path not in deployed)


def api_files(project: Project) -> tuple[str, ...]:
    """Every file below the functions' directory, of any kind, by path."""
    directory = project.platform.functions.directory
    return project.remember("files of functions", lambda: tuple(sorted(walk(project.tree, directory))))


def project_files(project: Project) -> tuple[str, ...]:
    """Every file of the root that is part of the project, by path."""
    return project.remember("files", lambda: tuple(sorted(walk(project.tree))))


def built_files(project: Project) -> tuple[str, ...]:
    """The files of all languages that are built as functions, by path."""
    settings = configuration(project)
    if settings is not None and settings.builds:
        return tuple(sorted({path for build in settings.builds for path in _sources(project, build.source)}))
    found = detect(api_files(project), settings.functions if settings else (), project.platform.functions)
    return tuple(built.path for built in found)


def unbuilt(project: Project) -> tuple[str, ...]:
    """What would be functions, of any language, but for `builds` that does not list them, by path."""
    settings = configuration(project)
    if settings is None or not settings.builds:
        return ()
    listed = set(built_files(project))
    candidates = detect(api_files(project), (), project.platform.functions)
    return tuple(built.path for built in candidates if built.path not in listed)


def conflicts(project: Project, is_built: Callable[[str], bool], most: int = 100) -> tuple[RouteConflict, ...]:
    """The functions whose routes collide; of a collision with other languages only the Python side is told.

    Args:
        project: The root.
        is_built: Whether a Python file that looks like a function is built as one.
        most: How many are wanted; a hostile project has as many as the square of its files.
    """
    settings = configuration(project)
    if settings is not None and settings.builds:
        return ()
    files = api_files(project)
    built = detect(files, settings.functions if settings else (), project.platform.functions)
    languages: dict[bool, list[str]] = {True: [], False: []}
    for function in built:
        languages[function.is_python].append(function.path)
    python = list(islice((c for c in route_conflicts(languages[True], files) if is_built(c.path)), most))
    told = {conflict.path for conflict in python}
    others = (c for c in route_conflicts(languages[False], files) if told.isdisjoint(c.others))
    return (*python, *islice(others, most - len(python)))


def _find(project: Project) -> Iterator[Function]:
    settings = configuration(project)
    builds = settings.builds if settings is not None else None
    if builds:
        yield from _listed(project, builds)
        return
    for built in detect(api_files(project), settings.functions if settings else (), project.platform.functions):
        if built.is_python:
            yield Function(built.path, route_of(built.path), built.setting)


def _listed(project: Project, builds: tuple[Build, ...]) -> Iterator[Function]:
    """The functions that `builds` lists: each file is built once, by the first element that is for it."""
    facts = project.platform.functions
    taken: set[str] = set()
    for build in builds:
        for path in _sources(project, build.source):
            if path in taken:
                continue
            taken.add(path)
            if is_python_runtime(build.use, facts) and path.endswith(facts.extension):
                yield Function(path, f"/{path}", build.setting)


def _sources(project: Project, source: str) -> tuple[str, ...]:
    """The files that the `src` of an element of `builds` is for."""
    if not source:
        return ()
    if project.tree.is_file(source):
        return (source,)
    glob = compile_glob(source, dot=True)
    return tuple(path for path in project_files(project) if glob.exact and glob.matches(path))


def route_of(path: str) -> str:
    """The route of a function: `api/user.py` → `/api/user`, `api/[id]/index.py` → `/api/:id`."""
    segments = path.rpartition(".")[0].split("/")
    if segments[-1] == "index":
        segments.pop()
    return "/" + "/".join(f":{s[1:-1]}" if s.startswith("[") and s.endswith("]") else s for s in segments)
