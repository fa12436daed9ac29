"""Open documents: their edits, and the many ways to write a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from lsp_server.documents import Documents
from lsp_server.positions import Units

URI = "file:///project/api/%5Bid%5D.py"
UNITS = Units()


def opened(text: str = "", uri: str = URI) -> Documents:
    documents = Documents()
    documents.open(types.TextDocumentItem(uri, "python", 1, text))
    return documents


def change(documents: Documents, *changes, uri: str = URI, version: int = 2):
    return documents.change(types.VersionedTextDocumentIdentifier(version, uri), changes, UNITS)


def part(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(types.Range(types.Position(*start), types.Position(*end)), text)


def whole(text: str) -> types.TextDocumentContentChangeWholeDocument:
    return types.TextDocumentContentChangeWholeDocument(text)


def test_changes_are_made_one_upon_the_other() -> None:
    documents = opened("one\ntwo\n")
    document = change(documents, part((0, 0), (1, 0), ""), part((0, 3), (0, 3), "!"), part((1, 0), (1, 0), "three\n"))
    assert (document.text, document.version) == ("two!\nthree\n", 2)
    assert change(documents, whole("x"), part((0, 1), (0, 1), "y")).text == "xy"


def test_ranges_that_are_out_of_bounds() -> None:
    documents = opened("one\ntwo")
    assert change(documents, part((0, 100), (0, 200), "!")).text == "one!\ntwo"
    assert change(documents, part((100, 0), (200, 0), "?")).text == "one!\ntwo?"
    assert change(documents, part((1, 2), (0, 0), "x")).text == "one!\ntwxo?", "its end before its start"


def test_one_file_has_one_document() -> None:
    documents = opened("x")
    for uri in ("file:///project/api/[id].py", "file:///project/api/./[id].py", "file:///project/api/%5bid%5d.py"):
        assert documents.get(uri) is documents.get(URI)
        assert documents.get(uri).uri == URI, "as the client opened it"
    assert documents.at(Path("/project/api/[id].py")) is documents.get(URI)
    assert documents.close("file:///project/api/[id].py") is not None
    assert list(documents) == []


def test_documents_that_are_no_files() -> None:
    documents = opened("x", "untitled:Untitled-1")
    assert documents.get("untitled:Untitled-1").path is None
    assert change(documents, whole("y"), uri="untitled:Untitled-1").text == "y"
    assert documents.get("untitled:Untitled-2") is None


def test_what_is_not_open() -> None:
    documents = opened("x")
    assert change(documents, whole("y"), uri="file:///other.py") is None
    assert documents.close("file:///other.py") is None
    assert documents.close(URI) is not None
    assert documents.close(URI) is None
    assert change(documents, whole("y")) is None


def test_opened_again_and_versions_that_go_back() -> None:
    documents = opened("x")
    change(documents, whole("y"), version=9)
    assert change(documents, part((0, 1), (0, 1), "z"), version=3).version == 3
    assert documents.get(URI).text == "yz"
    documents.open(types.TextDocumentItem(URI, "python", 1, "again"))
    assert documents.get(URI).text == "again"
    assert len(list(documents)) == 1


PIECES = st.text(st.sampled_from(["a", "é", "😀", "\n", "\f", "\u2028"]), max_size=12)


@given(PIECES, PIECES, PIECES, PIECES)
def test_an_edit_goes_where_the_client_means(head, gone, tail, new) -> None:
    def place(text: str) -> tuple[int, int]:
        return text.count("\n"), len(text.rpartition("\n")[2].encode("utf-16-le")) // 2

    documents = opened(head + gone + tail)
    assert change(documents, part(place(head), place(head + gone), new)).text == head + new + tail


@pytest.mark.parametrize("text", ["\ud800", "\0", "\ufeffx = 1"])
def test_texts_that_are_no_good_unicode(text) -> None:
    assert change(opened(), whole(text)).text == text
