"""Which Python version a function gets, from the manifests that the platform reads for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from vlint.platform.manifests import formats
from vlint.project.manifests.formats import manifest
from vlint.project.manifests.python_request import parse_request, parse_specifier

if TYPE_CHECKING:
    from vlint.project.manifests.manifest import Manifest, Setting
    from vlint.project.manifests.python_request import PythonRequest
    from vlint.project.project import Project


class Outcome(Enum):
    """What became of the search for a Python version."""

    DEFAULT = "nothing asks for a version"
    CHOSEN = "the version that is asked for"
    IGNORED = "what is asked for is no option, and is ignored"
    STOPS = "only a discontinued version is asked for, which stops the build"
    RAISED = "a lock file asks for a version below the lowest that the platform takes from one"
    INVALID = "what is asked for is no version, and is ignored"


IGNORED = frozenset({Outcome.IGNORED, Outcome.INVALID, Outcome.RAISED, Outcome.STOPS})
"""The outcomes in which the platform does not take what is asked for."""


@dataclass(frozen=True, slots=True)
class PythonChoice:
    """The Python version of a function (`3.12`), and the value that the platform reads for it, if there is one."""

    version: str
    outcome: Outcome
    source: Setting | None = None


def exact_version(project: Project, source: Manifest | None) -> PythonChoice:
    """The option that the source's value is, letter for letter, else the default."""
    facts = project.platform.python
    if source is None or source.python is None:
        return PythonChoice(facts.default, Outcome.DEFAULT)
    if source.python.value in facts.options:
        return PythonChoice(source.python.value, Outcome.CHOSEN, source.python)
    return PythonChoice(facts.default, Outcome.IGNORED, source.python)


def version_file_names(project: Project) -> tuple[str, ...]:
    """The files for versions alone that the platform reads."""
    return tuple(name for name in project.platform.python.sources if formats()[name] == "python-version")


def requested_version(
    project: Project, reached: list[str], chosen: Manifest | None, workspace: Manifest | None
) -> PythonChoice:
    """The first option that the nearest source admits, else the default."""
    facts = project.platform.python
    lowest = workspace.directory if workspace else ""
    within = [place for place in reached if not lowest or place == lowest or place.startswith(f"{lowest}/")]
    for place in within:
        for name in version_file_names(project):
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
    if not known:
        return PythonChoice(facts.default, Outcome.INVALID, source)
    options = [facts.default, *sorted((o for o in facts.options if o != facts.default), key=_minor, reverse=True)]
    for option in options:
        if any(request.admits(option, facts.machine) for request in known):
            return PythonChoice(option, Outcome.CHOSEN, source)
    for version in (*facts.installed_never, *facts.discontinued):
        if any(request.admits(version, facts.machine) for request in known):
            stops = version in facts.discontinued
            return PythonChoice(facts.default, Outcome.STOPS if stops else Outcome.IGNORED, source)
    return PythonChoice(facts.default, Outcome.IGNORED, source)


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _is_below(version: str, minimum: str) -> bool:
    return bool(minimum) and _minor(version)[:2] < _minor(minimum)
