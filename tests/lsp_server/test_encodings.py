"""Every feature counts columns as the client does: in UTF-8, UTF-16 and UTF-32, behind characters of several units."""

from __future__ import annotations

import pytest

from tests.lsp_server.raw_client import RawClient

LINE = "x = 'é😀'; open('data/größe 😀.txt'); open('../data/größe 😀.txt')"
TEXT = f"from lib import app\n{LINE}\n"

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@pytest.fixture(params=ENCODINGS)
def client(request, tmp_path):
    raw = RawClient(tmp_path)
    for name, text in {"data/größe 😀.txt": "x", "lib.py": "from flask import Flask\n'😀'; app = Flask('x')\n"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    answer = raw.initialize(general={"positionEncodings": [request.param]})
    assert answer["result"]["capabilities"]["positionEncoding"] == request.param
    raw.encoding = request.param
    raw.open("api/index.py", TEXT)
    yield raw
    assert raw.end() == 0


def units(client: RawClient, text: str) -> int:
    """The length of a text as the client counts it."""
    return len(text.encode(ENCODINGS[client.encoding])) // WIDTHS[client.encoding]


def place(client: RawClient, part: str, behind: int = 0) -> dict[str, int]:
    """The position in the line so many characters behind the start of its part."""
    return {"line": 1, "character": units(client, LINE[: LINE.index(part) + behind])}


def span(client: RawClient, part: str) -> dict[str, dict[str, int]]:
    return {"start": place(client, part), "end": place(client, part, len(part))}


def test_places_in_a_line(client) -> None:
    document = {"textDocument": {"uri": client.uri("api/index.py")}}
    right, wrong = "'data/größe 😀.txt'", "'../data/größe 😀.txt'"
    diagnostics = client.request("textDocument/diagnostic", document)["result"]["items"]
    assert [(d["code"], d["range"]) for d in diagnostics] == [("VL201", span(client, wrong))]
    hover = client.request("textDocument/hover", document | {"position": place(client, right, 12)})["result"]
    assert hover["range"] == span(client, right)
    (link,) = client.request("textDocument/documentLink", document)["result"]
    assert link["range"] == span(client, right)
    asked = document | {"range": diagnostics[0]["range"], "context": {"diagnostics": diagnostics}}
    fix = client.request("textDocument/codeAction", asked)["result"][0]
    (edit,) = fix["edit"]["changes"][client.uri("api/index.py")]
    assert edit["newText"] in (right, right[1:-1])
    assert edit["range"] in (span(client, wrong), span(client, wrong[1:-1]))
    completion = client.request("textDocument/completion", document | {"position": place(client, right, 13)})["result"]
    assert [item["textEdit"]["range"] for item in completion["items"]] == [
        {"start": place(client, right, 6), "end": place(client, right, 13)}
    ]
    old, new = client.uri("data/größe 😀.txt"), client.uri("data/neu.txt")
    renamed = client.request("workspace/willRenameFiles", {"files": [{"oldUri": old, "newUri": new}]})["result"]
    (edit,) = renamed["changes"][client.uri("api/index.py")]
    assert (edit["range"], edit["newText"]) == (span(client, right[1:-1]), "data/neu.txt")


def test_a_place_in_another_file(client) -> None:
    """The text that is counted is that of the file which the answer is about."""
    asked = {"textDocument": {"uri": client.uri("api/index.py")}, "position": {"line": 0, "character": 17}}
    (found,) = client.request("textDocument/definition", asked)["result"]
    start = units(client, "'😀'; ")
    assert found["range"] == {"start": {"line": 1, "character": start}, "end": {"line": 1, "character": start + 3}}


def test_edits_go_where_the_client_means(client) -> None:
    at = place(client, "../data")
    removed = {"start": at, "end": {"line": 1, "character": at["character"] + 3}}
    client.change("api/index.py", 2, {"range": removed, "text": ""})
    assert client.pull("api/index.py") == []
