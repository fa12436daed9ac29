"""The text of a file as findings count their positions in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.fixes import read_text

if TYPE_CHECKING:
    from vlint.project.tree import Tree


def file_text(tree: Tree, path: str) -> str | None:
    """The text laid over `path`, else its bytes decoded (without a byte order mark); None where there is no file."""
    content = tree.read(path)
    overlaid = tree.overlaid(path)
    if overlaid is not None:
        return overlaid.removeprefix("\ufeff")
    return None if content is None else read_text(content)
