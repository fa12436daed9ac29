"""The settings of a run: `[tool.vlint]` in `pyproject.toml`, or `vlint.toml`, and what the command line says over them.

Settings are checked when they are read: a mistake is an error that names the nearest thing that exists.
"""

from __future__ import annotations

import difflib
import json
import sys
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vlint.finding import Severity
from vlint.platform import DEFAULT_PLATFORM, platform_names
from vlint.rules.catalogue import codes_of, rule_names

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SETTINGS_FILES = ("vlint.toml", "pyproject.toml")
"""In this order in one directory; a `pyproject.toml` counts only with a `[tool.vlint]` table."""

DEFAULT = "default"
"""The origin of a value that nobody set."""


class SettingsError(ValueError):
    """The settings are invalid; the text is one line for the user."""


@dataclass(frozen=True)
class Settings:
    """The settings in force for a root.

    Attributes:
        platform: The name of the platform that is predicted.
        select: The rules that run: codes or prefixes of codes.
        extend_select: Rules that run besides those of `select`.
        ignore: Rules that do not run; wins over the two before unless a longer prefix is selected.
        per_file_ignores: Rules that are not reported for files, by pattern (as in `.gitignore`, from the root).
        fail_on: The least severity that makes the exit status 1.
        origins: Where each value was set, by the name that it has in TOML: `path:line`, an option, or `default`.
        file: The file the settings were read from, or None.
    """

    platform: str = DEFAULT_PLATFORM
    select: tuple[str, ...] = ("VL",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fail_on: Severity = Severity.WARNING
    origins: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None

    def runs(self, code: str) -> bool:
        """Whether the rule `code` runs: the longest prefix that fits decides; of two equals `ignore`."""
        selected = max((len(p) for p in (*self.select, *self.extend_select) if code.startswith(p)), default=0)
        ignored = max((len(p) for p in self.ignore if code.startswith(p)), default=0)
        return selected > ignored

    def ignores(self, code: str, path: str) -> bool:
        """Whether `per-file-ignores` keeps the rule `code` silent about the file `path`."""
        return any(
            code.startswith(prefix) and _matches(pattern, path)
            for pattern, prefixes in self.per_file_ignores.items()
            for prefix in prefixes
        )

    def values(self) -> dict[str, Any]:
        """Every setting by its name in TOML, as plain values, in the order of the schema."""
        return {
            name: _plain(getattr(self, name.replace("-", "_"))) for name in schema()["properties"] if name != "$schema"
        }

    def with_values(self, values: Mapping[str, Any], origin: str) -> Settings:
        """These settings with `values`, by their names in TOML, laid over them.

        Raises:
            SettingsError: a name or a value is not known; the text begins with `origin`.
        """
        changed = {name.replace("-", "_"): _checked(name, value, origin) for name, value in values.items()}
        origins = {**self.origins, **dict.fromkeys(values, origin)}
        return replace(self, **changed, origins=origins)


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of `[tool.vlint]`."""
    content = files("vlint").joinpath("settings.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(content))


def load_settings(root: Path, *, file: Path | None = None, overlay: Mapping[str, str] | None = None) -> Settings:
    """The settings for the project at `root`.

    Args:
        root: An absolute path.
        file: The file to read instead of looking for one.
        overlay: Unsaved text by path relative to `root`, which stands in for a settings file too.

    Raises:
        SettingsError: the file cannot be read, or says something that vlint does not know.
    """
    candidates = [file] if file is not None else settings_candidates(root)
    for candidate in candidates:
        found = _read_table(candidate, _overlaid(candidate, root, overlay or {}), asked_for=file is not None)
        if found is not None:
            table, lines = found
            settings = replace(Settings(), file=candidate)
            for name, value in table.items():
                settings = settings.with_values({name: value}, f"{_shown(candidate)}{lines(name)}")
            return settings
    return Settings()


def settings_candidates(root: Path) -> list[Path]:
    """Where settings for `root` may stand, nearest first: in the root and above it, up to the repository's top.

    Outside a repository only the root itself counts: what lies in a directory above belongs to somebody else.
    """
    above = [root, *root.parents]
    top = next((index for index, directory in enumerate(above) if (directory / ".git").exists()), 0)
    return [directory / name for directory in above[: top + 1] for name in SETTINGS_FILES]


def check_codes(prefixes: Iterable[str], origin: str) -> tuple[str, ...]:
    """`prefixes` in upper case.

    Raises:
        SettingsError: one of them is neither a rule's code nor the start of one.
    """
    checked = tuple(prefix.strip().upper() for prefix in prefixes)
    for prefix in checked:
        if not prefix or not codes_of(prefix):
            raise SettingsError(f"{origin}: there is no rule {prefix!r}{nearest(prefix, rule_names())}")
    return checked


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean …?` with the known word that is most like `word`, or the list of them where none is."""
    known = list(words)
    best = difflib.get_close_matches(word, known, 1, 0.5)
    if best:
        return f"; did you mean {best[0]!r}?"
    return f"; known are {', '.join(known)}" if len(known) <= 10 else ""


def _checked(name: str, value: Any, origin: str) -> Any:
    """The value of the setting `name` as `Settings` holds it."""
    where = origin if origin == f"--{name}" else f"{origin}: {name}"
    match name:
        case "platform":
            return _choice(value, platform_names(), where)
        case "fail-on":
            return Severity(_choice(value, ("error", "warning"), where))
        case "select" | "extend-select" | "ignore":
            return check_codes(_strings(value, where), where)
        case "per-file-ignores":
            if not isinstance(value, dict):
                raise SettingsError(f"{where}: expected a table of patterns, not {_kind(value)}")
            return {pattern: check_codes(_strings(codes, where), where) for pattern, codes in value.items()}
        case _:
            known = [key for key in schema()["properties"] if key != "$schema"]
            raise SettingsError(f"{origin}: there is no setting {name!r}{nearest(name, known)}")


def _choice(value: Any, choices: Iterable[str], where: str) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"{where}: expected a string, not {_kind(value)}")
    if value not in choices:
        raise SettingsError(f"{where}: there is no {value!r}{nearest(value, choices)}")
    return value


def _strings(value: Any, where: str) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise SettingsError(f"{where}: expected a list of strings")
    return list(value)


def _kind(value: Any) -> str:
    names = {dict: "a table", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _read_table(
    path: Path, overlaid: str | None, *, asked_for: bool
) -> tuple[dict[str, Any], Callable[[str], str]] | None:
    """The table of settings in `path`, and `:line` of each; None where the file or the table is not there."""
    try:
        content = path.read_bytes().decode("utf-8") if overlaid is None else overlaid
        document = tomllib.loads(content)
    except (FileNotFoundError, NotADirectoryError) as error:
        if asked_for:
            raise SettingsError(f"{_shown(path)}: no such file") from error
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if path.name == "pyproject.toml" and not asked_for:
            return None  # a manifest of the project: a rule reports it with its position
        raise SettingsError(f"{_shown(path)}: {error}") from error
    except OSError as error:
        raise SettingsError(f"{_shown(path)}: {error.strerror}") from error
    if path.name != "pyproject.toml":
        return document, partial(_line, content)
    table = document.get("tool", {})
    table = table.get("vlint") if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise SettingsError(f"{_shown(path)}: tool.vlint: expected a table, not {_kind(table)}")
    return None if table is None else (table, partial(_line, content, "tool", "vlint"))


def _line(text: str, *path: str) -> str:
    """`:` and the line of the key at `path` in a TOML text."""
    from vlint.project.manifests.toml_document import TomlDocument

    try:
        return f":{TomlDocument(text).key_range(*path).start.line}"
    except KeyError:
        return ""


def _overlaid(path: Path, root: Path, overlay: Mapping[str, str]) -> str | None:
    return overlay.get(path.name) if path.parent == root else None


def _shown(path: Path) -> str:
    """`path` relative to the working directory where it lies below it, with `/`."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _plain(value: Any) -> Any:
    if isinstance(value, Severity):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _matches(pattern: str, path: str) -> bool:
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", [pattern]).match_file(path)
