"""The words that the rules about files share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Related

if TYPE_CHECKING:
    from vlint.semantics.files.file_problem import FileProblem


def thing(wrong: FileProblem) -> str:
    """What should be there."""
    return wrong.kind or "file"


def place_of(path: str) -> str:
    """Where the platform looks, as a person writes it: the root itself is `.`."""
    return path or "."


def origin_of(wrong: FileProblem) -> tuple[Related, ...]:
    """The place where the path was written, if that is not where it is opened."""
    return (Related(wrong.origin, "the path is written here"),) if wrong.origin is not None else ()
