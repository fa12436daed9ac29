"""Paths as reports show them: relative to the working directory where the file lies below it, with `/`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.finding import Finding, Fix, Location


def shown_path(root: Path, path: str) -> str:
    """The file `path` of the project at `root` (an absolute path), as it is shown."""
    place = root / path
    try:
        return place.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return place.as_posix()


def shown_finding(root: Path, finding: Finding) -> Finding:
    """`finding` with every path in it as it is shown."""
    return replace(
        finding,
        path=shown_path(root, finding.path),
        fix=finding.fix and _shown_fix(root, finding.fix),
        related=tuple(
            replace(related, location=_shown_location(root, related.location)) for related in finding.related
        ),
    )


def _shown_fix(root: Path, fix: Fix) -> Fix:
    return replace(fix, edits=tuple(replace(edit, path=shown_path(root, edit.path)) for edit in fix.edits))


def _shown_location(root: Path, location: Location) -> Location:
    return replace(location, path=shown_path(root, location.path))
