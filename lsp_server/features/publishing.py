"""Diagnostics that the server sends by itself, to clients that do not ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session


def register(server: VlintServer) -> None:
    """Register the feature."""
    shown: set[PurePath] = set()

    def publish(session: Session) -> None:
        if server.client_pulls:
            return
        for path in session.take_changed():
            worker = server.sessions.worker(path)
            document = server.documents.at(path)
            if worker is not None and worker.overtaken(path):
                continue  # the newer text brings its own
            diagnostics = server.converter.diagnostics(session, path)
            if diagnostics or document is not None or path in shown:
                _send(path, diagnostics, document.version if document else None)

    def _send(path: PurePath, diagnostics: list[types.Diagnostic], version: int | None) -> None:
        (shown.add if diagnostics else shown.discard)(path)
        params = types.PublishDiagnosticsParams(server.uri(path), diagnostics, version)
        server.send(lambda: server.text_document_publish_diagnostics(params))

    server.on_work.append(publish)
