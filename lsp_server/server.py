"""The language server: what holds the features together, and the ways it can be started."""

from __future__ import annotations

import asyncio
import json
import sys
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from lsp_server.client_settings import Configuration
from lsp_server.diagnostics import Converter
from lsp_server.documents import Documents
from lsp_server.failures import Failures
from lsp_server.positions import Units
from lsp_server.protocol import VlintProtocol
from lsp_server.uris import from_path, to_path
from lsp_server.workspace import Workspace
from vlint import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import PurePath

    from pygls.server import ServerErrors

    from lsp_server.session import Session

FEATURES = (
    "synchronization",
    "configuration",
    "publishing",
    "pulling",
    "watching",
    "code_actions",
    "hover",
    "links",
    "definition",
    "completion",
    "lens",
    "renaming",
    "commands",
    "progress",
    "lifetime",
)
"""The modules of `lsp_server.features`, in the order in which their parts of a common event are called."""

_UNREADABLE = (json.JSONDecodeError, UnicodeDecodeError, RecursionError)
"""What reading a message fails with where it is no JSON, or is nested too deep."""

T = TypeVar("T")


class VlintServer(LanguageServer):
    """The state that all features share.

    Attributes:
        documents: What is open in the editor.
        workspace_sessions: The folders, each with its session in a thread.
        on_initialized: Called when the client may be talked to.
        on_work: Called in a session's thread after each piece of its work.
        on_removed: Called with the directory of a session that has ended.
    """

    protocol: VlintProtocol

    def __init__(self) -> None:
        super().__init__("vlint", __version__, protocol_cls=VlintProtocol, converter_factory=default_converter)
        self.documents = Documents()
        self.on_initialized: list[Callable[[], None]] = []
        self.on_work: list[Callable[[Session], None]] = []
        self.on_removed: list[Callable[[PurePath], None]] = []
        self.failures = Failures(self, self.send)
        self.sessions = Workspace(self._after_work, self.failures.report, self.linter_options)
        self.configuration = Configuration()
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

    @cached_property
    def client_pulls(self) -> bool:
        """Whether the client asks for diagnostics; if not they are sent to it."""
        documents = self.client_capabilities.text_document
        return documents is not None and documents.diagnostic is not None

    async def ask(self, uri: str, question: Callable[[Session, PurePath], T], *, settled: bool = False) -> T | None:
        """The answer of the session that the file `uri` belongs to; None where it is no file of any project.

        Args:
            uri: The file.
            question: Called in the session's thread with the session and the file's path.
            settled: Wait until all is known about the file.
        """
        path = to_path(uri)
        if path is None:
            return None
        worker = self.sessions.ensure(path)
        return await asyncio.wrap_future(
            worker.ask(lambda session: question(session, path), settled=path if settled else None)
        )

    def remove(self, folder: PurePath) -> None:
        """End the session of a folder."""
        self.sessions.remove(folder)
        for action in self.on_removed:
            action(folder)

    def linter_options(self, folder: PurePath) -> Mapping[str, Any]:
        """The editor's settings for a folder, by their names in TOML."""
        return self.configuration.linter_options(folder)

    def send(self, action: Callable[[], object]) -> None:
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

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Log what went wrong with a message, and go on; what is no mistake of the client's is shown, once."""
        cause = sys.exc_info()[1] or error
        if source is JsonRpcException and isinstance(cause, _UNREADABLE):
            self.protocol.answer_unreadable()
            self.failures.note(cause)
        elif isinstance(cause, JsonRpcException):
            self.failures.note(cause)
        else:
            self.failures.report(cause)


def main(arguments: Sequence[str] = ()) -> int:
    """Serve until the client is done; see `lsp_server.transports`."""
    from lsp_server.transports import serve

    return serve(VlintServer, arguments)
