"""vlint's edits as the protocol's, for the very texts that they were made for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePath

    from lsp_server.root import Root
    from lsp_server.server import VlintServer
    from vlint.finding import Edit


class ContentModifiedError(JsonRpcException):
    """The text has changed since the session saw it; the client asks again."""

    CODE = types.LSPErrorCodes.ContentModified.value
    MESSAGE = "Content Modified"


def workspace_edit(server: VlintServer, edits: Iterable[tuple[Root, Edit]]) -> types.WorkspaceEdit:
    """The edits by document, each with the version that it is for. To be called in the session's thread.

    Raises:
        ContentModifiedError: an open document has changed meanwhile.
    """
    by_path: dict[PurePath, list[types.TextEdit]] = defaultdict(list)
    for root, edit in edits:
        text_edit = types.TextEdit(server.units.range(root.source(edit.path), edit.range), edit.text)
        path = root.directory / edit.path
        document = server.documents.at(path)
        if document is not None and root.text(edit.path) != document.text:
            raise ContentModifiedError
        if text_edit not in by_path[path]:
            by_path[path].append(text_edit)
    return _by_document(server, by_path)


def _by_document(server: VlintServer, by_path: dict[PurePath, list[types.TextEdit]]) -> types.WorkspaceEdit:
    workspace = server.client_capabilities.workspace
    if workspace is None or workspace.workspace_edit is None or not workspace.workspace_edit.document_changes:
        return types.WorkspaceEdit({server.uri(path): edits for path, edits in by_path.items()})
    changes = []
    for path, edits in by_path.items():
        document = server.documents.at(path)
        identifier = types.OptionalVersionedTextDocumentIdentifier(
            server.uri(path), document.version if document is not None else None
        )
        changes.append(types.TextDocumentEdit(identifier, list(edits)))
    return types.WorkspaceEdit(document_changes=list(changes))
