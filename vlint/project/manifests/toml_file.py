"""TOML files of the project, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.project.manifests.toml_document import TomlDocument

if TYPE_CHECKING:
    from vlint.project.project import Project


def read_toml(project: Project, path: str) -> TomlDocument | None:
    """The TOML file at `path`; None where there is none.

    Bytes that are not UTF-8 become U+FFFD; a byte order mark, which every reader of TOML in Python drops, is dropped.
    """

    def read() -> TomlDocument | None:
        content = project.tree.read(path) if project.tree.is_file(path) else None
        return None if content is None else TomlDocument(content.decode("utf-8", "replace").removeprefix("\ufeff"))

    return project.remember(("toml", path), read)
