"""What the commands' options share."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from vlint.cli import UsageError

if TYPE_CHECKING:
    from typing import TextIO

    from vlint.settings import Settings


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError` instead of printing the usage and leaving."""
        raise UsageError(f"{message} (see {self.prog} --help)")


def add_settings_options(parser: argparse.ArgumentParser) -> None:
    """The options that stand for settings, in a group of their own."""
    group = parser.add_argument_group("settings (over those of pyproject.toml or vlint.toml)")
    codes = "codes or their beginnings, with commas between"
    group.add_argument("--select", metavar="CODES", action="append", help=f"run these rules only: {codes}")
    group.add_argument("--extend-select", metavar="CODES", action="append", help="run these too")
    group.add_argument("--ignore", metavar="CODES", action="append", help="do not run these")
    group.add_argument("--platform", metavar="NAME", help="the platform to predict; see `vlint config`")
    group.add_argument(
        "--fail-on", metavar="SEVERITY", help="the least severity that makes the status 1: error, warning (default)"
    )
    group.add_argument("--config", metavar="FILE", type=Path, help="read the settings from this file")


def add_color_option(parser: argparse._ActionsContainer) -> None:
    """`--color`."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="when to use colour; auto: on a terminal, and as NO_COLOR and FORCE_COLOR say",
    )


def settings_for(root: Path, options: argparse.Namespace) -> Settings:
    """The settings of the project at `root` with those of the command line over them.

    Raises:
        vlint.settings.SettingsError: one of them is invalid.
    """
    from vlint.settings import load_settings

    settings = load_settings(root, file=options.config)
    for name in ("select", "extend-select", "ignore"):
        given = getattr(options, name.replace("-", "_"))
        if given is not None:
            codes = [code for value in given for code in value.split(",") if code.strip()]
            settings = settings.with_values({name: codes}, f"--{name}")
    for name in ("platform", "fail-on"):
        value = getattr(options, name.replace("-", "_"))
        if value is not None:
            settings = settings.with_values({name: value}, f"--{name}")
    return settings


def uses_color(choice: str, stream: TextIO) -> bool:
    """Whether to colour what is written to `stream` (https://no-color.org, https://force-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width(stream: TextIO) -> int | None:
    """The width of the terminal behind `stream` in cells, or None where it is none."""
    if not stream.isatty():
        return None
    try:
        return int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError):
        return None


def write(text: str, file: Path | None = None) -> None:
    """Write to `file` in UTF-8, or to standard output.

    Raises:
        OSError: `file` cannot be written.
    """
    if file is None:
        sys.stdout.write(text)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def existing_path(name: str) -> Path:
    """A path given on the command line.

    Raises:
        UsageError: nothing is there.
    """
    from vlint.cli import COMMANDS

    path = Path(name)
    if not path.exists():
        hint = f"; a command comes first: vlint {name}" if name in COMMANDS else ""
        raise UsageError(f"{name}: no such file or directory{hint}")
    return path


def plain(value: Any) -> str:
    """A setting's value as TOML writes it."""
    import json

    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {plain(item)}" for key, item in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
