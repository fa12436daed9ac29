"""`vlint routes [PATH]`: each function with its route, interface, Python version and manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.cli.options import Parser, add_color_option, add_settings_options, existing_path, settings_for, write

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Print the functions of every root below a path; status 0."""
    parser = Parser(prog="vlint routes", description="Show what is deployed: each function of the projects at PATH.")
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a project (default: .)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    add_color_option(parser)
    add_settings_options(parser)
    options = parser.parse_args(arguments)
    from vlint.project.roots import find_roots

    for root in find_roots([existing_path(options.path)]):
        from vlint.linter import open_project
        from vlint.project.functions import functions

        project = open_project(root.directory, settings=settings_for(root.directory, options))
        for function in functions(project):
            write(f"{function.route}  {function.path}\n")
    return 0
