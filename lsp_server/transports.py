"""The ways to reach the server: standard input and output, or a port of this machine that nobody else can reach."""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import sys
from threading import Event
from typing import TYPE_CHECKING

from pygls.io_ import run_websocket

from vlint.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from websockets.asyncio.server import ServerConnection

    from lsp_server.server import VlintServer

LOOPBACK = "127.0.0.1"

_LOCAL_PAGE = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
"""Where a page must come from that may talk to the server: any other could read the project through it."""

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
        server.start_tcp(LOOPBACK, options.tcp)
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


async def _serve_websocket(server: VlintServer, port: int) -> None:
    from websockets.asyncio.server import serve as listen

    ended = Event()
    done = asyncio.get_running_loop().create_future()

    async def connected(socket: ServerConnection) -> None:
        await run_websocket(socket, ended, server.protocol, error_handler=server.report_server_error)
        if not done.done():
            done.set_result(None)

    async with listen(connected, LOOPBACK, port, origins=[None, _LOCAL_PAGE], max_size=None):
        await done
