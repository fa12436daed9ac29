"""Code lens: the route over each function's entry point. `vlint.codeLens: false` turns it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.features.commands import SHOW_ROUTES
from vlint.deployment import deployed
from vlint.project.functions import functions
from vlint.semantics.entry_point import entry_point
from vlint.text import FILE_START

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.deployment import Deployed

INTERFACES = {"handler": "request handler", "wsgi": "WSGI", "asgi": "ASGI"}


def register(server: VlintServer) -> None:
    """Register the feature."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    async def lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        def answer(session: Session, path: PurePath) -> list[types.CodeLens]:
            file = session.file(path)
            if file is None or not server.configuration.is_on("code-lens", session.folder):
                return []
            project, found = file.root.project, []
            for function in functions(project):
                if function.path == file.path:
                    chosen = entry_point(project, function).chosen
                    at = chosen.location if chosen is not None else None
                    span = at.range if at is not None and at.path == file.path else FILE_START
                    command = types.Command(_title(deployed(project, function)), SHOW_ROUTES)
                    found.append(types.CodeLens(server.units.range(file.root.source(file.path), span), command))
            return found

        return await server.ask(params.text_document.uri, answer)


def _title(row: Deployed) -> str:
    what = INTERFACES[row.interface] if row.interface is not None else row.status
    return f"{row.route} · {what} · Python {row.python}"
