"""What a function gets: the manifest that the platform installs from, and the Python version, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.functions import functions
from vlint.project.manifests.formats import manifest
from vlint.project.manifests.lock import lock_of
from vlint.project.manifests.python_choice import exact_version, requested_version, version_file_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vlint.platform import Platform
    from vlint.project.functions import Function
    from vlint.project.manifests.lock import Lock
    from vlint.project.manifests.manifest import Manifest, ManifestProblem, Requirement
    from vlint.project.manifests.python_choice import PythonChoice
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Environment:
    """What the functions of one directory get.

    Attributes:
        directory: Where the functions lie.
        manifest: What the platform installs from; None where it finds nothing.
        why: How it came to that manifest, or to none, in words.
        lock: The lock file that is installed from in place of the manifest, if there is one.
        read: The manifests that the platform opens on its way: one that is broken stops the build.
    """

    directory: str
    python: PythonChoice
    manifest: Manifest | None
    why: str
    read: tuple[Manifest, ...]
    lock: Lock | None = None

    @property
    def is_used(self) -> bool:
        """Whether there is anything here that Python is wanted for: functions, or a manifest."""
        return bool(self.directory) or self.manifest is not None or self.python.source is not None

    @property
    def installed(self) -> Manifest | None:
        """The manifest whose project is installed: with the lock of a workspace, that of the workspace's root."""
        return self.lock.manifest if self.lock else self.manifest

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The distributions that are asked for by name."""
        return tuple(item for item in self.installed.requirements if not item.constrains) if self.installed else ()

    def resolved(self, platform: Platform) -> tuple[Requirement, ...]:
        """All that the platform's installer resolves at once; nothing where a lock file has been resolved already."""
        found = self.manifest
        if found is None or self.lock is not None:
            return ()
        is_universal = platform.dependencies.installer == "uv" and found.resolves_once
        return (*found.requirements, *found.aside) if is_universal else found.requirements


def environment(project: Project, function: Function) -> Environment:
    """What `function` gets."""
    return environment_of(project, function.path.rpartition("/")[0])


def environments(project: Project) -> tuple[Environment, ...]:
    """One for each directory that holds functions; for the root where there is none."""
    directories = sorted({function.path.rpartition("/")[0] for function in functions(project)}) or [""]
    return tuple(environment_of(project, directory) for directory in directories)


def environment_of(project: Project, directory: str) -> Environment:
    """What a function in `directory` gets."""
    return project.remember(("environment", directory), lambda: _environment(project, directory))


def installation_problems(project: Project) -> Iterator[ManifestProblem]:
    """Why the platform's installer stops at a manifest that can be read, or at its lock file; each once."""
    seen: set[ManifestProblem] = set()
    for found in environments(project):
        refused = found.installed.refused if found.installed else ()
        problems = [problem for problem in refused if not (problem.resolving_only and found.lock)]
        for problem in [*problems, *(found.lock.problems if found.lock else ())]:
            if problem not in seen:
                seen.add(problem)
                yield problem


def ancestors(directory: str) -> tuple[str, ...]:
    """`directory` and all above it up to the root, nearest first."""
    found = [directory]
    while directory:
        directory = directory.rpartition("/")[0]
        found.append(directory)
    return tuple(found)


def _environment(project: Project, directory: str) -> Environment:
    if project.platform.dependencies.search == "beside-then-root":
        return _beside_then_root(project, directory)
    return _nearest(project, directory)


def _beside_then_root(project: Project, directory: str) -> Environment:
    facts = project.platform
    places = dict.fromkeys((directory, ""))
    found = _first(project, places, facts.dependencies.order)
    source = _first(project, places, facts.python.sources)
    read = tuple(item for item in ([found] if found is source else [found, source]) if item is not None)
    return Environment(directory, exact_version(project, source), found, _why(found, directory), read)


def _first(project: Project, directories: Iterable[str], names: Iterable[str]) -> Manifest | None:
    candidates = (manifest(project, directory, name) for directory in directories for name in names)
    return next((found for found in candidates if found is not None), None)


def _why(found: Manifest | None, directory: str) -> str:
    if found is None:
        return "no manifest that the platform reads"
    if found.directory == directory:
        return "beside the entry point"
    return f"in {found.directory}" if found.directory else "at the root"


def _nearest(project: Project, directory: str) -> Environment:
    """The nearest manifest upwards; a uv workspace further up lends its Python version to its members."""
    order = project.platform.dependencies.order
    stack: list[Manifest] = []
    reached: list[str] = []
    for place in ancestors(directory):
        reached.append(place)
        found = _first(project, [place], order)
        if found is not None:
            stack.append(found)
            if found.format != "pyproject" or found.workspace:
                break
    chosen = stack[0] if stack else None
    workspace = _workspace(stack)
    python = requested_version(project, reached, chosen, workspace)
    version_files = (_first(project, [place], version_file_names(project)) for place in reached)
    read = (*stack, *(found for found in version_files if found is not None))
    return Environment(directory, python, chosen, _why(chosen, directory), read, lock_of(project, chosen, workspace))


def _workspace(stack: list[Manifest]) -> Manifest | None:
    """The workspace that the first manifest of `stack` belongs to: one above it that names it, else itself."""
    if not stack or stack[0].workspace or stack[0].format != "pyproject":
        return stack[0] if stack else None
    from vlint.project.globs import compile_glob

    for above in stack[1:]:
        if above.workspace:
            start = len(above.directory) + 1 if above.directory else 0
            relative = stack[0].directory[start:]
            members, excluded = above.members
            is_member = any(compile_glob(glob).matches(relative) for glob in members)
            if is_member and not any(compile_glob(glob).matches(relative) for glob in excluded):
                return above
    return stack[0]
