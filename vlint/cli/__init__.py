"""The command line: `vlint [PATH]...` and the commands, one file each.

Nothing is imported before it is known what is asked for, so that help and the list of rules come at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("check", "rule", "routes", "config", "server")
"""The first word of a command line that is one of these is a command; a path of that name is written `./rule`."""

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""

FAILED = 2
"""The exit status for bad usage, bad configuration and failures of vlint's own."""


class UsageError(Exception):
    """Something is wrong with what was asked; the text is one line for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status: 0, 1 or 2, as `vlint --help` explains."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    command = arguments.pop(0) if arguments and arguments[0] in COMMANDS else "check"
    if sys.stdout is None or sys.stderr is None:  # closed by who started us
        nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - used until the process ends
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character is no reason to fail
    try:
        status: int = import_module(f"vlint.cli.{command}").run(arguments)
        if not sys.stdout.closed:  # as the language server leaves it
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Who read our output has seen enough. What is left must not be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        return _fail(error, verbose="-v" in arguments or "--verbose" in arguments)
    return status


def _fail(error: Exception, *, verbose: bool) -> int:
    from vlint.settings import SettingsError

    if isinstance(error, UsageError | SettingsError):
        text = str(error)
    elif isinstance(error, OSError) and error.strerror:
        text = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    else:
        text = f"internal error: {type(error).__name__}: {error} (vlint's mistake; -v shows where)"
        if verbose:
            import traceback

            traceback.print_exc()
    print(f"vlint: error: {' '.join(text.split())}", file=sys.stderr)
    return FAILED
