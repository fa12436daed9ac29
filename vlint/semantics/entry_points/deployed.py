"""Whether a Python file that looks like a function is built as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.entry_points.detection import detect
from vlint.syntax.module import load_module

if TYPE_CHECKING:
    from vlint.project.project import Project


def is_built(project: Project, path: str) -> bool:
    """Whether the platform builds the file at `path`: one can leave out a file in which it sees no entry point."""
    if project.platform.functions.without_entry_point != "not-deployed":
        return True
    return detect(load_module(project, path), project.platform) is not None
