"""The server as a whole: settings, folders, odd names, failures, transports, and its end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from tests.lsp_server.conftest import SERVER, Editor, folder_of, follow

BROKEN = "app = Flask(\n"
CHECKOUT = Path(__file__).parents[2]


@pytest.mark.asyncio
async def test_settings_of_the_editor_go_over_those_of_files(editor) -> None:
    editor.write("Pipfile", '[requires]\npython_version = "3.11"\n')
    editor.open("Pipfile")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    editor.client.set_configuration({"vlint": {"ignore": ["VL3", "VL4"]}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    await editor.until_shown("Pipfile")
    editor.client.set_configuration({"vlint": {"extendSelect": ["VL3"], "platform": "2026-08"}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"vlint": {}}))
    await editor.until(lambda: "VL301" in editor.shown("Pipfile") or "VL304" in editor.shown("Pipfile"))


@pytest.mark.asyncio
async def test_a_wrong_setting_is_shown_once_and_the_rest_holds(editor) -> None:
    editor.write("Pipfile", '[requires]\npython_version = "3.11"\n')
    editor.open("Pipfile")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    editor.client.set_configuration({"vlint": {"ignore": ["VL3", "VL4"], "platform": "2025-3"}})
    for _ in range(2):
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.until_shown("Pipfile")
    messages = [message.message for message in editor.client.messages]
    assert len(messages) == 1
    assert "2025-03" in messages[0]


@pytest.mark.asyncio
async def test_settings_files_count_as_they_are_shown(editor) -> None:
    editor.write("Pipfile", '[requires]\npython_version = "3.11"\n')
    editor.open("Pipfile")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    editor.open("vlint.toml", "ignore = ['VL3', 'VL4']\n", "toml")
    await editor.until_shown("Pipfile")
    editor.close("vlint.toml")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))


@pytest.mark.asyncio
async def test_folders_come_and_go(editor, tmp_path_factory) -> None:
    other = Editor(editor.client, tmp_path_factory.mktemp("other"))
    other.write("api/index.py", BROKEN)
    event = types.WorkspaceFoldersChangeEvent([folder_of(other.folder)], [])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await other.until_shown("api/index.py", "VL100")
    event = types.WorkspaceFoldersChangeEvent([], [folder_of(other.folder)])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await other.until_shown("api/index.py")


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["api/with space.py", "api/100%.py", "api/grüße😀.py", "api/[id].py", "api/a#b?c.py"])
async def test_odd_names(editor, name) -> None:
    editor.write(name, BROKEN)
    editor.open(name)
    await editor.until_shown(name, "VL100")


@pytest.mark.asyncio
async def test_a_folder_that_is_a_symbolic_link(client: LanguageClient, tmp_path) -> None:
    """Files go by the names that the editor knows them under."""
    (tmp_path / "real/backend/api").mkdir(parents=True)
    (tmp_path / "real/backend/vercel.json").write_text("{}")
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    editor = Editor(client, tmp_path / "link")
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = None
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[folder_of(editor.folder)]))
    for name in ("api/index.py", "backend/api/index.py"):
        editor.open(name, BROKEN)
        await editor.until_shown(name, "VL100")


@pytest.mark.asyncio
async def test_a_file_outside_of_all_folders(editor, tmp_path_factory) -> None:
    """It belongs to the project that it lies in; what lies below that is left alone."""
    other = Editor(editor.client, tmp_path_factory.mktemp("outside"))
    other.write("Pipfile", '[requires]\npython_version = "3.11"\n')
    other.write("below/vercel.json", "{}")
    other.write("below/api/index.py", BROKEN)
    other.open("Pipfile", language="toml")
    await other.until(lambda: "VL301" in other.shown("Pipfile"))
    assert other.uri("below/api/index.py") not in editor.client.diagnostics
    event = types.WorkspaceFoldersChangeEvent([folder_of(other.folder)], [])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await other.until_shown("below/api/index.py", "VL100")
    assert "VL301" in other.shown("Pipfile")
    event = types.WorkspaceFoldersChangeEvent([], [folder_of(other.folder)])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    await other.until_shown("below/api/index.py")
    await other.until(lambda: "VL301" in other.shown("Pipfile"))
    other.close("Pipfile")
    await other.until_shown("Pipfile")


@pytest.mark.asyncio
async def test_documents_that_are_no_files(editor) -> None:
    """An untitled document, one of another scheme or of another system: nobody's function, and harms nothing."""
    elsewhere = ("file:///nowhere/api/index.py", "file:///c%3A/x/api/index.py", "file://server/share/api/index.py")
    for number, uri in enumerate(("untitled:Untitled-1", "git:/x/api/index.py?ref", *elsewhere)):
        item = types.TextDocumentItem(uri, "python", 1, BROKEN)
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        document = types.TextDocumentIdentifier(uri)
        hover = types.HoverParams(document, types.Position(0, 1))
        await editor.client.text_document_hover_async(hover)
        editor.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(2, uri),
                [types.TextDocumentContentChangeWholeDocument(f"x = {number}\n")],
            )
        )
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(document))
    editor.write("api/index.py", BROKEN)
    editor.open("api/index.py")
    await editor.until_shown("api/index.py", "VL100")
    assert not editor.client.messages


@pytest.mark.asyncio
async def test_commands(editor) -> None:
    editor.write("api/index.py", BROKEN)
    editor.touched("api", kind=types.FileChangeType.Created)
    counts = await editor.client.workspace_execute_command_async(types.ExecuteCommandParams("vlint.checkWorkspace"))
    assert counts["error"] == 1
    (row,) = await editor.client.workspace_execute_command_async(types.ExecuteCommandParams("vlint.showRoutes"))
    assert (row["route"], row["path"]) == ("/api", "api/index.py")
    editor.open("api/index.py", "from x import app\n")
    await editor.until_shown("api/index.py")
    await editor.client.workspace_execute_command_async(types.ExecuteCommandParams("vlint.restart"))
    editor.change("api/index.py", BROKEN)
    await editor.until_shown("api/index.py", "VL100")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("encoding", "column"),
    [
        (types.PositionEncodingKind.Utf8, 9),
        (types.PositionEncodingKind.Utf16, 7),
        (types.PositionEncodingKind.Utf32, 6),
    ],
)
async def test_the_encoding_of_positions(client: LanguageClient, tmp_path, encoding, column) -> None:
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = None
    capabilities.general.position_encodings = [encoding]
    result = await client.initialize_session(
        types.InitializeParams(capabilities, workspace_folders=[folder_of(tmp_path)])
    )
    assert result.capabilities.position_encoding == encoding
    editor = Editor(client, tmp_path)
    editor.open("api/index.py", "'😀'; open('data.txt')\nfrom x import app\n")
    await editor.until(lambda: editor.shown("api/index.py"))
    (found,) = [d for d in editor.diagnostics("api/index.py") if d.code == "VL202"]
    assert found.range.start == types.Position(0, column + 4)
    # An edit in the client's units goes to the same place.
    at = types.Position(0, column + 5)
    editor.change("api/index.py", "x", types.Range(at, at))
    await editor.until(lambda: any("xdata.txt" in d.message for d in editor.diagnostics("api/index.py")))


@pytest.mark.asyncio
async def test_pulled_diagnostics(client: LanguageClient, tmp_path) -> None:
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities()
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[folder_of(tmp_path)]))
    editor = Editor(client, tmp_path)
    editor.write("api/other.py", BROKEN)
    editor.touched("api", kind=types.FileChangeType.Created)
    editor.open("api/index.py", BROKEN)

    async def pull(previous: str | None = None) -> types.DocumentDiagnosticReport:
        document = types.TextDocumentIdentifier(editor.uri("api/index.py"))
        params = types.DocumentDiagnosticParams(document, previous_result_id=previous)
        return await client.text_document_diagnostic_async(params)

    first = await pull()
    assert [item.code for item in first.items] == ["VL100"]
    assert (await pull(first.result_id)).kind == "unchanged"
    editor.change("api/index.py", "from x import app\n")
    second = await pull(first.result_id)
    assert (second.kind, list(second.items)) == ("full", [])
    assert editor.uri("api/index.py") not in client.diagnostics, "what is asked for is not sent as well"
    whole = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert {report.uri: [item.code for item in report.items] for report in whole.items} == {
        editor.uri("api/other.py"): ["VL100"]
    }
    known = [types.PreviousResultId(report.uri, report.result_id) for report in whole.items]
    again = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(known))
    assert [report.kind for report in again.items] == ["unchanged"]


FAILING_RULE = """
import sys
import vlint.rules.registry as registry
from vlint.finding import Severity
from vlint.linter import all_rules
all_rules()
@registry.rule("VL999", "fails", Severity.ERROR)
def fails(function):
    raise RuntimeError("a mistake of vlint's own")
    yield
registry.all_rules.cache_clear()
from lsp_server.server import main
main()
"""


async def start(folder: Path, command: list[str]) -> Editor:
    from pytest_lsp import make_test_lsp_client

    client = make_test_lsp_client()
    follow(client)
    await client.start_io(*command)
    capabilities = client_capabilities("visual-studio-code")
    capabilities.text_document.diagnostic = None
    capabilities.workspace.did_change_watched_files = None
    capabilities.workspace.did_change_configuration = None
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[folder_of(folder)]))
    return Editor(client, folder)


@pytest.mark.asyncio
async def test_a_rule_that_fails(tmp_path) -> None:
    """Its traceback is logged, it is told once, the other rules still speak, and the server goes on."""
    editor = await start(tmp_path, [sys.executable, "-c", FAILING_RULE])
    try:
        editor.write("Pipfile", '[requires]\npython_version = "3.11"\n')
        editor.open("Pipfile")
        await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
        editor.open("api/index.py", "app = 'text'\n")
        await editor.until_shown("api/index.py", "VL103")
        for number in range(3):
            editor.change("api/index.py", f"\n{BROKEN}# {number}\n")
            await editor.until_shown("api/index.py", "VL100")
            await editor.until(lambda number=number: len(editor.client.log_messages) > number)
        assert len(editor.client.messages) == 1
        assert "VL999" in editor.client.messages[0].message
        assert "Traceback" in editor.client.log_messages[0].message
        assert "a mistake of vlint's own" in editor.client.log_messages[0].message
        editor.change("Pipfile", "")
        await editor.until_shown("Pipfile")
    finally:
        await editor.client.shutdown_session()
        await editor.client.stop()


def test_the_process_ends_with_its_parent(tmp_path) -> None:
    """The parent is killed and leaves the pipe open in other hands."""
    from tests.benchmarks.lsp_client import PlainClient

    parent = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    client = PlainClient(SERVER, tmp_path, process=parent.pid)
    parent.kill()
    parent.wait()
    assert client.process.wait(10) == 1


def test_exit_without_shutdown_is_a_failure(tmp_path) -> None:
    from tests.benchmarks.lsp_client import PlainClient

    client = PlainClient(SERVER, tmp_path)
    client.notify("exit", None)
    assert client.process.wait(10) == 1
    client = PlainClient(SERVER, tmp_path)
    client.close()
    assert client.process.returncode == 0
