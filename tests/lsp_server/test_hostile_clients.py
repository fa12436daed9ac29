"""Whatever a client sends, the server stays alive, answers every request, and bothers the user with none of it."""

from __future__ import annotations

import pytest

from tests.lsp_server.raw_client import RawClient

BROKEN = "app = Flask(\n"
APPLICATION = "from x import app\n"

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800


@pytest.fixture
def client(tmp_path):
    raw = RawClient(tmp_path)
    yield raw
    raw.process.kill()
    raw.process.wait()


@pytest.fixture
def ready(client):
    client.initialize()
    yield client
    assert client.end() == 0
    assert client.shown() == []


def span(*numbers: int) -> dict[str, dict[str, int]]:
    first, second, third, fourth = numbers
    return {"start": {"line": first, "character": second}, "end": {"line": third, "character": fourth}}


def test_before_it_is_initialized(client) -> None:
    """Notifications are dropped, requests are refused, and then all goes its way."""
    client.open("api/index.py", BROKEN)
    client.notify("textDocument/didSave", {"textDocument": {"uri": client.uri("api/index.py")}})
    hover = {"textDocument": {"uri": client.uri("api/index.py")}, "position": {"line": 0, "character": 0}}
    assert client.request("textDocument/hover", hover)["error"]["code"] == NOT_INITIALIZED
    assert client.request("shutdown", None)["error"]["code"] == NOT_INITIALIZED
    assert client.request("initialize", {"capabilities": 3})["error"]["code"] == INVALID_PARAMS
    assert client.initialize()["result"]["serverInfo"]["name"] == "vlint"
    assert client.request("initialize", {"capabilities": {}})["error"]["code"] == INVALID_REQUEST
    assert client.pull("api/index.py") == [], "it was not opened in time"
    client.open("api/index.py", BROKEN)
    assert client.pull("api/index.py") == ["VL100"]
    assert client.end() == 0
    assert client.shown() == []


def test_after_it_is_shut_down(client) -> None:
    client.initialize()
    assert client.request("shutdown", None)["result"] is None
    assert client.request("shutdown", None)["error"]["code"] == INVALID_REQUEST
    assert client.request("workspace/diagnostic", {"previousResultIds": []})["error"]["code"] == INVALID_REQUEST
    client.open("api/index.py", BROKEN)
    client.notify("exit", None)
    assert client.process.wait(10) == 0


def test_exit_before_anything(client) -> None:
    client.notify("exit", None)
    assert client.process.wait(10) == 1


def test_what_is_no_message(ready) -> None:
    for body in (b"{", b"", b"\xff\xfe", b"nonsense", b'{"jsonrpc": "2.0", "id": 1'):
        if body:
            ready.write(body)
            assert ready.answer(None)["error"]["code"] == PARSE_ERROR
    for body in (b"[]", b"1", b"null", b"{}", b'{"id": 3, "method": "shutdown"}', b'"text"'):
        ready.write(body)
        assert ready.answer(None)["error"]["code"] == INVALID_REQUEST
    ready.write(b'{"jsonrpc": "2.0", "id": 12345, "result": 1}')  # an answer to nothing
    ready.write(b'{"jsonrpc": "2.0", "id": "x", "error": {"code": 1, "message": "no"}}')
    ready.write(b"[" * 100_000)
    assert ready.answer(None)["error"]["code"] == PARSE_ERROR
    ready.open("api/index.py", BROKEN)
    assert ready.pull("api/index.py") == ["VL100"]


def test_unknown_methods_and_wrong_parameters(ready) -> None:
    assert ready.request("textDocument/astrology", {})["error"]["code"] == METHOD_NOT_FOUND
    assert ready.request("$/astrology", {})["error"]["code"] == METHOD_NOT_FOUND
    ready.notify("$/astrology", {})
    ready.notify("textDocument/astrology", None)
    for wrong in (None, 3, {}, {"textDocument": {}}, {"textDocument": {"uri": 3}, "position": {"line": -1}}):
        assert ready.request("textDocument/hover", wrong)["error"]["code"] == INVALID_PARAMS
        ready.notify("textDocument/didChange", wrong)
        ready.notify("textDocument/didOpen", wrong)
        ready.notify("$/cancelRequest", wrong)
    assert "error" in ready.request("workspace/executeCommand", {"command": "vlint.astrology"})
    assert "result" in ready.request("codeAction/resolve", {"title": "x", "data": {"uri": 3, "key": []}})
    assert "result" in ready.request("codeAction/resolve", {"title": "x"})
    ready.open("api/index.py", BROKEN)
    assert ready.pull("api/index.py") == ["VL100"]


def test_documents_in_disorder(ready) -> None:
    ready.change("api/never.py", 1, {"text": BROKEN})
    never = {"textDocument": {"uri": ready.uri("api/never.py")}}
    for method in ("didSave", "didClose", "didClose"):
        ready.notify(f"textDocument/{method}", never)
    ready.open("api/index.py", "")
    ready.open("api/index.py", APPLICATION)
    ready.change("api/index.py", 7, {"range": span(500, 3, 900, 1), "text": BROKEN})
    assert ready.pull("api/index.py") == ["VL100"]
    ready.change("api/index.py", 2, {"range": span(1, 0, 1, 2**31 - 1), "text": ""})
    assert ready.pull("api/index.py") == []
    ready.change("api/index.py", 2)
    ready.change("api/index.py", 3, {"range": span(1, 0, 0, 0), "text": BROKEN})
    assert ready.pull("api/index.py") == ["VL100"]
    ready.change("api/index.py", 4, {"text": "\ud800 = '\0'\n"})
    assert "VL100" in ready.pull("api/index.py")
    for _ in range(2):
        ready.notify("textDocument/didClose", {"textDocument": {"uri": ready.uri("api/index.py")}})
    assert ready.pull("api/index.py") == []


def test_names_that_are_no_files(ready) -> None:
    uris = (
        "",
        "untitled:Untitled-1",
        "git:/api/index.py",
        "file:",
        "file://[::1/x.py",
        "file:///%00",
        "file:///",
        "::",
    )
    for uri in uris:
        item = {"uri": uri, "languageId": "python", "version": 1, "text": BROKEN}
        document, place = {"textDocument": {"uri": uri}}, {"position": {"line": 0, "character": 1}}
        ready.notify("textDocument/didOpen", {"textDocument": item})
        for method in ("hover", "definition", "completion"):
            assert "error" not in ready.request(f"textDocument/{method}", document | place), uri
        for method in ("documentLink", "codeLens", "diagnostic"):
            assert "error" not in ready.request(f"textDocument/{method}", document), uri
        context = {"range": span(0, 0, 0, 0), "context": {"diagnostics": []}}
        assert "error" not in ready.request("textDocument/codeAction", document | context), uri
        ready.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 1}]})
        ready.notify("workspace/didDeleteFiles", {"files": [{"uri": uri}]})
        renamed = {"files": [{"oldUri": uri, "newUri": uri}]}
        assert "error" not in ready.request("workspace/willRenameFiles", renamed), uri
        ready.notify("textDocument/didSave", document)
        ready.notify("textDocument/didClose", document)
        folder = {"uri": uri, "name": "x"}
        if uri != "file:///":
            event = {"added": [folder], "removed": []}
            ready.notify("workspace/didChangeWorkspaceFolders", {"event": event})
            event = {"added": [], "removed": [folder, folder]}
            ready.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    ready.open("api/index.py", BROKEN)
    assert ready.pull("api/index.py") == ["VL100"]


def test_settings_of_any_shape(ready) -> None:
    for settings in (None, 3, [], "x", {"vlint": 3}, {"vlint": {"ignore": 3}}, {"vlint": {"codeLens": []}}, {"x": {}}):
        ready.notify("workspace/didChangeConfiguration", {"settings": settings})
        ready.open("api/index.py", BROKEN)
        assert ready.pull("api/index.py") == ["VL100"], settings
    told = [message for message in ready.shown() if "ignore" in message]
    assert len(told) == 1
    ready.notifications.clear()


def test_a_client_that_can_do_nothing_is_sent_plain_diagnostics(ready) -> None:
    ready.open("api/index.py", BROKEN)
    assert ready.pull("api/index.py") == ["VL100"]
    ready.request("workspace/executeCommand", {"command": "vlint.checkWorkspace"})
    (sent,) = [m["params"] for m in ready.notifications if m["method"] == "textDocument/publishDiagnostics"][-1:]
    (diagnostic,) = sent["diagnostics"]
    assert {"range", "message", "severity", "code", "source"} >= {name for name, value in diagnostic.items() if value}
    asked = {m["method"] for m in ready.notifications if "id" in m}
    assert not asked, "it is asked for nothing that it cannot do"
    actions = {"textDocument": {"uri": ready.uri("api/index.py")}, "range": span(0, 0, 9, 0)}
    found = ready.request("textDocument/codeAction", actions | {"context": {"diagnostics": []}})["result"]
    assert found
    assert all(action["edit"]["changes"] for action in found)
    ready.notifications[:] = [m for m in ready.notifications if m["method"] != "window/showMessage"]


def test_diagnostics_name_the_version_that_they_are_for(ready) -> None:
    """Of a document that is open; a file that is not has none."""
    place = ready.folder / "api/other.py"
    place.parent.mkdir()
    place.write_text(BROKEN)
    ready.open("api/index.py", BROKEN)
    ready.request("workspace/executeCommand", {"command": "vlint.checkWorkspace"})
    ready.change("api/index.py", 7, {"text": APPLICATION})
    ready.request("workspace/diagnostic", {"previousResultIds": []})
    sent = [m["params"] for m in ready.notifications if m["method"] == "textDocument/publishDiagnostics"]
    last = {params["uri"].rpartition("/")[2]: params for params in sent}
    assert {name: (p.get("version"), len(p["diagnostics"])) for name, p in last.items()} == {
        "index.py": (7, 0),
        "other.py": (None, 1),
    }
    ready.notifications.clear()


def test_a_huge_document(ready) -> None:
    """Three megabytes in one message, and the conversation goes on."""
    line = "name = {'key': [1, 2, 3]}  # a comment\n"
    ready.open("api/index.py", line * (3_000_000 // len(line)) + BROKEN)
    ready.open("api/other.py", BROKEN)
    hover = {"textDocument": {"uri": "untitled:x"}, "position": {"line": 0, "character": 0}}
    assert ready.request("textDocument/hover", hover)["result"] is None
    assert ready.pull("api/other.py") == ["VL100"]


def test_requests_that_are_cancelled(ready) -> None:
    """A request that waits is answered that it was cancelled; one that has been answered is let be."""
    place = {"textDocument": {"uri": ready.uri("api/index.py")}, "position": {"line": 0, "character": 0}}
    line = "name = {'key': [1, 2, 3]}  # a comment\n"
    ready.open("api/index.py", line * 20_000)
    ready.send({"jsonrpc": "2.0", "id": 1001, "method": "workspace/diagnostic", "params": {"previousResultIds": []}})
    ready.send({"jsonrpc": "2.0", "id": 1002, "method": "textDocument/hover", "params": place})
    ready.notify("$/cancelRequest", {"id": 1001})
    assert ready.answer(1001)["error"]["code"] == CANCELLED
    assert "result" in ready.answer(1002)
    ready.notify("$/cancelRequest", {"id": 1002})
    ready.notify("$/cancelRequest", {"id": "never"})
    assert "result" in ready.request("textDocument/hover", place)
