"""
A path that leads to no file of the project.

Only the project's own files travel to the platform. A path that leads to none of them, from the project root or from
`__file__`, raises `FileNotFoundError` when the function runs; where the library says nothing (`configparser`,
`load_dotenv`, `cv2.imread`) the program goes on without the file, which is worth knowing.

Not reported: what the program asks for first (`os.path.exists`), what it catches (`except FileNotFoundError`), what it
writes itself, and what a build step may make.

Wrong, with the file at `data/file.txt`:

    open(join(dirname(__file__), 'data', 'file.txt'))   # api/data/file.txt

Right:

    open(join(dirname(__file__), '..', 'data', 'file.txt'))

How it is fixed: where another file of the project was probably meant, its path is offered (unsafe: look at it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.file_words import origin_of, place_of, thing
from vlint.rules.registry import rule
from vlint.semantics.files.files import file_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project
    from vlint.rules.context import FunctionModule
    from vlint.semantics.files.file_problem import FileProblem


@rule("VL202", "missing-file", Severity.ERROR, scope="running")
def missing_file(function: FunctionModule) -> Iterator[Problem]:
    """Report each path that leads to nothing."""
    for wrong in file_problems(function.project, function.function.path):
        if wrong.reason == "missing":
            yield Problem(
                wrong.location,
                _message(function.project, wrong),
                help=_help(wrong),
                severity=Severity.INFO if wrong.silent else None,
                fix=wrong.fix,
                related=origin_of(wrong),
            )


def _message(project: Project, wrong: FileProblem) -> str:
    there = project.tree.kind(wrong.looked_for)
    if there is not None:
        return f"{place_of(wrong.looked_for)!r} is a {there.value}, not a {thing(wrong)}"
    where = f"there is no {thing(wrong)} at {place_of(wrong.looked_for)!r}"
    if wrong.base is not None:
        where += ", from the application's own directory,"
    consequence = ": nothing is read, and no error is raised" if wrong.silent else ""
    return f"{where} when the function runs{consequence}"


def _help(wrong: FileProblem) -> str | None:
    if wrong.found is not None:
        return f"the project has {wrong.found!r}"
    return "add the file to the project, or write its path from the project root"
