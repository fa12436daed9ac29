"""A real client on the other end of the pipe, for every test of the server."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

from lsp_server.positions import Units
from lsp_server.uris import from_path, to_path
from vlint.text import Source

SERVER = [sys.executable, "-m", "lsp_server"]
PATIENCE = 60.0
"""Seconds after which what is waited for will never come; a busy machine may take many for what takes one here."""


class Editor:
    """What a user does in an editor, over a pytest-lsp client."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self._versions: dict[str, int] = {}

    def uri(self, name: str) -> str:
        return from_path(self.folder / name)

    def write(self, name: str, text: str) -> Path:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
        return place

    def open(self, name: str, text: str | None = None, language: str = "python") -> None:
        if text is None:
            text = (self.folder / name).read_bytes().decode()
        uri = self.uri(name)
        self._versions[uri] = 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str, span: types.Range | None = None) -> int:
        """Send an edit (all of the text, or a range); the document's new version is returned."""
        uri = self.uri(name)
        self._versions[uri] += 1
        change = (
            types.TextDocumentContentChangeWholeDocument(text)
            if span is None
            else types.TextDocumentContentChangePartial(span, text)
        )
        identifier = types.VersionedTextDocumentIdentifier(self._versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        return self._versions[uri]

    def save(self, name: str) -> None:
        identifier = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))

    def close(self, name: str) -> None:
        identifier = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    def touched(self, *names: str, kind: types.FileChangeType = types.FileChangeType.Changed) -> None:
        """Tell that files changed on disk, as an editor does that watches them."""
        events = [types.FileEvent(self.uri(name), kind) for name in names]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    def shown(self, name: str) -> list[str]:
        """The codes that are shown in a file, in order of their places."""
        return [str(d.code) for d in self.client.diagnostics.get(self.uri(name), ())]

    def diagnostics(self, name: str) -> list[types.Diagnostic]:
        return list(self.client.diagnostics.get(self.uri(name), ()))

    def watched(self) -> list[str]:
        """The pattern of each watcher that is registered, relative to the folder."""
        patterns = [
            watcher["globPattern"]
            for registration in self.client.registrations.values()
            if registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            for watcher in _plain(registration.register_options)["watchers"]
        ]
        absolute = [p if isinstance(p, str) else f"{to_path(p['baseUri'])}/{p['pattern']}" for p in patterns]
        return [pattern.removeprefix(f"{self.folder}/") for pattern in absolute]

    async def until(self, condition, seconds: float = PATIENCE) -> None:
        """Wait until `condition` holds; what is shown is told where it never does."""
        for _ in range(int(seconds / 0.01)):
            if condition():
                return
            await asyncio.sleep(0.01)
        raise AssertionError({uri: [d.message for d in ds] for uri, ds in self.client.diagnostics.items()})

    async def until_shown(self, name: str, *codes: str) -> list[types.Diagnostic]:
        """Wait until exactly these codes are shown in a file."""
        await self.until(lambda: self.uri(name) in self.client.diagnostics and self.shown(name) == list(codes))
        return self.diagnostics(name)


def apply(edit: types.WorkspaceEdit, uri: str, text: str, version: int | None) -> str:
    """`text` with the edits of one document made, as an editor makes them (UTF-16)."""
    (change,) = edit.document_changes
    assert (change.text_document.uri, change.text_document.version) == (uri, version)
    source, units = Source(text), Units()
    spans = [(units.range_from_client(source, one.range), one.new_text) for one in change.edits]
    for span, new in sorted(spans, key=lambda pair: pair[0], reverse=True):
        text = text[: source.offset(span.start)] + new + text[source.offset(span.end) :]
    return text


def _plain(value):
    """What the client left as tuples with names, as dictionaries."""
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def folder_of(folder: Path) -> types.WorkspaceFolder:
    return types.WorkspaceFolder(from_path(folder), folder.name)


@pytest_lsp.fixture(config=ClientServerConfig(server_command=SERVER))
async def client(lsp_client: LanguageClient):
    """A client whose server runs and is not initialized; it keeps what the server registers and asks for."""
    follow(lsp_client)
    yield lsp_client
    await lsp_client.shutdown_session()


def follow(lsp_client: LanguageClient) -> None:
    """Have a client keep the server's registrations, and count what it is to ask for anew."""
    lsp_client.registrations = {}
    lsp_client.code_lens_refresh_count = 0

    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        for registration in params.registrations:
            assert registration.id not in lsp_client.registrations
            lsp_client.registrations[registration.id] = registration

    @lsp_client.feature(types.CLIENT_UNREGISTER_CAPABILITY)
    def unregister(params: types.UnregistrationParams) -> None:
        for registration in params.unregisterations:
            del lsp_client.registrations[registration.id]

    @lsp_client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def refresh_lenses(_: None) -> None:
        lsp_client.code_lens_refresh_count += 1


@pytest_asyncio.fixture
async def editor(client: LanguageClient, tmp_path: Path) -> Editor:
    """An editor, like VS Code, with an empty project open."""
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.text_document is not None
    capabilities.text_document.diagnostic = None
    await client.initialize_session(
        types.InitializeParams(capabilities, workspace_folders=[folder_of(tmp_path)], root_uri=from_path(tmp_path))
    )
    return Editor(client, tmp_path)
