"""The platform's configuration file (`vercel.json`): what it sets for functions, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vlint.finding import Location
from vlint.project.globs import compile_glob
from vlint.project.json_document import load_json
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vlint.project.json_document import JsonDocument, KeyPath
    from vlint.project.project import Project

FUNCTIONS = "functions"
BUILDS = "builds"


@dataclass(frozen=True, slots=True)
class FunctionSetting:
    """What is set for some functions: by one key of `functions`, or by the `config` of an element of `builds`.

    Attributes:
        pattern: What it is for: a path or a glob.
        value: What it sets (an object, if it is right).
        place: Where the value stands in the configuration.
    """

    pattern: str
    value: Any
    place: KeyPath

    def fits(self, path: str) -> bool | None:
        """Whether the key is for the file at `path`; None where its glob is one that cannot be judged."""
        if self.pattern == path:
            return True
        glob = compile_glob(self.pattern)
        return glob.matches(path) if glob.exact else None

    def option(self, name: str) -> Any:
        """The value of one of its properties, or None."""
        return self.value.get(name) if isinstance(self.value, dict) else None


@dataclass(frozen=True, slots=True)
class Build:
    """One element of `builds`: what it is for (a path or a glob), the builder it uses, and what it sets."""

    source: str
    use: str
    setting: FunctionSetting


@dataclass(frozen=True)
class Configuration:
    """A configuration file that is JSON."""

    document: JsonDocument

    @property
    def members(self) -> Mapping[str, Any]:
        """The file's top-level members; empty where it is no object."""
        return self.document.value if isinstance(self.document.value, dict) else {}

    @property
    def functions(self) -> tuple[FunctionSetting, ...]:
        """The keys of `functions`, in the order in which the platform tries them."""
        settings = self.members.get(FUNCTIONS)
        if not isinstance(settings, dict):
            return ()
        return tuple(FunctionSetting(key, settings[key], (FUNCTIONS, key)) for key in _enumerated(settings))

    @property
    def builds(self) -> tuple[Build, ...] | None:
        """The elements of `builds` that have the right shape; None where `builds` is not set."""
        elements = self.members.get(BUILDS)
        if not isinstance(elements, list):
            return None
        found = []
        for index, element in enumerate(elements):
            if isinstance(element, dict) and isinstance(element.get("use"), str):
                source = str(element.get("src", "")).removeprefix("/")
                setting = FunctionSetting(source, element.get("config"), (BUILDS, index, "config"))
                found.append(Build(source, element["use"], setting))
        return tuple(found)

    def at(self, path: KeyPath) -> Location:
        """Where the key at `path` stands, or the value where it has no key."""
        return Location(self.document.path, self.document.range(path) or FILE_START)

    def value_at(self, path: KeyPath) -> Location:
        """Where the value at `path` stands."""
        return Location(self.document.path, self.document.value_range(path) or FILE_START)


def configuration(project: Project) -> Configuration | None:
    """The root's configuration; None where there is none, or none that is JSON."""
    document = load_json(project, project.platform.configuration.file)
    return None if document is None or document.problem is not None else Configuration(document)


def setting_for(settings: Sequence[FunctionSetting], path: str) -> FunctionSetting | None:
    """The first key of `functions` that is for the file at `path`."""
    return next((setting for setting in settings if setting.fits(path)), None)


def _enumerated(members: Mapping[str, Any]) -> list[str]:
    """The keys as JavaScript lists them: those that are array indexes first, by number."""
    numbers = [key for key in members if key.isdecimal() and key.isascii() and str(int(key[:11])) == key]
    return sorted(numbers, key=int) + [key for key in members if key not in set(numbers)]
