"""Document links: from a path in code to its file, and from a key of `functions` to what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from vlint.project.configuration import configuration
from vlint.project.functions import functions
from vlint.project.tree import Kind
from vlint.semantics.files.opened_paths import opened_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from lsp_server.root import Root
    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.text import Range


def register(server: VlintServer) -> None:
    """Register the feature."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, types.DocumentLinkOptions(resolve_provider=False))
    async def links(params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
        def answer(session: Session, path: PurePath) -> list[types.DocumentLink]:
            file = session.file(path)
            if file is None:
                return []
            source = file.root.source(file.path)
            return [
                types.DocumentLink(server.units.range(source, span), server.uri(file.root.directory / target), tooltip)
                for span, target, tooltip in _links(file.root, file.path)
            ]

        return await server.ask(params.text_document.uri, answer)


def _links(root: Root, path: str) -> Iterator[tuple[Range, str, str]]:
    """The range, the target (from the root) and what is shown for it."""
    if path.endswith(".py"):
        for opened in opened_paths(root.project, path):
            if opened.path and opened.kind is Kind.FILE:
                yield opened.range, opened.path, opened.path
    elif path == root.project.platform.functions.root_file:
        settings = configuration(root.project)
        for setting in settings.functions if settings is not None else ():
            used = [function.path for function in functions(root.project) if function.setting == setting]
            span = settings.document.key_range(setting.place) if settings is not None else None
            if used and span is not None:
                yield span, used[0], ", ".join(used[:10]) + (" …" if len(used) > 10 else "")
