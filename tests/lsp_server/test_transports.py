"""Whole sessions over each transport, and who is turned away at a port."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.lsp_server.conftest import PATIENCE, SERVER, Editor, apply, folder_of, follow

pytestmark = pytest.mark.asyncio

CHECKOUT = Path(__file__).parents[2]
PIPFILE = '[requires]\npython_version = "3.11"\n'


class Port:
    """A server that listens on a free port."""

    def __init__(self, transport: str) -> None:
        self.transport = transport
        self._start()

    def _start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.number = int(probe.getsockname()[1])
        self.process = subprocess.Popen([*SERVER, f"--{self.transport}", str(self.number)], cwd=CHECKOUT)

    async def listens(self) -> None:
        """Wait until it does, at another port if somebody took the first; who looks and goes again is no client."""
        deadline = time.monotonic() + PATIENCE
        while not self.takes("127.0.0.1") or self.process.poll() is not None:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
            if self.process.poll() is not None:
                self._start()

    def takes(self, host: str) -> bool:
        """Whether somebody can connect to the port at an address of this machine."""
        try:
            socket.create_connection((host, self.number), 2).close()
        except OSError:
            return False
        return True

    async def client(self) -> LanguageClient:
        """A client that is connected."""
        client = make_test_lsp_client()
        follow(client)
        start = client.start_tcp if self.transport == "tcp" else client.start_ws
        await start("127.0.0.1", self.number)
        return client

    async def ended(self) -> int:
        """The exit status."""
        return await asyncio.to_thread(self.process.wait, PATIENCE)


@pytest_asyncio.fixture(params=["tcp", "ws"])
async def port(request):
    found = Port(request.param)
    try:
        await found.listens()
        yield found
    finally:
        found.process.kill()
        found.process.wait()


async def begin(port: Port, folder: Path) -> Editor:
    client = await port.client()
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = None
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[folder_of(folder)]))
    return Editor(client, folder)


async def test_a_whole_session(port, tmp_path) -> None:
    """Diagnostics while typing, a hover, a fix, a change on disk, and leave is taken."""
    editor = await begin(port, tmp_path)
    editor.open("Pipfile", PIPFILE, "toml")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    document = types.TextDocumentIdentifier(editor.uri("Pipfile"))
    hover = await editor.client.text_document_hover_async(types.HoverParams(document, types.Position(1, 20)))
    assert "3.9" in hover.contents.value
    context = types.CodeActionContext(editor.diagnostics("Pipfile"))
    span = types.Range(types.Position(1, 17), types.Position(1, 23))
    actions = await editor.client.text_document_code_action_async(types.CodeActionParams(document, span, context))
    fix = await editor.client.code_action_resolve_async(next(a for a in actions if a.title.startswith("Write")))
    fixed = apply(fix.edit, editor.uri("Pipfile"), PIPFILE, version=1)
    editor.change("Pipfile", fixed)
    await editor.until(lambda: "VL301" not in editor.shown("Pipfile"))
    editor.open("api/index.py", "from x import app\nopen('data/größe 😀.txt')\n" + "# long\n" * 30_000)
    await editor.until_shown("api/index.py", "VL202")
    editor.write("data/größe 😀.txt", "x")
    editor.touched("data/größe 😀.txt", "data", kind=types.FileChangeType.Created)
    await editor.until_shown("api/index.py")
    await editor.client.shutdown_session()
    assert await port.ended() == 0
    await editor.client.stop()


async def test_a_client_that_goes_without_a_word(port, tmp_path) -> None:
    editor = await begin(port, tmp_path)
    closing = editor.client.protocol.writer.close()
    if closing is not None:
        await closing
    assert await port.ended() == 1


async def test_no_other_machine_can_connect(port) -> None:
    """What listens on 127.0.0.1 alone is not there at any other address, not even at 127.0.0.2."""
    assert port.takes("127.0.0.1")
    assert not port.takes("127.0.0.2")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only tells which address this machine would use
            own = str(probe.getsockname()[0])
        except OSError:
            own = ""  # there is no network
    assert not own or not port.takes(own)


async def test_a_second_editor_is_turned_away(port, tmp_path) -> None:
    """The first one's session goes on."""
    editor = await begin(port, tmp_path)
    if port.transport == "ws":
        async with connect(f"ws://127.0.0.1:{port.number}") as second:
            with pytest.raises(ConnectionClosed):
                await second.recv()
    else:
        reader, writer = await asyncio.open_connection("127.0.0.1", port.number)
        writer.write(b"Content-Length: 2\r\n\r\n{}")
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()
    editor.open("Pipfile", PIPFILE, "toml")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    await editor.client.shutdown_session()
    assert await port.ended() == 0
    await editor.client.stop()


async def test_a_web_page_is_turned_away(port, tmp_path) -> None:
    """It could read the project through the server. Afterwards an editor is served all the same."""
    message = b'{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}'
    head = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: https://example.org\r\nContent-Length: %d\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", port.number)
    writer.write(head % len(message) + message)
    assert b"jsonrpc" not in await reader.read()
    writer.close()
    if port.transport == "ws":
        for origin in ("https://example.org", f"http://evil.test:{port.number}", "http://localhost.evil.test", "null"):
            with pytest.raises(InvalidStatus):
                await connect(f"ws://127.0.0.1:{port.number}", origin=origin)
        async with connect(f"ws://127.0.0.1:{port.number}", origin="http://localhost:8000") as page:
            await page.send(message)
            assert b"serverInfo" in await page.recv(decode=False)
        assert await port.ended() == 1
    else:
        editor = await begin(port, tmp_path)
        await editor.client.shutdown_session()
        assert await port.ended() == 0
        await editor.client.stop()
