"""
A path that is right on somebody's machine only: absolute, with a drive or backslashes, or in another letter case.

A function runs on Linux, as a user without a home directory worth the name, and with case-sensitive file names. So
`/Users/ada/…` and `C:\\…` lead nowhere, `~` is no home directory to `open` (and the expanded one is empty), backslashes
are part of a name instead of separating two, and `data/File.txt` is not `data/file.txt`, although macOS and Windows
find it.

Wrong:

    open('/Users/ada/project/data/file.txt')
    open('data\\\\file.txt')
    open('Data/file.txt')

Right:

    open('data/file.txt')

How it is fixed: a name in another case, or with backslashes, is written as the file has it (safe); an absolute path
whose end is in the project is written from the root (unsafe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.file_words import origin_of, thing
from vlint.rules.registry import rule
from vlint.semantics.files.files import file_problems
from vlint.semantics.intrinsics.paths import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule
    from vlint.semantics.files.file_problem import FileProblem


@rule("VL205", "machine-path", Severity.ERROR, scope="running")
def machine_path(function: FunctionModule) -> Iterator[Problem]:
    """Report each path that somebody's machine understands, and the platform does not."""
    for wrong in file_problems(function.project, function.function.path):
        if wrong.reason in {"machine", "case"}:
            yield Problem(
                wrong.location,
                _message(wrong),
                help=f"write {wrong.found!r}, from the project root" if wrong.found else "keep the file in the project",
                severity=_severity(wrong),
                fix=wrong.fix,
                related=origin_of(wrong),
            )


def _severity(wrong: FileProblem) -> Severity | None:
    if not wrong.silent:
        return None
    return Severity.WARNING if wrong.found else Severity.INFO


def _message(wrong: FileProblem) -> str:
    text = wrong.text
    if wrong.reason == "case":
        return f"{text!r} is not found, for file names are case-sensitive: the {thing(wrong)} is {wrong.found!r}"
    if text == HOME or text.startswith(f"{HOME}/"):
        return "the home directory of the user that a function runs as is empty"
    if text.startswith("~"):
        return f"{text!r} is taken as it stands: open() does not expand '~', and a function has no home directory"
    if text.startswith("/"):
        return f"{text!r} is a path of somebody's machine: it does not exist on the platform"
    if len(text) > 1 and text[1] == ":":
        return f"{text!r} is a Windows path: there are no drives on the platform"
    return f"{text!r} has backslashes, which do not separate directories on the platform"
