"""Diagnostics that the client asks for: of a document, and of the whole workspace."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.uris import to_path

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session

Full = tuple[str, list[types.Diagnostic]]
"""A result's identifier, and the diagnostics it stands for."""


def register(server: VlintServer) -> None:
    """Register the feature."""
    options = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="vlint")

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def of_document(params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        def answer(session: Session, path: PurePath) -> Full:
            return _full(server, session, path)

        result, items = await server.ask(params.text_document.uri, answer, settled=True) or ("none", [])
        if result == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result)
        return types.RelatedFullDocumentDiagnosticReport(items, result_id=result)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def of_workspace(params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
        previous = {to_path(known.uri): (known.uri, known.value) for known in params.previous_result_ids}

        def answer(session: Session) -> list[types.WorkspaceDocumentDiagnosticReport]:
            reports: list[types.WorkspaceDocumentDiagnosticReport] = []
            paths = session.shown() | {path for path in previous if path is not None and session.file(path)}
            for path in sorted(paths):
                uri, known = previous.get(path, (server.uri(path), ""))
                result, items = _full(server, session, path)
                document = server.documents.at(path)
                version = document.version if document is not None else None
                if result == known:
                    reports.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result, version))
                elif items or known:
                    reports.append(types.WorkspaceFullDocumentDiagnosticReport(uri, items, version, result_id=result))
            return reports

        futures = [asyncio.wrap_future(worker.ask(answer, idle=True)) for worker in server.sessions]
        return types.WorkspaceDiagnosticReport([report for future in futures for report in await future])

    changed: set[PurePath] = set()

    def refresh(session: Session) -> None:
        """Have the client ask again when something has changed that it did not just edit itself."""
        if not server.client_pulls:
            return
        changed.update(session.take_changed() - session.take_edited())
        if changed and session.is_settled():
            changed.clear()
            if _can_refresh(server):
                server.send(lambda: _refresh(server))

    server.on_work.append(refresh)


def _full(server: VlintServer, session: Session, path: PurePath) -> Full:
    items = server.converter.diagnostics(session, path)
    content = json.dumps([server.protocol._converter.unstructure(item) for item in items], sort_keys=True)
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest(), items


def _can_refresh(server: VlintServer) -> bool:
    workspace = server.client_capabilities.workspace
    return bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)


def _refresh(server: VlintServer) -> None:
    server.workspace_diagnostic_refresh(None)
