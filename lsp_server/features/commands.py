"""Commands: check the workspace again, show the routes, start afresh."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from vlint.deployment import deployment

if TYPE_CHECKING:
    from lsp_server.server import VlintServer
    from lsp_server.session import Session

CHECK_WORKSPACE = "vlint.checkWorkspace"
SHOW_ROUTES = "vlint.showRoutes"
RESTART = "vlint.restart"

_NOUNS = {"error": "error", "warning": "warning", "info": "note"}


def register(server: VlintServer) -> None:
    """Register the feature."""

    @server.command(CHECK_WORKSPACE)
    async def check_workspace(*_: Any) -> dict[str, int]:
        """Look at every file again; the number of findings by severity is returned and told."""
        counts = dict.fromkeys(_NOUNS, 0)
        for worker in list(server.sessions):
            await asyncio.wrap_future(worker.ask(lambda session: session.reopen()))
            for severity in await asyncio.wrap_future(worker.ask(_severities, idle=True)):
                counts[severity] += 1
        text = ", ".join(_counted(counts[severity], noun) for severity, noun in _NOUNS.items())
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, f"vlint: {text}"))
        return counts

    @server.command(SHOW_ROUTES)
    async def show_routes(*_: Any) -> list[dict[str, Any]]:
        """Each function of the workspace, with the path of its root; told in the log too."""
        rows = []
        for worker in list(server.sessions):
            rows += await asyncio.wrap_future(worker.ask(_routes))
        lines = [f"{row['route']}  {row['path']}  {row['interface'] or row['status']}  {row['python']}" for row in rows]
        server.window_log_message(types.LogMessageParams(types.MessageType.Info, "\n".join(lines) or "no functions"))
        return rows

    @server.command(RESTART)
    async def restart(*_: Any) -> None:
        """Stop all that is going on and begin again, with empty memory."""
        server.sessions.restart()
        for document in server.documents:
            if document.path is not None:
                server.sessions.ensure(document.path).edit(document.path, document.text)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _severities(session: Session) -> list[str]:
    return [finding.severity.value for path in session.shown() for _, finding in session.findings(path)]


def _routes(session: Session) -> list[dict[str, Any]]:
    return [
        {"root": str(root.directory), **asdict(deployed)}
        for root in session.roots
        for deployed in deployment(root.project)
    ]
