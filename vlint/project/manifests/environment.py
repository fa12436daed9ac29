"""What a function gets: the manifest that the platform installs from, and the Python version, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from vlint.project.functions import functions
from vlint.project.manifests.formats import formats, manifest
from vlint.project.manifests.python_request import parse_request, parse_specifier

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vlint.project.functions import Function
    from vlint.project.manifests.manifest import Manifest, Requirement, Setting
    from vlint.project.manifests.python_request import PythonRequest
    from vlint.project.project import Project


class Outcome(Enum):
    """What became of the search for a Python version."""

    DEFAULT = "nothing asks for a version"
    CHOSEN = "the version that is asked for"
    IGNORED = "what is asked for is no option, and is ignored"
    STOPS = "only a discontinued version is asked for, which stops the build"
    RAISED = "a lock file asks for a version below the lowest that the platform takes from one"
    UNKNOWN = "it depends on what cannot be known"


@dataclass(frozen=True, slots=True)
class PythonChoice:
    """The Python version of a function (`3.12`), and the value that the platform reads for it, if there is one."""

    version: str
    outcome: Outcome
    source: Setting | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """What the functions of one directory get.

    Attributes:
        directory: Where the functions lie.
        manifest: What the platform installs from; None where it finds nothing.
        why: How it came to that manifest, or to none, in words.
    """

    directory: str
    python: PythonChoice
    manifest: Manifest | None
    why: str

    @property
    def is_used(self) -> bool:
        """Whether there is anything here that Python is wanted for: functions, or a manifest."""
        return bool(self.directory) or self.manifest is not None or self.python.source is not None

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The distributions that are asked for by name."""
        return tuple(item for item in self.manifest.requirements if not item.constrains) if self.manifest else ()


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
    return Environment(directory, _exact_version(project, source), found, _why(found, directory))


def _first(project: Project, directories: Iterable[str], names: Iterable[str]) -> Manifest | None:
    candidates = (manifest(project, directory, name) for directory in directories for name in names)
    return next((found for found in candidates if found is not None), None)


def _why(found: Manifest | None, directory: str) -> str:
    if found is None:
        return "no manifest that the platform reads"
    if found.directory == directory:
        return "beside the entry point"
    return f"in {found.directory}" if found.directory else "at the root"


def _exact_version(project: Project, source: Manifest | None) -> PythonChoice:
    """The option that the source's value is, letter for letter, else the default."""
    facts = project.platform.python
    if source is None or source.python is None:
        return PythonChoice(facts.default, Outcome.DEFAULT)
    if source.python.value in facts.options:
        return PythonChoice(source.python.value, Outcome.CHOSEN, source.python)
    return PythonChoice(facts.default, Outcome.IGNORED, source.python)


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
    return Environment(
        directory, _requested_version(project, reached, chosen, workspace), chosen, _why(chosen, directory)
    )


def _workspace(stack: list[Manifest]) -> Manifest | None:
    """The workspace that the first manifest of `stack` belongs to: one above it that names it, else itself."""
    if not stack or stack[0].workspace or stack[0].format != "pyproject":
        return stack[0] if stack else None
    from vlint.project.manifests.globs import matches

    for above in stack[1:]:
        if above.workspace:
            start = len(above.directory) + 1 if above.directory else 0
            relative = stack[0].directory[start:]
            members, excluded = above.members
            if any(matches(relative, glob) for glob in members) and not any(matches(relative, g) for g in excluded):
                return above
    return stack[0]


def _requested_version(
    project: Project, reached: list[str], chosen: Manifest | None, workspace: Manifest | None
) -> PythonChoice:
    """The first option that the nearest source admits, else the default."""
    facts = project.platform.python
    lowest = workspace.directory if workspace else ""
    within = [place for place in reached if not lowest or place == lowest or place.startswith(f"{lowest}/")]
    file_names = [name for name in facts.sources if formats()[name] == "python-version"]
    for place in within:
        for name in file_names:
            found = manifest(project, place, name)
            if found is not None and found.python is not None:
                return _select(project, found.python, [parse_request(text) for text in found.python.value])
    for found in (chosen, workspace):
        setting = found.python if found is not None and found.format in ("pyproject", "pipfile-lock") else None
        if found is None or setting is None or not isinstance(setting.value, str) or not setting.value:
            continue
        if found.format == "pipfile-lock":
            return _from_lock(project, setting)
        return _select(project, setting, [parse_specifier(setting.value)])
    return PythonChoice(facts.default, Outcome.DEFAULT)


def _from_lock(project: Project, setting: Setting) -> PythonChoice:
    """A lock asks for one minor version; one below the platform's minimum is raised to the default."""
    facts = project.platform.python
    request = parse_specifier(f"=={setting.value}.*")
    choice = _select(project, setting, [request])
    if choice.outcome is Outcome.IGNORED and request is not None and _is_below(setting.value, facts.minimum_from_lock):
        return PythonChoice(facts.default, Outcome.RAISED, setting)
    return choice


def _select(project: Project, source: Setting, requests: list[PythonRequest | None]) -> PythonChoice:
    facts = project.platform.python
    known = [request for request in requests if request is not None]
    options = [facts.default, *sorted((o for o in facts.options if o != facts.default), key=_minor, reverse=True)]
    for option in options:
        if any(request.admits(option) for request in known):
            elsewhere = all(request.elsewhere for request in known if request.admits(option))
            return PythonChoice(option, Outcome.UNKNOWN if elsewhere else Outcome.CHOSEN, source)
    for version in (*facts.installed_never, *facts.discontinued):
        if any(request.admits(version) for request in known):
            stops = version in facts.discontinued
            return PythonChoice(facts.default, Outcome.STOPS if stops else Outcome.IGNORED, source)
    return PythonChoice(facts.default, Outcome.IGNORED, source)


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _is_below(version: str, minimum: str) -> bool:
    return bool(minimum) and _minor(version)[:2] < _minor(minimum)
