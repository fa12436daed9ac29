"""What the server announces, it serves; and nothing else is asked of it by a client that keeps to that."""

from __future__ import annotations

import pytest

from tests.lsp_server.raw_client import RawClient

METHOD_NOT_FOUND = -32601

OPERATIONS = ("didCreate", "didDelete", "didRename", "willRename")
"""Of files; `willCreate` and `willDelete` have no path to change."""


@pytest.fixture
def client(tmp_path):
    raw = RawClient(tmp_path)
    yield raw
    raw.process.kill()
    raw.process.wait()


def test_every_capability_is_served(client) -> None:
    operations = dict.fromkeys((*OPERATIONS, "willCreate", "willDelete"), True)
    announced = client.initialize(workspace={"fileOperations": operations})["result"]["capabilities"]
    client.open("api/index.py", "open('data/file.txt')\napp = 1\n")
    document = {"textDocument": {"uri": client.uri("api/index.py")}}
    place = document | {"position": {"line": 0, "character": 8}}
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}
    renamed = {"files": [{"oldUri": client.uri("data/file.txt"), "newUri": client.uri("data/new.txt")}]}
    requests = {
        "hoverProvider": [("textDocument/hover", place)],
        "definitionProvider": [("textDocument/definition", place)],
        "completionProvider": [("textDocument/completion", place)],
        "documentLinkProvider": [("textDocument/documentLink", document)],
        "codeLensProvider": [("textDocument/codeLens", document)],
        "codeActionProvider": [
            ("textDocument/codeAction", document | {"range": span, "context": {"diagnostics": []}}),
            ("codeAction/resolve", {"title": "x", "data": {}}),
        ],
        "diagnosticProvider": [
            ("textDocument/diagnostic", document),
            ("workspace/diagnostic", {"previousResultIds": []}),
        ],
        "executeCommandProvider": [
            ("workspace/executeCommand", {"command": command})
            for command in announced["executeCommandProvider"]["commands"]
        ],
        "workspace": [("workspace/willRenameFiles", renamed)],
    }
    assert announced.keys() - {"positionEncoding", "textDocumentSync"} == requests.keys()
    assert set(announced["workspace"]["fileOperations"]) == set(OPERATIONS)
    assert announced["textDocumentSync"] == {"openClose": True, "change": 2, "save": True}
    assert announced["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.vlint"]
    for capability, asked in requests.items():
        for method, params in asked:
            assert "error" not in client.request(method, params), (capability, method)
    for provider in ("completion", "codeLens", "documentLink"):
        assert not announced[f"{provider}Provider"].get("resolveProvider")
    symbols = client.request("textDocument/documentSymbol", document)
    assert symbols["error"]["code"] == METHOD_NOT_FOUND, "what some clients ask all the same, is refused and no more"
    assert client.end() == 0
    assert not [message for message in client.shown() if "rror:" in message]
