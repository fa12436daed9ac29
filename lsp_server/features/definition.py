"""Go to definition: from an entry point to the place that makes it, in whatever module, and from a path to its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.place import Here, here
from vlint.finding import Location
from vlint.project.functions import functions
from vlint.project.tree import Kind
from vlint.semantics.entry_points.entry_point import entry_point
from vlint.semantics.evaluation.values import options
from vlint.semantics.files.opened_paths import opened_paths
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session


def register(server: VlintServer) -> None:
    """Register the feature."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        def answer(session: Session, path: PurePath) -> list[types.Location]:
            place = here(server, session, path, params.position)
            if place is None or not place.path.endswith(".py"):
                return []
            return [
                types.Location(
                    server.uri(place.root.directory / found.path),
                    server.units.range(place.root.source(found.path), found.range),
                )
                for found in dict.fromkeys(_definitions(place))
            ]

        return await server.ask(params.text_document.uri, answer)


def _definitions(place: Here) -> Iterator[Location]:
    for function in functions(place.project):
        if function.path != place.path:
            continue
        for candidate in entry_point(place.project, function).candidates:
            if place.is_at(candidate.location):
                yield from (option.origin for option in options(candidate.value) if option.origin is not None)
    for opened in opened_paths(place.project, place.path):
        if place.is_in(opened.range) and opened.path and opened.kind is Kind.FILE:
            yield Location(opened.path, FILE_START)
