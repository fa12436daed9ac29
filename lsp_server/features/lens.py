"""Code lens: the route over each function's entry point. `vlint.codeLens: false` turns it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.features.commands import SHOW_ROUTES
from vlint.deployment import deployed
from vlint.project.functions import functions
from vlint.semantics.entry_points.entry_point import entry_point
from vlint.text import FILE_START, Range

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.deployment import Deployed
    from vlint.project.project import Project

INTERFACES = {"handler": "request handler", "wsgi": "WSGI", "asgi": "ASGI"}

Lens = tuple[Range, str]
"""Where a lens is shown, and its title."""


def register(server: VlintServer) -> None:
    """Register the feature."""
    given: dict[PurePath, list[str]] = {}

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=False))
    async def lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        def answer(session: Session, path: PurePath) -> list[types.CodeLens]:
            file = session.file(path)
            if file is None or not server.configuration.is_on("code-lens", session.folder):
                return []
            found = _lenses(file.root.project, file.path)
            given[path] = [title for _, title in found]
            source = file.root.source(file.path)
            return [
                types.CodeLens(server.units.range(source, span), types.Command(title, SHOW_ROUTES))
                for span, title in found
            ]

        return await server.ask(params.text_document.uri, answer)

    def refresh(session: Session) -> None:
        """Have the client ask again when a lens says something else than it was given, whatever has changed it."""
        if not given or not can_refresh(server) or not session.is_settled():
            return
        stale = False
        for path in list(given):
            file = session.file(path)
            if server.documents.at(path) is None:
                del given[path]
            elif file is not None and not file.root.project.knows(_key(file.path)):
                titles = [title for _, title in _lenses(file.root.project, file.path)]
                stale = stale or titles != given[path]
                given[path] = titles
        if stale:
            server.send(lambda: server.workspace_code_lens_refresh(None))

    server.on_work.append(refresh)


def can_refresh(server: VlintServer) -> bool:
    """Whether the client can be told to ask for code lenses anew."""
    workspace = server.client_capabilities.workspace
    return workspace is not None and workspace.code_lens is not None and bool(workspace.code_lens.refresh_support)


def _key(path: str) -> tuple[str, str]:
    return ("code lenses", path)


def _lenses(project: Project, path: str) -> tuple[Lens, ...]:
    """The lenses of the module at `path`, remembered by the project."""

    def find() -> tuple[Lens, ...]:
        found = []
        for function in functions(project):
            if function.path == path:
                chosen = entry_point(project, function).chosen
                at = chosen.location if chosen is not None else None
                span = at.range if at is not None and at.path == path else FILE_START
                found.append((span, _title(deployed(project, function))))
        return tuple(found)

    return project.remember(_key(path), find)


def _title(row: Deployed) -> str:
    what = INTERFACES[row.interface] if row.interface is not None else row.status
    return f"{row.route} · {what} · Python {row.python}"
