"""The fix of a path that will not open: which way of writing it serves, and how certain that is."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from vlint.finding import Applicability, Fix
from vlint.semantics.files import file_fixes
from vlint.semantics.files.file_problem import is_below
from vlint.semantics.files.file_verdicts import is_of_a_machine
from vlint.semantics.files.path_source import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.finding import Edit
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.files.file_problem import FileProblem, Opened

_MOVES = frozenset({"rename", "renames", "replace", "move", "link", "symlink", "symlink_to", "hardlink_to"})
_PUT_ELSEWHERE = frozenset({"write", "make-directory", "database"})


def to_what_was_found(problem: FileProblem, opened: Opened, evaluator: Evaluator) -> Fix | None:
    """The fix that writes the path of the file that was found."""
    path, found = opened.path, problem.found
    if path.source is None or found is None or opened.use.opener.opens == "glob":
        return None
    where = written(*path.source, evaluator)
    if where is None:
        return None
    helper = problem.reason == "api-relative" and where.module.path != evaluator.function_path
    edits: tuple[Edit, ...] | None = None
    if problem.reason == "case":
        edits = file_fixes.in_case(where, problem.looked_for, found)
    if edits is None and (helper or "__file__" in where.module.source.text):
        receiver = opened.use.opener.parameter is None and where.node is opened.use.node
        edits = file_fixes.from_file(where, path.text, found, evaluator, receiver=receiver)
    if edits is None or problem.base is not None:
        new = posixpath.relpath(found, problem.base) if problem.base is not None else found
        edits = file_fixes.from_root(where, path.text, new, evaluator)
    if edits is None:
        return None
    certain = problem.reason in {"api-relative", "case"} or (
        problem.reason == "machine" and not is_of_a_machine(path.text)
    )
    applicability = Applicability.SAFE if certain and where.exclusive else Applicability.UNSAFE
    return Fix(f"Change the path to {found!r}", applicability, edits)


def to_the_writable_place(opened: Opened, others: Sequence[Opened], evaluator: Evaluator) -> Fix | None:
    """The fix that writes below the writable directory, and has whatever reads the file (of `others`) look there."""
    if opened.opens not in _PUT_ELSEWHERE or opened.use.opener.function.rpartition(".")[2] in _MOVES:
        return None
    makes = opened.opens == "make-directory"
    edits: dict[Edit, None] = {}
    for other in others:
        if other.full == opened.full or (makes and is_below(other.full, (opened.full,))):
            where = written(*other.path.source, evaluator) if other.path.source is not None else None
            new = _writable_place(other.full, others, evaluator)
            made = file_fixes.from_root(where, other.path.text, new, evaluator) if where is not None else None
            if made is None:
                return None
            edits.update(dict.fromkeys(made))
    title = f"Write to {_writable_place(opened.full, others, evaluator)!r}"
    return Fix(title, Applicability.UNSAFE, tuple(edits)) if edits else None


def _writable_place(full: str, others: Sequence[Opened], evaluator: Evaluator) -> str:
    """The path below the writable directory that stands for `full`: directories that the program makes are kept."""
    made = [other.full for other in others if other.opens == "make-directory" and is_below(full, (other.full,))]
    top = min(made, key=len, default=full)
    writable = evaluator.project.platform.bundle.writable[0]
    return posixpath.join(writable, full[len(posixpath.dirname(top)) :].lstrip("/"))
