"""The documents that are open in the editor, with their text as it was last sent.

pygls keeps documents of its own, but cuts lines at form feeds and other characters where neither the protocol nor
Python sees the end of a line, so its edits go astray there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server.uris import to_path
from vlint.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePath

    from lsp_server.positions import Units


@dataclass(frozen=True)
class Document:
    """An open document; `path` is None where it is not a file (yet)."""

    uri: str
    path: PurePath | None
    language: str
    version: int
    source: Source

    @property
    def text(self) -> str:
        """The text, unsaved changes included."""
        return self.source.text


class Documents:
    """The open documents by what their URIs mean."""

    def __init__(self) -> None:
        self._open: dict[PurePath | str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(self._open.values())

    def get(self, uri: str) -> Document | None:
        """The open document that `uri` names, however it is written."""
        return self._open.get(_key(uri))

    def at(self, path: PurePath) -> Document | None:
        """The open document of the file `path`."""
        return self._open.get(path)

    def open(self, item: types.TextDocumentItem) -> Document:
        """Take a document in."""
        document = Document(item.uri, to_path(item.uri), item.language_id, item.version, Source(item.text))
        self._open[_key(item.uri)] = document
        return document

    def change(
        self,
        identifier: types.VersionedTextDocumentIdentifier,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        units: Units,
    ) -> Document | None:
        """Make the client's changes, one upon the other; None where the document is not open."""
        before = self._open.get(_key(identifier.uri))
        if before is None:
            return None
        source = before.source
        for change in changes:
            source = Source(_changed(source, change, units))
        document = Document(before.uri, before.path, before.language, identifier.version, source)
        self._open[_key(identifier.uri)] = document
        return document

    def close(self, uri: str) -> Document | None:
        """Let a document go; None where it was not open."""
        return self._open.pop(_key(uri), None)


def _changed(source: Source, change: types.TextDocumentContentChangeEvent, units: Units) -> str:
    if isinstance(change, types.TextDocumentContentChangePartial):
        start = source.offset(units.from_client(source, change.range.start))
        end = source.offset(units.from_client(source, change.range.end))
        return source.text[:start] + change.text + source.text[max(start, end) :]
    return change.text


def _key(uri: str) -> PurePath | str:
    return to_path(uri) or uri
