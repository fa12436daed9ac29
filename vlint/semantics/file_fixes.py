"""Rewriting a path in the source: from the project root, from `__file__`, or below `/tmp`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.finding import Fix
    from vlint.project.project import Project
    from vlint.semantics.files import FileProblem


def fix_path(project: Project, wrong: FileProblem) -> Fix | None:
    """The fix that makes the path lead to the file that was meant."""
    del project, wrong
    return None


def fix_write(project: Project, wrong: FileProblem) -> Fix | None:
    """The fix that writes below the writable directory."""
    del project, wrong
    return None
