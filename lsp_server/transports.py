"""The ways to reach the server: standard input and output, or a port that no other machine can reach.

On a port, one editor is served. Web pages can reach a port of the machine that they are shown on: what a browser sends
for them is turned away, and so is a second editor, whose connection would else take the first one's place.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import sys
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from pygls.io_ import run_async, run_websocket

from vlint.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from websockets.asyncio.server import ServerConnection

    from lsp_server.server import VlintServer

LOOPBACK = "127.0.0.1"

_LOCAL_PAGE = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
"""Where a page must come from that may talk to the server: any other could read the project through it."""

_HTTP = re.compile(rb"[A-Z]+ .*\bHTTP/\d")
"""The first line of what a browser sends; its body could be a message."""

_TRY_LATER = 1013
"""The status with which a WebSocket is closed to somebody who may come again (RFC 6455's registry)."""

_SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that computes lets one run that has a message to read; a tenth of Python's own."""


def serve(make_server: Callable[[], VlintServer], arguments: Sequence[str]) -> int:
    """Serve one client and return the exit status: 0 where it asked for the end, 1 where it went without a word.

    Args:
        make_server: Makes the server.
        arguments: As on the command line: `--stdio` (the default), `--tcp PORT` or `--ws PORT`.
    """
    options = _parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.CRITICAL)  # failures go to the client's log
    sys.setswitchinterval(_SWITCH_INTERVAL)
    all_rules()  # their modules take a while to import: rather now than when the first file has been opened
    server = make_server()
    if options.tcp is not None:
        asyncio.run(_serve_tcp(server, options.tcp))
    elif options.ws is not None:
        asyncio.run(_serve_websocket(server, options.ws))
    else:
        server.start_io()
    return 0 if server.protocol.is_shut_down else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vlint server", description="The language server, for one editor.")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--stdio", action="store_true", help="talk on standard input and output (the default)")
    group.add_argument("--tcp", type=_port, metavar="PORT", help="wait for a connection on this port of 127.0.0.1")
    group.add_argument("--ws", type=_port, metavar="PORT", help="the same, for a WebSocket")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 1 << 16:
        raise argparse.ArgumentTypeError(f"there is no port {port}")
    return port


@dataclass
class _Guest:
    """Whether the one editor that is served has come, and when it goes."""

    gone: asyncio.Event = field(default_factory=asyncio.Event)
    has_come: bool = False

    def come(self) -> bool:
        """Whether this is the editor to serve; whoever comes later is not."""
        first, self.has_come = not self.has_come, True
        return first


async def _serve_tcp(server: VlintServer, port: int) -> None:
    guest = _Guest()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readline()
        if not first or _HTTP.match(first) or not guest.come():
            writer.close()
            return
        server.protocol.set_writer(writer)
        try:
            lines = _Lines(first, reader)
            await run_async(Event(), lines, server.protocol, error_handler=server.report_server_error)
        except ConnectionError:
            pass  # it went in the middle of something
        finally:
            writer.close()
            guest.gone.set()

    async with await asyncio.start_server(connected, LOOPBACK, port):
        await guest.gone.wait()


@dataclass
class _Lines:
    """A stream whose first line has been read."""

    first: bytes
    rest: asyncio.StreamReader

    async def readline(self) -> bytes:
        """The next line, or nothing at the end."""
        first, self.first = self.first, b""
        return first or await self.rest.readline()

    async def readexactly(self, count: int) -> bytes:
        """The next `count` bytes, or nothing where the other side has gone before."""
        try:
            return await self.rest.readexactly(count)
        except asyncio.IncompleteReadError:
            return b""


async def _serve_websocket(server: VlintServer, port: int) -> None:
    from websockets.asyncio.server import serve as listen

    guest = _Guest()

    async def connected(socket: ServerConnection) -> None:
        if not guest.come():
            await socket.close(_TRY_LATER, "another editor is served")
            return
        try:
            await run_websocket(socket, Event(), server.protocol, error_handler=server.report_server_error)
        finally:
            guest.gone.set()

    async with listen(connected, LOOPBACK, port, origins=[None, _LOCAL_PAGE], max_size=None):
        await guest.gone.wait()
