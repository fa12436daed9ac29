"""`vlint routes [PATH]`: each function with its route, interface, Python version, manifest and distributions."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from vlint.cli.options import (
    Parser,
    add_color_option,
    add_settings_options,
    existing_path,
    settings_for,
    terminal_width,
    uses_color,
    write,
)
from vlint.cli.shown import shown_path

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from vlint.deployment import Deployed


def run(arguments: Sequence[str]) -> int:
    """Print the functions of every root below a path; status 0."""
    parser = Parser(prog="vlint routes", description="Show what is deployed: each function of the projects at PATH.")
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a project (default: .)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    add_color_option(parser)
    add_settings_options(parser)
    options = parser.parse_args(arguments)
    from vlint.project.roots import find_roots

    roots = find_roots([existing_path(options.path)])
    deployments = [(root.directory, *_deployment(root.directory, options)) for root in roots]
    if options.output_format == "json":
        from vlint.report.routes import render_json

        write(render_json([_shown(root, row) for root, _, rows in deployments for row in rows]))
    else:
        write("\n".join(_table(root, platform, rows, options) for root, platform, rows in deployments))
    sys.stdout.flush()
    return 0


def _deployment(root: Path, options: argparse.Namespace) -> tuple[str, tuple[Deployed, ...]]:
    """The name of the platform and what becomes of each function on it."""
    from vlint.deployment import deployment
    from vlint.linter import open_project

    project = open_project(root, settings=settings_for(root, options))
    return project.platform.name, deployment(project)


def _table(root: Path, platform: str, rows: Sequence[Deployed], options: argparse.Namespace) -> str:
    from vlint.report.report import Style
    from vlint.report.routes import render_text

    shown = shown_path(root, "")
    title = f"{root.name if shown == '.' else shown} on {platform}"
    return render_text(title, rows, Style(uses_color(options.color, sys.stdout), terminal_width(sys.stdout)))


def _shown(root: Path, row: Deployed) -> Deployed:
    """`row` with its paths as reports show them."""
    return replace(
        row,
        path=shown_path(root, row.path),
        python_source=row.python_source and shown_path(root, row.python_source),
        manifest=row.manifest and shown_path(root, row.manifest),
        lock=row.lock and shown_path(root, row.lock),
        distributions=tuple(
            replace(found, location=replace(found.location, path=shown_path(root, found.location.path)))
            for found in row.distributions
        ),
    )
