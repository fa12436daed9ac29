"""The same histories, told to a server process as an editor tells them, and compared with the command line."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from wcmatch.glob import BRACE, DOTGLOB, GLOBSTAR, globmatch

from lsp_server.uris import to_path
from tests.benchmarks.lsp_client import PlainClient
from tests.lsp_server.conftest import SERVER
from tests.lsp_server.scenario import History
from vlint.cli import main

CREATED, CHANGED, DELETED = 1, 2, 3

SEVERITIES = {"error": 1, "warning": 2, "info": 3}

CAPABILITIES: dict[str, Any] = {
    "workspace": {
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "fileOperations": {"didCreate": True, "didRename": True, "didDelete": True},
    },
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
        "synchronization": {"didSave": True},
    },
}

SETTINGS = ("pyproject.toml", "vlint.toml")


class WatchingClient(PlainClient):
    """Keeps what the server shows, and what it wants to be told of.

    Attributes:
        shown: The diagnostics of each file.
        watchers: What is watched, by the identifier of its registration.
    """

    def __init__(self, folder: Path) -> None:
        self.shown: dict[Path, list[dict[str, Any]]] = {}
        self.watchers: dict[str, list[dict[str, Any]]] = {}
        super().__init__(SERVER, folder, capabilities=CAPABILITIES)

    def _read(self) -> dict[str, Any]:
        message = super()._read()
        parameters = message.get("params")
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                self.shown[_path(parameters["uri"])] = parameters["diagnostics"]
            case "client/registerCapability":
                for one in parameters["registrations"]:
                    self.watchers[one["id"]] = one["registerOptions"]["watchers"]
            case "client/unregisterCapability":
                for one in parameters["unregisterations"]:
                    del self.watchers[one["id"]]
        return message

    def watches(self, path: Path, change: int) -> bool:
        """Whether the server asked to be told of such a change."""
        for watcher in (watcher for watchers in self.watchers.values() for watcher in watchers):
            base, pattern = _path(watcher["globPattern"]["baseUri"]), watcher["globPattern"]["pattern"]
            kinds = watcher.get("kind") or 7
            if not path.is_relative_to(base) or not kinds & (1 << (change - 1)):
                continue
            if globmatch(str(path.relative_to(base)), pattern, flags=GLOBSTAR | BRACE | DOTGLOB):
                return True
        return False

    def settled(self) -> dict[Path, list[dict[str, Any]]]:
        """What a pull of the whole workspace finds, which waits for all that is to be done."""
        reports = self.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        return {_path(report["uri"]): report["items"] for report in reports}


class ServerHistory(History):
    """What happens is told to a server over its standard input: changes on disk only where it wants to know."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.client = WatchingClient(folder)
        self._versions: dict[Path, int] = {}
        self._before: set[Path] = set()

    def tell_shown(self, path: Path, text: str) -> None:
        name = str(path.relative_to(self.folder))
        if path not in self.open:
            self._versions[path] = 1
            self.client.open(name, text)
            return
        self._versions[path] += 1
        change = {"text": text} if self.random.random() < 0.2 else _change(self.open[path], text)
        self.client.change(name, self._versions[path], [change])

    def tell_closed(self, path: Path) -> None:
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": self._uri(path)}})

    def tell_saved(self, path: Path) -> None:
        self.client.notify("textDocument/didSave", {"textDocument": {"uri": self._uri(path)}})

    def tell_renamed(self, old: Path, new: Path) -> None:
        if self._in_the_editor():
            self.client.notify(
                "workspace/didRenameFiles", {"files": [{"oldUri": self._uri(old), "newUri": self._uri(new)}]}
            )
        else:
            self._tell_watched()

    def tell_deleted(self, path: Path) -> None:
        if self._in_the_editor():
            self.client.notify("workspace/didDeleteFiles", {"files": [{"uri": self._uri(path)}]})
        else:
            self._tell_watched()

    def tell_written(self, path: Path) -> None:
        if path not in self._before and self._in_the_editor():
            self.client.notify("workspace/didCreateFiles", {"files": [{"uri": self._uri(path)}]})
        else:
            self._tell_watched(path)

    def before_disk(self) -> None:
        """Wait for what is to be watched: a change before that would be seen by nobody."""
        self.client.settled()
        self._before = set(self.folder.rglob("*"))

    def pause(self) -> None:
        time.sleep(self.random.choice((0, 0, 0.002, 0.01)))

    def finish(self) -> None:
        """Save everything, and settings that can be read in place of others: the command line refuses those."""
        for path in list(self.open):
            self.save(path)
        for name in SETTINGS:
            if (self.folder / name).exists():
                self.show(self.folder / name, self.random.choice(("", "# settings\n")))
                self.save(self.folder / name)

    def in_the_editor(self) -> tuple[list[str], list[str]]:
        """What the server answers when it is asked, and what it has sent by itself."""
        asked = self.client.settled()
        return self._described(asked), self._described(self.client.shown)

    def afresh(self, report: Path) -> list[str]:
        """What `vlint .` finds, run in the folder, in the words of the protocol."""
        status = main(["check", ".", "--output-format", "json", "--output-file", str(report)])
        assert status in (0, 1)
        found = set()
        for one in json.loads(report.read_text(encoding="utf-8")):
            lines = (self.folder / one["path"]).read_text(encoding="utf-8").split("\n")
            start, end = (_utf16(lines, one["range"][side]) for side in ("start", "end"))
            message = f"{one['message']}\n{one['help']}" if one["help"] else one["message"]
            found.add(f"{one['path']}:{start}-{end} {one['code']} {SEVERITIES[one['severity']]} {message}")
        return sorted(found)

    def _described(self, shown: dict[Path, list[dict[str, Any]]]) -> list[str]:
        found = set()
        for path, diagnostics in shown.items():
            for one in diagnostics:
                start, end = one["range"]["start"], one["range"]["end"]
                place = f"{start['line']}:{start['character']}-{end['line']}:{end['character']}"
                name = path.relative_to(self.folder).as_posix()
                found.add(f"{name}:{place} {one['code']} {one['severity']} {one['message']}")
        return sorted(found)

    def _in_the_editor(self) -> bool:
        return self.random.random() < 0.5

    def _uri(self, path: Path) -> str:
        return self.client.uri(str(path.relative_to(self.folder)))

    def _tell_watched(self, *written: Path) -> None:
        """Tell what came, went and was written, of a directory that went not its files: as VS Code does."""
        after = set(self.folder.rglob("*"))
        gone = {path for path in self._before - after if path.parent not in self._before - after}
        changes = [(path, CREATED) for path in after - self._before] + [(path, DELETED) for path in gone]
        changes += [(path, CHANGED) for path in written if path in self._before]
        events = [{"uri": self._uri(p), "type": kind} for p, kind in sorted(changes) if self.client.watches(p, kind)]
        if events:
            self.client.notify("workspace/didChangeWatchedFiles", {"changes": events})


def _change(before: str, after: str) -> dict[str, Any]:
    """What turns one text into the other, as a range in UTF-16 units and its new text."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head)
    span = {"start": _place(before[:head]), "end": _place(before[: len(before) - tail])}
    return {"range": span, "text": after[head : len(after) - tail]}


def _place(before: str) -> dict[str, int]:
    line = before.rpartition("\n")[2]
    return {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}


def _utf16(lines: list[str], position: dict[str, int]) -> str:
    before = lines[position["line"] - 1][: position["column"] - 1] if position["line"] <= len(lines) else ""
    return f"{position['line'] - 1}:{len(before.encode('utf-16-le')) // 2}"


def _path(uri: str) -> Path:
    path = to_path(uri)
    assert isinstance(path, Path)
    return path
