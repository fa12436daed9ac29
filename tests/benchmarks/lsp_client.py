"""A language client that adds as little time of its own as can be: plain JSON over the pipes of a server process."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lsp_server.uris import from_path

_CHECKOUT = Path(__file__).parents[2]
"""Where the server's packages are, installed or not."""


class NoAnswerError(Exception):
    """The server has not answered in time, or has ended."""


class PlainClient:
    """Starts a server in `folder` and talks to it; every request and wait blocks, for `patience` seconds at most."""

    def __init__(
        self,
        command: list[str],
        folder: Path,
        *,
        process: int | None = None,
        capabilities: dict[str, Any] | None = None,
        patience: float | None = None,
    ) -> None:
        """Start the server and open the folder.

        Args:
            command: What to run.
            folder: The workspace.
            process: The number of the process that the server is to end with; this one by default.
            capabilities: What the client says it can; by default it takes diagnostics and not much else.
            patience: How many seconds a server may take to read or to answer before it is killed; for ever by default.

        Raises:
            NoAnswerError: The server does not start.
        """
        self.folder = folder
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(_CHECKOUT)},
        )
        self._identifier = 0
        self._patience = patience
        self._deadline: float | None = None
        self._ended = threading.Event()
        if patience is not None:
            threading.Thread(target=self._watch, daemon=True).start()
        self.received: list[dict[str, Any]] = []
        if capabilities is None:
            capabilities = {
                "textDocument": {
                    "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
                    "synchronization": {"didSave": True},
                },
            }
        uri = from_path(folder)
        self.request(
            "initialize",
            {
                "processId": process or os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "folder"}],
                "capabilities": capabilities,
            },
        )
        self.notify("initialized", {})

    def uri(self, name: str) -> str:
        return from_path(self.folder / name)

    def notify(self, method: str, params: Any) -> None:
        with self._patiently():
            self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        self._identifier += 1
        identifier = self._identifier
        with self._patiently():
            self._send({"id": identifier, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == identifier and "method" not in message).get("result")

    def open(self, name: str, text: str) -> None:
        item = {"uri": self.uri(name), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, name: str, version: int, changes: list[dict[str, Any]]) -> None:
        identifier = {"uri": self.uri(name), "version": version}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": changes})

    def diagnostics(self, name: str, version: int | None = None) -> list[dict[str, Any]]:
        """The next diagnostics of a file, those of a version where the server says which it means."""
        uri = self.uri(name)

        def wanted(message: dict[str, Any]) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics" or message["params"]["uri"] != uri:
                return False
            return version is None or message["params"].get("version") in (None, version)

        return list(self.wait(wanted)["params"]["diagnostics"])

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read messages until one is `wanted`, and return it.

        Raises:
            NoAnswerError: None has come in time, or the server has ended.
        """
        with self._patiently():
            return self._wait(wanted)

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            message = self._read()
            if "id" in message and "method" in message:
                self._send({"id": message["id"], "result": None})
            if wanted(message):
                return message
            self.received.append(message)

    def close(self) -> None:
        """Shut the server down as the protocol has it, and wait for its end."""
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(10)

    def kill(self) -> None:
        self._ended.set()
        self.process.kill()
        self.process.wait()

    def memory(self) -> int:
        """The server's resident memory, in bytes (Linux)."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def processor_time(self) -> float:
        """The seconds of processor time that the server has taken, its threads and not its children (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @contextmanager
    def _patiently(self) -> Iterator[None]:
        """Have the server killed, and with it the read or write that blocks, when that takes too long."""
        if self._patience is not None:
            self._deadline = time.perf_counter() + self._patience
        try:
            yield
        except (EOFError, BrokenPipeError) as error:
            late = self._deadline is not None and time.perf_counter() >= self._deadline
            self.kill()
            raise NoAnswerError(f"no answer within {self._patience:g} s" if late else "the server has ended") from error
        finally:
            self._deadline = None

    def _watch(self) -> None:
        """Kill the server when the deadline has passed; a thread of its own costs an edit no time."""
        while not self._ended.wait(0.25):
            deadline = self._deadline
            if deadline is not None and time.perf_counter() > deadline:
                self.process.kill()
                return

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise EOFError("the server has ended")
            if line == b"\r\n":
                break
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = self.process.stdout.read(length)
        if len(body) < length:
            raise EOFError("the server has ended within a message")
        return dict(json.loads(body))
