"""Keys of `functions` that are for no function, where it is certain that the platform will say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.configuration import configuration
from vlint.project.detection import is_candidate
from vlint.project.function_settings import unused_settings
from vlint.project.functions import api_files, project_files
from vlint.project.json_document import load_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vlint.project.configuration import FunctionSetting
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class UnusedKey:
    """A key of `functions` that no function uses, and why, as far as can be told."""

    setting: FunctionSetting
    reason: str | None
    nearest: str | None


def unused_keys(project: Project, is_built: Callable[[str], bool]) -> Iterator[UnusedKey]:
    """The keys that are for nothing; none where a framework may bring functions that are not seen here.

    Args:
        project: The root.
        is_built: Whether a Python file that looks like a function is built as one.
    """
    settings = configuration(project)
    if settings is None or settings.builds or _has_own_functions(project):
        return
    facts = project.platform.configuration
    extension = project.platform.functions.extension
    frontend = facts.frontend in _packages(project) or settings.members.get("framework") is not None
    left_out = {path for path in api_files(project) if path.endswith(extension) and not is_built(path)}
    files = [path for path in project_files(project) if path not in left_out]
    for setting, taken in unused_settings(files, settings.functions, project.platform):
        if setting.pattern.startswith("/") or (frontend and setting.pattern.startswith(facts.frontend_keys)):
            continue  # the slash is told by itself; the other is for the frontend's functions
        yield UnusedKey(setting, _reason(project, setting, taken, left_out), _nearest(project, setting))


def _reason(
    project: Project, setting: FunctionSetting, taken: FunctionSetting | None, left_out: set[str]
) -> str | None:
    if taken is not None:
        return f"`{taken.pattern}`, which stands before it, takes every function that it would be for"
    directory = project.platform.functions.directory
    named = [path for path in project_files(project) if setting.fits(path)]
    if not named:
        return None
    candidates = [path for path in named if is_candidate(path, project.platform.functions)]
    if candidates and candidates[0] in left_out:
        return f"`{candidates[0]}` has no entry point that the platform sees"
    if candidates:
        return f"`{candidates[0]}` is in no language that the platform builds"
    if named[0].startswith(f"{directory}/"):
        return f"`{named[0]}` is a helper and no function"
    return f"`{named[0]}` is not below `{directory}/`"


def _nearest(project: Project, setting: FunctionSetting) -> str | None:
    from difflib import get_close_matches

    candidates = [path for path in project_files(project) if is_candidate(path, project.platform.functions)]
    near = get_close_matches(setting.pattern, candidates, n=1, cutoff=0.8)
    return near[0] if near else None


def _has_own_functions(project: Project) -> bool:
    """Whether the platform may take the root for an application of a framework, with functions of its own."""
    facts = project.platform.configuration
    settings = configuration(project)
    framework = settings.members.get("framework") if settings is not None else None
    if isinstance(framework, str) and not framework.startswith(facts.frontend):
        return True
    if any(project.tree.is_file(name) for name in facts.root_applications):
        return True
    return not _packages(project).isdisjoint(facts.server_frameworks)


def _packages(project: Project) -> set[str]:
    """What the root's `package.json` depends on."""
    document = load_json(project, project.platform.configuration.package)
    value = document.value if document is not None and isinstance(document.value, dict) else {}
    sections = [value.get(name) for name in ("dependencies", "devDependencies")]
    return {name for section in sections if isinstance(section, dict) for name in section}
