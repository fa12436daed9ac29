"""The end of the process: with the conversation, or with the process that started it."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from lsp_server.server import VlintServer

INTERVAL = 1.0
"""How often, in seconds, it is looked whether the parent still lives."""

_SYNCHRONIZE = 0x00100000
_TIMED_OUT = 0x00000102


def register(server: VlintServer) -> None:
    """Register the feature."""

    def watch() -> None:
        if server.process_id is not None:
            threading.Thread(target=_watch, args=(server.process_id,), name="parent", daemon=True).start()

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.sessions.stop()

    server.on_initialized.append(watch)


def _watch(process: int) -> None:
    while is_alive(process):
        threading.Event().wait(INTERVAL)
    os._exit(1)  # the main thread is waiting for a message that will never come


def is_alive(process: int) -> bool:
    """Whether a process of that number exists."""
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(_SYNCHRONIZE, False, process)
        if not handle:
            return False
        try:
            return bool(ctypes.windll.kernel32.WaitForSingleObject(handle, 0) == _TIMED_OUT)
        finally:
            ctypes.windll.kernel32.CloseHandle(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it exists and is somebody else's
        return True
    return True
