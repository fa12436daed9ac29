"""
A path that works from the module's own directory, but not from the project root.

A function runs with the project's root as its working directory, not `api/`. A relative path is looked up from there,
whichever module opens it, so a file that lies beside the module, or a path written from it (`../data/file.txt`), is
not found: `FileNotFoundError`, on the platform only. It works on the developer's machine as long as the program is
started in `api/`.

Wrong, with the file at `data/file.txt`:

    # api/user.py
    open('../data/file.txt')

Right, from the project root:

    open(join('data', 'file.txt'))

or from the module's own directory, wherever the program is started:

    open(join(dirname(abspath(__file__)), '..', 'data', 'file.txt'))

How it is fixed: the path is rewritten from the project root, in the way the module writes its paths. The fix is safe
where the path is written in the call itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.file_words import origin_of, place_of, thing
from vlint.rules.registry import rule
from vlint.semantics.files.files import file_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL201", "api-relative-path", Severity.ERROR, scope="running")
def api_relative_path(function: FunctionModule) -> Iterator[Problem]:
    """Report each path that leads to a file from the module's directory alone."""
    for wrong in file_problems(function.project, function.function.path):
        if wrong.reason == "api-relative" and wrong.found is not None:
            yield Problem(
                wrong.location,
                f"{wrong.text!r} is looked for from the project root, where there is no {place_of(wrong.looked_for)!r}"
                f"{' (and no error is raised)' if wrong.silent else ''}: the {thing(wrong)} is at {wrong.found!r}",
                help=f"write {wrong.found!r}, from the project root, or start from the directory of __file__",
                severity=Severity.WARNING if wrong.silent else None,
                fix=wrong.fix,
                related=origin_of(wrong),
            )
