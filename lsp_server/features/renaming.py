"""Renaming files: the paths that name them are changed with them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.edits import workspace_edit
from lsp_server.uris import relative, to_path
from vlint.finding import Edit
from vlint.project.configuration import configuration
from vlint.semantics.files.opened_paths import moved, opened_paths
from vlint.text import Position, Range

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from lsp_server.root import Root
    from lsp_server.server import VlintServer
    from lsp_server.session import Session


def register(server: VlintServer) -> None:
    """Register the feature."""
    everything = types.FileOperationFilter(types.FileOperationPattern("**"), "file")
    options = types.FileOperationRegistrationOptions([everything])

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES, options)
    async def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        renames = [(to_path(renamed.old_uri), to_path(renamed.new_uri)) for renamed in params.files]

        def answer(session: Session) -> types.WorkspaceEdit:
            found = [
                (root, edit)
                for old, new in renames
                if old is not None and new is not None
                for root in session.roots
                for edit in _edits(root, old, new)
            ]
            return workspace_edit(server, found)

        edit = types.WorkspaceEdit()
        for folder in {server.sessions.worker(old) for old, _ in renames if old is not None} - {None}:
            assert folder is not None
            own = await asyncio.wrap_future(folder.ask(answer, idle=True))
            edit.changes = {**(edit.changes or {}), **(own.changes or {})} or None
            edit.document_changes = [*(edit.document_changes or ()), *(own.document_changes or ())] or None
        return edit if edit.changes or edit.document_changes else None

    @server.feature(types.WORKSPACE_DID_RENAME_FILES, options)
    def did_rename(params: types.RenameFilesParams) -> None:
        _changed([uri for renamed in params.files for uri in (renamed.old_uri, renamed.new_uri)])

    @server.feature(types.WORKSPACE_DID_CREATE_FILES, options)
    def did_create(params: types.CreateFilesParams) -> None:
        _changed([created.uri for created in params.files])

    @server.feature(types.WORKSPACE_DID_DELETE_FILES, options)
    def did_delete(params: types.DeleteFilesParams) -> None:
        _changed([deleted.uri for deleted in params.files])

    def _changed(uris: list[str]) -> None:
        for path in filter(None, map(to_path, uris)):
            worker = server.sessions.worker(path)
            if worker is not None:
                worker.changed({path})


def _edits(root: Root, old_path: PurePath, new_path: PurePath) -> Iterator[Edit]:
    old, new = relative(old_path, root.directory), relative(new_path, root.directory)
    if not old or not new or old == new:
        return
    name = old.rpartition("/")[2]
    for module in sorted(path for path in root.record().reads if path.endswith(".py")):
        if name in root.source(module).text:
            for opened in opened_paths(root.project, module):
                edit = moved(opened, old, new, module)
                if edit is not None:
                    yield edit
    settings = configuration(root.project)
    for setting in settings.functions if settings is not None else ():
        span = settings.document.key_range(setting.place) if settings is not None else None
        if span is not None and setting.pattern == old:
            inner = Range(
                Position(span.start.line, span.start.column + 1), Position(span.end.line, span.end.column - 1)
            )
            yield Edit(root.project.platform.functions.root_file, inner, new)
