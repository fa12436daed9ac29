"""The editor's settings: what it sends under `vlint`, for the linter and for the server itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vlint.settings import schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePath

SECTION = "vlint"

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Configuration:
    """The editor's settings, of the whole window and of single folders.

    Names may be written as in TOML (`extend-select`) or as editors write them (`extendSelect`). What is null is not
    set. What the linter does not know is the server's: `codeLens`.
    """

    def __init__(self) -> None:
        self._window: dict[str, Any] = {}
        self._folders: dict[PurePath, dict[str, Any]] = {}

    def update(self, settings: Any, folder: PurePath | None = None) -> None:
        """Take settings in, for the window or for a folder; either the section itself or an object that holds it."""
        if isinstance(settings, dict) and isinstance(settings.get(SECTION), dict):
            settings = settings[SECTION]
        given = settings if isinstance(settings, dict) else {}
        values = {_HUMP.sub("-", name).lower(): _plain(value) for name, value in given.items() if value is not None}
        if folder is None:
            self._window = values
        else:
            self._folders[folder] = values

    def linter_options(self, folder: PurePath) -> Mapping[str, Any]:
        """The linter's settings for a folder, by their names in TOML."""
        known = set(schema()["properties"]) - {"$schema"}
        return {name: value for name, value in self._values(folder).items() if name in known}

    def is_on(self, name: str, folder: PurePath | None = None) -> bool:
        """Whether a feature of the server is on: it is unless it was turned off."""
        return self._values(folder).get(name) is not False

    def _values(self, folder: PurePath | None) -> dict[str, Any]:
        return {**self._window, **(self._folders.get(folder, {}) if folder is not None else {})}


def _plain(value: Any) -> Any:
    """A feature's switch as one value: VS Code's `vlint.codeLens.enable` comes as an object within `codeLens`."""
    return value["enable"] if isinstance(value, dict) and value.keys() == {"enable"} else value
