"""Diagnostics that the server sends by itself, to clients that do not ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.uris import relative

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session


def register(server: VlintServer) -> None:
    """Register the feature."""
    shown: set[PurePath] = set()

    def clear(folder: PurePath) -> None:
        """Take away what is shown in a folder whose session has ended."""
        for path in list(shown):
            if relative(path, folder) is not None and server.sessions.worker(path) is None:
                _send(path, [], None)

    def publish(session: Session) -> None:
        if server.client_pulls:
            return
        for path in session.take_changed():
            worker = server.sessions.worker(path)
            document = server.documents.at(path)
            if worker is None or worker.overtaken(path):
                continue  # the session has ended, or a newer text brings its own
            diagnostics = server.converter.diagnostics(session, path)
            if diagnostics or document is not None or path in shown:
                _send(path, diagnostics, document.version if document else None)

    def _send(path: PurePath, diagnostics: list[types.Diagnostic], version: int | None) -> None:
        (shown.add if diagnostics else shown.discard)(path)
        params = types.PublishDiagnosticsParams(server.uri(path), diagnostics, version)
        server.send(lambda: server.text_document_publish_diagnostics(params))

    server.on_work.append(publish)
    server.on_removed.append(clear)
