"""The language server: what holds the features together, and the ways it can be started."""

from __future__ import annotations

import asyncio
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from lsp_server.diagnostics import Converter
from lsp_server.documents import Documents
from lsp_server.failures import Failures
from lsp_server.positions import Units
from lsp_server.protocol import VlintProtocol
from lsp_server.uris import from_path
from lsp_server.workspace import Workspace
from vlint import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import PurePath

    from lsp_server.session import Session

FEATURES = ("synchronization", "publishing", "watching")
"""The modules of `lsp_server.features`, in the order in which their parts of a common event are called."""


class VlintServer(LanguageServer):
    """The state that all features share.

    Attributes:
        documents: What is open in the editor.
        workspace_sessions: The folders, each with its session in a thread.
        on_initialized: Called when the client may be talked to.
        on_work: Called in a session's thread after each piece of its work.
    """

    def __init__(self) -> None:
        super().__init__("vlint", __version__, protocol_cls=VlintProtocol, converter_factory=default_converter)
        self.documents = Documents()
        self.on_initialized: list[Callable[[], None]] = []
        self.on_work: list[Callable[[Session], None]] = []
        self.failures = Failures(self, self.send)
        self.sessions = Workspace(self._after_work, self.failures.report, self.options)
        self._loop: asyncio.AbstractEventLoop | None = None
        for name in FEATURES:
            import_module(f"lsp_server.features.{name}").register(self)

    @cached_property
    def units(self) -> Units:
        """What columns are counted in, as agreed with the client."""
        return Units(self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    @cached_property
    def converter(self) -> Converter:
        """How this client takes diagnostics."""
        return Converter.for_client(self.client_capabilities, self.units, self.uri)

    def uri(self, path: PurePath) -> str:
        """The URI of a file, as the client writes it where it has the file open."""
        document = self.documents.at(path)
        return from_path(path) if document is None else document.uri

    def options(self, folder: PurePath) -> Mapping[str, Any]:
        """The editor's settings for a folder, by their names in TOML."""
        return {}

    def send(self, action: Callable[[], None]) -> None:
        """Have something done in the thread that talks to the client."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(action)

    def remember_loop(self) -> None:
        """Take note of the thread that talks to the client: this one."""
        self._loop = asyncio.get_running_loop()

    def _after_work(self, session: Session) -> None:
        for root in session.roots:
            failures, root.failures = root.failures, []
            for failure in failures:
                self.failures.report(failure)
        for action in self.on_work:
            action(session)


def main(arguments: Sequence[str] = ()) -> int:
    """Serve until the client is done."""
    VlintServer().start_io()
    return 0
