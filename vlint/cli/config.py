"""`vlint config [PATH]`: the settings in force, and where each comes from."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vlint.cli.options import Parser, add_settings_options, existing_path, plain, settings_for, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.settings import Settings


def run(arguments: Sequence[str]) -> int:
    """Print the settings for a path; status 0."""
    from vlint.project.roots import root_of

    parser = Parser(prog="vlint config", description="Show the settings in force for PATH, and where each comes from.")
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a project or a file of it (default: .)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    add_settings_options(parser)
    options = parser.parse_args(arguments)
    path = existing_path(options.path).resolve()
    root = path if path.is_dir() else root_of(path, Path.cwd())
    settings = settings_for(root, options)
    write(_as_json(settings) if options.output_format == "json" else _as_text(settings))
    sys.stdout.flush()
    return 0


def _as_text(settings: Settings) -> str:
    from vlint.platform import load_platform, platform_names
    from vlint.settings import DEFAULT

    lines = [
        f"{name} = {plain(value)}  # {settings.origins.get(name, DEFAULT)}" for name, value in settings.values().items()
    ]
    platforms = [f"#   {name}  {load_platform(name).title}" for name in platform_names()]
    return "\n".join([*lines, "", "# platforms:", *platforms, ""])


def _as_json(settings: Settings) -> str:
    from vlint.settings import DEFAULT

    values = {
        name: {"value": value, "origin": settings.origins.get(name, DEFAULT)}
        for name, value in settings.values().items()
    }
    return json.dumps(values, indent=2) + "\n"
