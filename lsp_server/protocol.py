"""pygls' protocol with documents of our own, handlers that run in the order of the messages, and an answer to every
request, also to one that cannot be read or comes at the wrong time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from collections.abc import Generator

    from lsp_server.server import VlintServer


_NOBODY: Any = None
"""The identifier in an answer to a request whose own cannot be read."""


class VlintProtocol(LanguageServerProtocol):
    """Keeps open documents in `server.documents`, before the handlers of features are called."""

    _server: VlintServer
    _is_initialized = False

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message that `data` is; where it cannot be one, who asked is answered that."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], None, error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Have a message handled, if its time is right.

        Raises:
            JsonRpcInvalidRequest: it is no message.
        """
        if not hasattr(message, "jsonrpc"):
            error = JsonRpcInvalidRequest("This is no message of JSON-RPC")
            self._send_response(_NOBODY, None, error.to_response_error())
            raise error
        refusal = self._refusal(getattr(message, "method", None))
        if refusal is None:
            super().handle_message(message)
            self._forget_finished()
        elif hasattr(message, "id"):
            self._send_response(message.id, None, refusal.to_response_error())

    def _forget_finished(self) -> None:
        """Drop the futures of handlers that are done: pygls keeps those of notifications for ever, texts and all."""
        for identifier in [known for known, future in self._request_futures.items() if future.done()]:
            del self._request_futures[identifier]

    def _refusal(self, method: str | None) -> JsonRpcException | None:
        """Why a request or notification cannot be taken now; None where it can, and for responses."""
        if method is None or method == types.EXIT:
            return None
        if self._shutdown:
            return JsonRpcInvalidRequest("The server has been shut down")
        if method == types.INITIALIZE:
            was_initialized, self._is_initialized = self._is_initialized, True
            return JsonRpcInvalidRequest("The server has been initialized") if was_initialized else None
        return None if self._is_initialized else JsonRpcServerNotInitialized()

    def answer_unreadable(self) -> None:
        """Tell the client that what it sent is no JSON."""
        self._send_response(_NOBODY, None, JsonRpcParseError().to_response_error())

    @property
    def is_shut_down(self) -> bool:
        """Whether the client has asked for the end of the conversation."""
        return self._shutdown

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Take a document in."""
        self._server.documents.open(params.text_document)
        yield from self._user_handler(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Make the changes of a document."""
        self._server.documents.change(params.text_document, params.content_changes, self._server.units)
        yield from self._user_handler(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Let a document go."""
        self._server.documents.close(params.text_document.uri)
        yield from self._user_handler(types.TEXT_DOCUMENT_DID_CLOSE, params)

    def _user_handler(self, method: str, params: object) -> Generator[Any, Any, None]:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None
