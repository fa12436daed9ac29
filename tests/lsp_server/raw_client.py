"""A client without manners: it sends whatever it is told to, as bytes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from lsp_server.uris import from_path
from tests.lsp_server.conftest import SERVER

CHECKOUT = Path(__file__).parents[2]


class RawClient:
    """A server process and its pipes; nothing is sent by itself.

    Attributes:
        notifications: What the server has sent that is no answer.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notifications: list[dict[str, Any]] = []
        self.process = subprocess.Popen(SERVER, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._identifier = 0

    def uri(self, name: str) -> str:
        return from_path(self.folder / name)

    def initialize(self, **capabilities: Any) -> dict[str, Any]:
        uri = from_path(self.folder)
        folders = [{"uri": uri, "name": "folder"}]
        parameters = {"processId": os.getpid(), "workspaceFolders": folders, "capabilities": capabilities}
        answer = self.request("initialize", {**parameters, "rootUri": uri})
        self.notify("initialized", {})
        return answer

    def write(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        self.write(json.dumps(message).encode())

    def notify(self, method: str, params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> dict[str, Any]:
        """The whole answer, a result or an error."""
        self._identifier += 1
        self.send({"jsonrpc": "2.0", "id": self._identifier, "method": method, "params": params})
        return self.answer(self._identifier)

    def answer(self, identifier: int | None) -> dict[str, Any]:
        """The answer to a request, however many other messages come before it."""
        while True:
            message = self._read()
            if "method" in message:
                self.notifications.append(message)
                if "id" in message:
                    self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})
            elif message.get("id") == identifier:
                return message

    def logged(self) -> list[str]:
        """What has been written to the client's log."""
        return [m["params"]["message"] for m in self.notifications if m["method"] == "window/logMessage"]

    def shown(self) -> list[str]:
        """The messages that the user sees."""
        return [m["params"]["message"] for m in self.notifications if m["method"] == "window/showMessage"]

    def pull(self, name: str) -> list[str]:
        """The codes in a file; the server is alive where it answers."""
        answer = self.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri(name)}})
        return [item["code"] for item in answer["result"]["items"]]

    def open(self, name: str, text: str) -> None:
        item = {"uri": self.uri(name), "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, name: str, version: int, *changes: dict[str, Any]) -> None:
        document = {"uri": self.uri(name), "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def end(self) -> int:
        """Take leave, and return the exit status."""
        assert self.request("shutdown", None)["result"] is None
        self.notify("exit", None)
        return self.process.wait(10)

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline()) != b"\r\n":
            if not line:
                raise EOFError("the server has ended")
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return dict(json.loads(self.process.stdout.read(length)))
