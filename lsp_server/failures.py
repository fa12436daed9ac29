"""What becomes of a failure of vlint's own: its traceback goes to the client's log, and the user is told once."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from lsprotocol import types

from vlint.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pygls.lsp.server import LanguageServer


class Failures:
    """Reports failures; may be called from any thread."""

    def __init__(self, server: LanguageServer, send: Callable[[Callable[[], object]], None]) -> None:
        """`send` has something done in the thread that writes to the client."""
        self._server = server
        self._send = send
        self._shown: set[str] = set()

    def report(self, error: BaseException) -> None:
        """Log `error`, and show it where the same was not shown before."""
        if isinstance(error, SettingsError):
            text = details = f"vlint: {error}"
        else:
            text = f"vlint: {type(error).__name__}: {error}"
            details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        self._send(lambda: self._tell(text, details))

    def note(self, error: BaseException) -> None:
        """Log `error`, a mistake of the client's; the user is not bothered with it."""
        text = f"vlint: the client sent what cannot be taken: {type(error).__name__}: {error}"
        self._send(lambda: self._log(types.MessageType.Warning, text))

    def _tell(self, text: str, details: str) -> None:
        self._log(types.MessageType.Error, details)
        if text not in self._shown:
            self._shown.add(text)
            self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))

    def _log(self, kind: types.MessageType, text: str) -> None:
        self._server.window_log_message(types.LogMessageParams(kind, text))
