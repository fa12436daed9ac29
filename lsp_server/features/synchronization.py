"""The start of the conversation, the workspace's folders, and the texts of open documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.uris import to_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsp_server.server import VlintServer


def register(server: VlintServer) -> None:
    """Register the feature."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.remember_loop()
        server.configuration.update(server.protocol._converter.unstructure(params.initialization_options))

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        folders = list(server.workspace.folders.values())
        root = server.workspace.root_uri
        _add(server, folders or ([types.WorkspaceFolder(root, "")] if root else []))
        for action in server.on_initialized:
            action()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        for removed in params.event.removed:
            folder = to_path(removed.uri)
            if folder is not None:
                server.remove(folder)
        _add(server, params.event.added)
        for document in server.documents:
            if document.path is not None:
                server.sessions.ensure(document.path).edit(document.path, document.text)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def open_document(params: types.DidOpenTextDocumentParams) -> None:
        _edited(server, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def change_document(params: types.DidChangeTextDocumentParams) -> None:
        _edited(server, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def save_document(params: types.DidSaveTextDocumentParams) -> None:
        path = to_path(params.text_document.uri)
        if path is not None:
            server.sessions.ensure(path).changed({path})

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def close_document(params: types.DidCloseTextDocumentParams) -> None:
        path = to_path(params.text_document.uri)
        worker = server.sessions.worker(path) if path is not None else None
        if worker is not None and path is not None:
            worker.edit(path, None)
            for lonely in server.sessions.without_use(document.path for document in server.documents if document.path):
                server.remove(lonely)


def _add(server: VlintServer, folders: Sequence[types.WorkspaceFolder]) -> None:
    for folder in folders:
        path = to_path(folder.uri)
        if path is not None:
            server.sessions.add(path)


def _edited(server: VlintServer, uri: str) -> None:
    document = server.documents.get(uri)
    if document is not None and document.path is not None:
        server.sessions.ensure(document.path).edit(document.path, document.text)
