"""The functions that open a path, as `openers.toml` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from vlint.platform import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

Opens = Literal["read", "list", "find", "glob", "write", "make-directory", "change", "database", "mode", "flags"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Where an argument stands: its position from 0 (None if by keyword only), its keyword, and its default."""

    position: int | None
    keyword: str | None
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Opener:
    """One path that a function takes; the fields are those that `openers.toml` explains.

    Attributes:
        parameter: Where the path is passed; None where the object of a method is the path.
        not_run: Why no test runs the function against its library; None where one does.
    """

    function: str
    parameter: Parameter | None
    opens: Opens
    mode: Parameter | None
    missing: Literal["raises", "nothing"]
    base: Literal["working-directory", "application"]
    forgiving: str | None
    schemes: bool
    not_run: str | None


@dataclass(frozen=True, slots=True)
class Application:
    """A callable that makes an application, or a part of one, with a directory of its own.

    Attributes:
        module: The parameter that names the module whose directory it is.
        directory: The parameter that sets another directory; the attribute that holds it has the same name.
        serves: Whether functions that belong to no application resolve paths against this one's directory.
    """

    module: Parameter
    directory: str
    serves: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A path that a framework opens because a module of settings names it.

    Attributes:
        variable: The environment variable that holds the name of the settings' module.
        name: The name in that module of a dictionary of dictionaries.
        key: The key of the path in each of these.
        condition: What other keys have to hold.
        opener: How the framework opens the path.
    """

    variable: str
    name: str
    key: str
    condition: Mapping[str, str]
    opener: Opener


@cache
def settings() -> tuple[Setting, ...]:
    """The paths in settings that frameworks open."""
    return tuple(
        Setting(entry["variable"], entry["name"], entry["key"], entry["condition"], _opener(entry["function"], entry))
        for entry in read_table("openers")["setting"]
    )


@cache
def applications() -> Mapping[str, Application]:
    """The applications with a directory of their own, by the qualified name of what makes them."""
    return {
        name: Application(Parameter(entry["argument"], entry["keyword"]), entry["directory"], entry["serves"])
        for entry in read_table("openers")["application"]
        for name in entry["functions"]
    }


@cache
def openers() -> Mapping[str, tuple[Opener, ...]]:
    """The paths that each function takes, by the function's qualified name."""
    found: dict[str, list[Opener]] = {}
    for entry in read_table("openers")["open"]:
        for function in entry["functions"]:
            found.setdefault(function, []).append(_opener(function, entry))
    return {name: tuple(listed) for name, listed in found.items()}


def _opener(function: str, entry: Mapping[str, Any]) -> Opener:
    position = entry.get("argument")
    mode = entry.get("mode")
    return Opener(
        function,
        None if position == "self" else Parameter(position, entry.get("keyword")),
        entry["opens"],
        Parameter(mode["argument"], mode["keyword"], mode["default"]) if mode else None,
        entry.get("missing", "raises"),
        entry.get("base", "working-directory"),
        entry.get("forgiving"),
        entry.get("schemes", False),
        entry.get("not_run"),
    )
