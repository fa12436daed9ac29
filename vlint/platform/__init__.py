"""What is believed about the platform, as data: one TOML file a platform, and tables that all of them share.

A version changes, or a platform is added, by writing a file in this folder; no code names one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_PLATFORM = "2025-03"
"""The platform that the project's specification describes."""


class UnknownPlatformError(ValueError):
    """There is no platform of that name."""


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """Which files are functions."""

    root_file: str
    root_signs: tuple[str, ...]
    directory: str
    extension: str
    runtimes: tuple[str, ...]
    other_languages: tuple[str, ...]
    declarations: tuple[str, ...]
    middleware: tuple[str, ...]
    excluded: tuple[str, ...]
    without_entry_point: Literal["fails", "not-deployed"]


@dataclass(frozen=True, slots=True)
class EntryPointFacts:
    """What the runtime accepts as an entry point."""

    detection: Literal["load", "syntax"]
    handler_names: tuple[str, ...]
    handler_any_case: bool
    handler_base: str
    handler_dispatch: tuple[str, ...]
    application_names: tuple[str, ...]
    interface: Literal["call", "signature"]
    application_attribute: str
    root_directory: str

    @property
    def looks_at_signature(self) -> bool:
        """Whether the runtime refuses, when it starts, a callable that does not show its interface."""
        return self.interface == "signature"


@dataclass(frozen=True, slots=True)
class PythonFacts:
    """Which Python versions there are, and where the choice is read."""

    default: str
    options: tuple[str, ...]
    legacy: Mapping[str, str]
    node: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]
    minimum_from_lock: str
    installed_never: tuple[str, ...]
    discontinued: tuple[str, ...]
    machine: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """Which files travel with a function, and where it may write."""

    excluded: tuple[str, ...]
    exclude_files: Literal["replaces", "adds"]
    include_files: Literal["nothing", "unknown"]
    writable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DependencyFacts:
    """Which manifest the platform installs from, with which installer, and what that takes of it."""

    installer: Literal["pip", "uv"]
    order: tuple[str, ...]
    search: Literal["beside-then-root", "nearest"]
    locks: tuple[str, ...]
    lock_format: str
    default_groups: tuple[str, ...]
    groups_left_out: tuple[str, ...]
    install_scripts: tuple[str, ...]
    preinstalled: tuple[str, ...]
    validates: bool
    lock_requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfigurationFacts:
    """The configuration file, and the limits of its `functions`. A `maximum_duration` of 0 is none."""

    file: str
    package: str
    frontend: str
    server_frameworks: tuple[str, ...]
    root_applications: tuple[str, ...]
    frontend_keys: tuple[str, ...]
    withdrawn: tuple[str, ...]
    maximum_key_length: int
    memory: tuple[int, int]
    minimum_duration: int
    maximum_duration: int
    duration_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform's facts."""

    name: str
    title: str
    documentation: Mapping[str, str]
    functions: FunctionFacts
    entry_point: EntryPointFacts
    python: PythonFacts
    bundle: BundleFacts
    dependencies: DependencyFacts
    configuration: ConfigurationFacts

    def address(self, code: str) -> str:
        """The page of the platform's documentation that a rule rests on."""
        best = max((prefix for prefix in self.documentation if code.startswith(prefix)), key=len)
        return self.documentation[best]


def platform_names() -> tuple[str, ...]:
    """The names of all platforms, oldest first."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and name[0].isdigit()))


def read_table(name: str) -> dict[str, Any]:
    """A data file of this folder, by its name without `.toml`."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_platform(name: str = DEFAULT_PLATFORM) -> Platform:
    """The platform `name`.

    Raises:
        UnknownPlatformError: there is none.
    """
    if name not in platform_names():
        raise UnknownPlatformError(name)
    data = read_table(name)
    return Platform(
        name=data["name"],
        title=data["title"],
        documentation=data["documentation"],
        functions=_facts(FunctionFacts, data["functions"]),
        entry_point=_facts(EntryPointFacts, data["entry_point"]),
        python=_facts(PythonFacts, data["python"]),
        bundle=_facts(BundleFacts, data["bundle"]),
        dependencies=_facts(DependencyFacts, data["dependencies"]),
        configuration=_facts(ConfigurationFacts, data["configuration"]),
    )


def _facts(kind: Any, section: Mapping[str, Any]) -> Any:
    """A section as its frozen class, with lists as tuples."""
    return kind(**{field.name: _frozen(section[field.name]) for field in fields(kind)})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
