"""What is wrong with `functions` of the configuration: with the values, and with keys that are for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from vlint.project.described import described
from vlint.project.detection import detect, is_python_runtime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vlint.platform import Platform
    from vlint.project.configuration import FunctionSetting
    from vlint.project.json_document import KeyPath

_SEMVER = re.compile(
    r"v?(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)"
    r"(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][a-zA-Z0-9-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][a-zA-Z0-9-]*))*)?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?",
    re.ASCII,
)
_LONGEST_VERSION = 256


class Kind(Enum):
    """What the platform calls the mistake."""

    GLOB = "invalid_function_glob"
    FUNCTION = "invalid_function"
    DURATION = "invalid_function_duration"
    MEMORY = "invalid_function_memory"
    SOURCE = "invalid_function_source"
    RUNTIME = "invalid_function_runtime"
    PROPERTY = "invalid_function_property"
    SHAPE = "shape"
    """Refused with the file as a whole, before the function is looked at."""


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A mistake in `functions`: where it is (the key of a function, or one of its properties), and in what words."""

    kind: Kind
    place: KeyPath
    message: str
    help: str | None = None
    on_key: bool = False
    """Whether it is the key that is wrong and not the value."""


def setting_problems(settings: Sequence[FunctionSetting], platform: Platform) -> Iterator[SettingProblem]:
    """Every mistake, in the order in which the platform looks for them; it stops at the first."""
    for setting in settings:
        yield from _problems(setting, platform)


def unused_settings(
    files: Iterable[str], settings: Sequence[FunctionSetting], platform: Platform
) -> Iterator[tuple[FunctionSetting, FunctionSetting | None]]:
    """Each key that no function uses, with an earlier key that took a function it would have been for.

    A key whose glob cannot be judged, or which follows such a one, is left out.
    """
    used = set()
    taken_from: dict[str, FunctionSetting] = {}
    for built in detect(files, settings, platform.functions):
        if built.setting is not None:
            used.add(built.setting.pattern)
            for setting in settings:
                if setting.pattern not in taken_from and setting.fits(built.path):
                    taken_from[setting.pattern] = built.setting
    for setting in settings:
        if setting.fits("") is None:
            return
        if setting.pattern not in used:
            yield setting, taken_from.get(setting.pattern)


def _problems(setting: FunctionSetting, platform: Platform) -> Iterator[SettingProblem]:
    facts = platform.configuration
    place, value = setting.place, setting.value
    if len(setting.pattern) > facts.maximum_key_length:
        message = f"A key of `functions` takes at most {facts.maximum_key_length} characters; this has {{}}"
        yield SettingProblem(Kind.GLOB, place, message.format(len(setting.pattern)), on_key=True)
    if not isinstance(value, dict):
        kind = Kind.SHAPE if isinstance(value, list) and value else Kind.FUNCTION
        yield SettingProblem(kind, place, f"The settings of a function are an object, not {described(value)}")
        return
    if not value:
        yield SettingProblem(Kind.FUNCTION, place, "The settings of a function have at least one property")
        return
    for name, check in (("maxDuration", _duration), ("memory", _memory)):
        if name in value:
            yield from check((*place, name), value[name], platform)
    if setting.pattern.startswith("/"):
        hint = f"Write `{setting.pattern.lstrip('/')}`"
        message = "A key of `functions` is a path from the project root, so it cannot start with a slash"
        yield SettingProblem(Kind.SOURCE, place, message, hint, on_key=True)
    if "runtime" in value:
        yield from _runtime((*place, "runtime"), value["runtime"], platform)
    for name in ("includeFiles", "excludeFiles"):
        if name in value and not isinstance(value[name], str):
            hint = "Write one glob; braces make several of it: `{data/**,templates/**}`"
            message = f"`{name}` is one glob, a string, not {described(value[name])}"
            yield SettingProblem(Kind.PROPERTY, (*place, name), message, hint)


def _duration(place: KeyPath, value: Any, platform: Platform) -> Iterator[SettingProblem]:
    facts = platform.configuration
    if isinstance(value, str) and value in facts.duration_words:
        return
    words = "".join(f' or "{word}"' for word in facts.duration_words)
    limit = f" to {facts.maximum_duration}" if facts.maximum_duration else ""
    hint = f"Write a number of seconds, {facts.minimum_duration}{limit or ' or more'}{words}"
    if not _is_number(value) or value != int(value):
        yield SettingProblem(
            Kind.DURATION, place, f"`maxDuration` is a whole number of seconds, not {described(value)}", hint
        )
    elif value < facts.minimum_duration or (facts.maximum_duration and value > facts.maximum_duration):
        message = f"`maxDuration` is a whole number from {facts.minimum_duration}{limit}, not {described(value)}"
        yield SettingProblem(Kind.DURATION, place, message, hint)


def _memory(place: KeyPath, value: Any, platform: Platform) -> Iterator[SettingProblem]:
    """The platform compares whatever it finds with the limits; text that is a number passes, and so does other text."""
    lowest, highest = platform.configuration.memory
    number = _as_javascript_number(value)
    if number is not None and not lowest <= number <= highest:
        message = f"`memory` is {described(value)}, outside {lowest} to {highest} megabytes"
        yield SettingProblem(Kind.MEMORY, place, message, f"Write a number of megabytes from {lowest} to {highest}")


def _runtime(place: KeyPath, value: Any, platform: Platform) -> Iterator[SettingProblem]:
    version = str(value).rpartition("@")[2] if isinstance(value, str) else ""
    if isinstance(value, str) and len(version) <= _LONGEST_VERSION and _SEMVER.fullmatch(version):
        return
    name = str(value).rpartition("@")[0] or str(value)
    ours = is_python_runtime(name, platform.functions) or name.lower().startswith("python")
    hint = (
        "Leave `runtime` out: the platform takes its own for Python, and the version from the manifests"
        if ours
        else "Write name@version with a whole version, such as vercel-php@0.7.2"
    )
    message = f"`runtime` is the package of a community runtime with its version, not {described(value)}"
    yield SettingProblem(Kind.RUNTIME, place, message, hint)


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, (int, float)) and not isinstance(value, bool) and value not in (float("inf"), -float("inf"))
    )


def _as_javascript_number(value: Any) -> float | None:
    """What a comparison with a number makes of a value; None where it makes nothing of it."""
    if value is None or isinstance(value, (bool, int, float)):
        return float(value or 0)
    if isinstance(value, list) and len(value) <= 1:  # which is made text first
        value = str(value[0]) if value and isinstance(value[0], (int, float, str)) else ""
    try:
        return float(value.strip() or 0) if isinstance(value, str) else None
    except ValueError:
        return None
