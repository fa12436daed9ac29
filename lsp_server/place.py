"""One place in a document, as features that answer about a place are given it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsprotocol import types

    from lsp_server.root import Root
    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.finding import Location
    from vlint.project.project import Project
    from vlint.text import Position, Range, Source


@dataclass(frozen=True)
class Here:
    """A file of a root, and a position in it.

    Attributes:
        root: The root.
        path: The file, from the root.
        source: Its text.
        position: The place.
    """

    root: Root
    path: str
    source: Source
    position: Position

    @property
    def project(self) -> Project:
        """The linter's project."""
        return self.root.project

    @property
    def name(self) -> str:
        """The file's name, without directories."""
        return self.path.rpartition("/")[2]

    @property
    def before(self) -> str:
        """The line up to the place."""
        return self.source.line(self.position.line)[: self.position.column - 1]

    def is_in(self, span: Range) -> bool:
        """Whether the place lies in `span` or at its end."""
        return span.start <= self.position <= span.end

    def is_at(self, location: Location | None) -> bool:
        """Whether the place lies in `location`."""
        return location is not None and location.path == self.path and self.is_in(location.range)


def here(server: VlintServer, session: Session, path: PurePath, position: types.Position) -> Here | None:
    """The place that a client means, or None where it is in no project. To be called in the session's thread."""
    file = session.file(path)
    if file is None:
        return None
    source = file.root.source(file.path)
    return Here(file.root, file.path, source, server.units.from_client(source, position))
