"""
A file that is in the project but does not travel with the function that opens it.

What runs on the platform is a bundle: the project less what `.vercelignore` names, what the platform leaves out of
every function (`node_modules`, `.next`, and later also `public/`, virtual environments and lock files), and what
`excludeFiles` of the function in `vercel.json` names. A deployment made from Git also lacks what `.gitignore` keeps
out. The file is on the developer's machine, and `FileNotFoundError` on the platform.

Wrong, with `data/` in `.vercelignore`:

    open('data/file.txt')

Right: take the pattern out, or keep the file in a directory that travels.

How it is fixed: not by vlint, which cannot know why the pattern is there; the finding shows where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Related, Severity
from vlint.project.bundle import Reason
from vlint.rules.file_words import origin_of, thing
from vlint.rules.registry import rule
from vlint.semantics.files.files import file_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.bundle import Bundling
    from vlint.rules.context import FunctionModule

_WHY = {
    Reason.GIT: "Git does not carry it",
    Reason.IGNORE_FILE: "an ignore file keeps it out of the deployment",
    Reason.PLATFORM: "the platform leaves it out of every function",
    Reason.EXCLUDED: "excludeFiles keeps it out of the function",
}
_HELP = {
    Reason.GIT: "commit the file, or take the pattern out of .gitignore",
    Reason.IGNORE_FILE: "take the pattern out of .vercelignore",
    Reason.PLATFORM: "keep the file in another directory",
    Reason.EXCLUDED: "make excludeFiles narrower, or keep the file in another directory",
}


@rule("VL204", "file-not-bundled", Severity.ERROR, scope="running")
def file_not_bundled(function: FunctionModule) -> Iterator[Problem]:
    """Report each file that is opened but left out of the function's bundle."""
    for wrong in file_problems(function.project, function.function.path):
        bundling = wrong.bundling
        if wrong.reason == "not-bundled" and bundling is not None and bundling.reason is not None:
            yield Problem(
                wrong.location,
                f"the {thing(wrong)} {wrong.looked_for!r} is not there when the function runs: {_WHY[bundling.reason]}"
                + (f" ({bundling.pattern!r})" if bundling.pattern else ""),
                help=_HELP[bundling.reason],
                severity=_severity(bundling, silent=wrong.silent),
                related=(*_pattern(bundling), *origin_of(wrong)),
            )


def _severity(bundling: Bundling, *, silent: bool) -> Severity | None:
    if silent:
        return Severity.INFO
    return Severity.WARNING if bundling.reason is Reason.GIT else None  # a deployment need not be made from Git


def _pattern(bundling: Bundling) -> tuple[Related, ...]:
    return (Related(bundling.location, "this pattern names it"),) if bundling.location is not None else ()
