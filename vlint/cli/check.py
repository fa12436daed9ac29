"""`vlint [PATH]...`: check projects and report what was found."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vlint.cli import UsageError
from vlint.cli.options import (
    Parser,
    add_color_option,
    add_settings_options,
    terminal_width,
    uses_color,
    write,
)
from vlint.report import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.cli.checking import Checked

DESCRIPTION = """\
Say what Vercel will do with the Python of a project, before it is deployed.

A directory is checked as a project root, and so is each directory below it with a vercel.json.
A file is checked as a part of the nearest root above it."""

EPILOG = """\
commands:
  vlint rule [CODE]      a rule's documentation, or the list of rules
  vlint routes [PATH]    each function: route, file, interface, Python version, manifest
  vlint config [PATH]    the settings in force, and where each comes from
  vlint server           the language server on standard input and output
  A path that is called like a command is written ./rule.

exit status:
  0  nothing was found at or above --fail-on
  1  something was
  2  bad usage, bad configuration, or a failure of vlint's own, said in one line"""


def parser() -> argparse.ArgumentParser:
    """The options of a check."""
    made = Parser(
        prog="vlint",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="projects or files (default: .)")
    made.add_argument("--version", action="store_true", help="print the version")
    made.add_argument(
        "-q", "--quiet", action="store_true", help="print findings only, and nothing where there are none"
    )
    made.add_argument("-v", "--verbose", action="store_true", help="say what is checked, and with which settings")
    add_settings_options(made)
    fixes = made.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="mend what can be mended without a change of meaning")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: mend also what needs a look")
    fixes.add_argument("--diff", action="store_true", help="print the fixes as a diff and change no file")
    output = made.add_argument_group("output")
    output.add_argument("--output-format", choices=FORMATS, default="text", help="default: text")
    output.add_argument("--output-file", type=Path, metavar="FILE", help="write the report to this file")
    output.add_argument("--statistics", action="store_true", help="print how often each rule spoke instead of findings")
    output.add_argument("--exit-zero", action="store_true", help="leave with status 0 whatever is found")
    add_color_option(output)
    running = made.add_argument_group("running")
    running.add_argument("--jobs", type=_jobs, metavar="N", help="processes to use at most (default: one a core)")
    running.add_argument("--stdin-filename", metavar="FILE", help="take standard input for the text of this file")
    return made


def run(arguments: Sequence[str]) -> int:
    """Check, report, and return the exit status."""
    options = parser().parse_args(arguments)
    if options.version:
        from vlint import __version__

        print(f"vlint {__version__}")
        return 0
    if options.statistics and options.output_format not in ("text", "concise", "json"):
        raise UsageError("--statistics goes with --output-format text, concise or json")
    from vlint.cli.checking import check_paths

    checked = check_paths(options)
    _write(options, checked)
    for failure in checked.report.failures:
        print(f"vlint: error: {failure}", file=sys.stderr)
    if checked.report.failures:
        return 2
    return int(checked.failing and not options.exit_zero)


def _write(options: argparse.Namespace, checked: Checked) -> None:
    from vlint.report import render
    from vlint.report.report import Style

    stream = sys.stdout
    to_file = options.output_file is not None
    style = Style(
        color=uses_color(options.color, stream) and not (to_file and options.color == "auto"),
        width=None if to_file else terminal_width(stream),
        quiet=options.quiet,
    )
    report = checked.report
    if checked.output is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(checked.output)
    elif options.statistics:
        from vlint.report.statistics import render_statistics

        write(render_statistics(report, as_json=options.output_format == "json"), options.output_file)
    else:
        write(render(options.output_format, report, style), options.output_file)
    if options.output_format != "text" and not options.quiet and (report.empty or report.fixed or options.verbose):
        print(f"{report.summary()}.", file=sys.stderr)


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a number from 1, not {text!r}")
    return int(text)
