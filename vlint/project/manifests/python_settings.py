"""Where a project sets its Python version, and what the platform makes of each place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vlint.platform.manifests import locks
from vlint.project.manifests.environment import environments
from vlint.project.manifests.places import locked_manifests
from vlint.project.manifests.python_choice import IGNORED, Outcome
from vlint.project.manifests.python_request import parse_specifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Location
    from vlint.platform import Platform
    from vlint.project.manifests.manifest import Setting
    from vlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A version that is no option: where it is set, what is used instead, and the lock file's copy of it."""

    setting: Setting
    used: str
    outcome: Outcome
    copy: Setting | None = None


def unsupported_versions(project: Project) -> Iterator[Unsupported]:
    """Each place that asks for a version which is no option; a manifest speaks for the lock made from it."""
    default = project.platform.python.default
    choices = [environment.python for environment in environments(project)]
    read = {choice.source.location: choice.outcome for choice in choices if choice.source}
    copies: set[Location] = set()
    for pair in locked_manifests(project):
        if pair.lock_name not in project.platform.python.sources or pair.manifest is None or not pair.manifest.python:
            continue
        written = pair.manifest.python
        locked = pair.lock.python if pair.lock else None
        copy = locked if locked and _same(locked.value, written.value) else None
        if not is_option(project.platform, written.value):
            if copy:
                copies.add(copy.location)
            yield Unsupported(
                written, default, read.get(copy.location, Outcome.IGNORED) if copy else Outcome.IGNORED, copy
            )
    seen: set[Location] = set()
    for choice in choices:
        if choice.source is None or choice.outcome not in IGNORED:
            continue
        if choice.source.location not in copies | seen:
            seen.add(choice.source.location)
            yield Unsupported(choice.source, choice.version, choice.outcome)


def is_option(platform: Platform, value: Any) -> bool:
    """Whether the platform takes `value` from a lock file: letter for letter, or as the newer one does, `==value.*`."""
    if platform.dependencies.search == "beside-then-root":
        return value in platform.python.options
    request = parse_specifier(f"=={value}.*") if isinstance(value, str) else None
    return request is not None and any(
        request.admits(option, platform.python.machine) for option in platform.python.options
    )


def written(value: Any) -> str:
    """A setting's value as a message quotes it: strings in double quotes, as they stand in the file."""
    if isinstance(value, tuple):
        return " or ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False, default=str)


def options(platform: Platform) -> str:
    """The versions to choose from, as a sentence."""
    facts = platform.python
    remarks = {facts.default: "default"} | {option: f"needs {image}" for option, image in facts.legacy.items()}
    described = [f"{option} ({remarks[option]})" if option in remarks else option for option in facts.options]
    if len(described) == 1:
        return f"The only option is {described[0]}."
    return f"The options are {', '.join(described[:-1])} and {described[-1]}."


def where_to_set(platform: Platform) -> str:
    """Advice on the places that the platform reads a version from; a lock file is made, not written."""
    facts = platform.python
    manifests = {lock: name for name, lock in locks().items()}
    places = (f"in `{manifests[name]}` and lock it" if name in manifests else f"in `{name}`" for name in facts.sources)
    return f"Set the version {', or '.join(places)}."


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)


def versions_to_lock(project: Project) -> Iterator[Setting]:
    """The version of each manifest that is locked, or of a lock file where its manifest has none or another one."""
    for pair in locked_manifests(project):
        if pair.lock_name not in project.platform.python.sources:
            continue
        setting = pair.manifest.python if pair.manifest else None
        locked = pair.lock.python if pair.lock else None
        if setting:
            yield setting
        if locked and not (setting and _same(setting.value, locked.value)):
            yield locked


def replacement(platform: Platform, setting: Setting) -> str:
    """The platform's default as the text that stands in for `setting`'s."""
    default = platform.python.default
    if isinstance(setting.value, tuple):
        return default
    is_specifier = setting.location.path.endswith("pyproject.toml")
    return f'">={default}"' if is_specifier else f'"{default}"'
