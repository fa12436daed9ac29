"""How far the first check of a folder has come, for clients that show it."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session

PATIENCE = 0.2
"""Seconds of work after which it is told; less would only flash up."""

INTERVAL = 0.1
"""Seconds between two reports."""


@dataclass
class _Progress:
    """The progress of one folder; `told` is when it was last told, `token` is set once the client shows it."""

    began: float = field(default_factory=time.monotonic)
    told: float = 0.0
    token: str | None = None


def register(server: VlintServer) -> None:
    """Register the feature."""
    running: dict[PurePath, _Progress] = {}

    def on_work(session: Session) -> None:
        window = server.client_capabilities.window
        if window is None or not window.work_done_progress:
            return
        if session.is_settled():
            finished = running.pop(session.folder, None)
            if finished is not None and finished.token is not None:
                token = finished.token
                server.send(lambda: server.work_done_progress.end(token, types.WorkDoneProgressEnd()))
            return
        progress = running.setdefault(session.folder, _Progress())
        now = time.monotonic()
        if now - progress.began < PATIENCE or now - progress.told < INTERVAL:
            return
        progress.told = now
        _tell(progress, *session.progress())

    def _tell(progress: _Progress, done: int, total: int) -> None:
        message, percentage = f"{done} of {total}", 100 * done // max(total, 1)
        if progress.token is None:
            token = progress.token = str(uuid.uuid4())
            begin = types.WorkDoneProgressBegin("vlint", message=message, percentage=percentage, cancellable=False)
            server.send(
                lambda: server.work_done_progress.create(token, lambda _: server.work_done_progress.begin(token, begin))
            )
        else:
            token = progress.token
            report = types.WorkDoneProgressReport(message=message, percentage=percentage)
            server.send(lambda: server.work_done_progress.report(token, report))

    server.on_work.append(on_work)
