"""What the server tells and is told of the workspace: progress, refreshes, and files that come and go in the editor."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from tests.lsp_server.conftest import Editor, apply, folder_of

pytestmark = pytest.mark.asyncio

BROKEN = "app = Flask(\n"
GOOD = "from x import app\n"


async def start(client: LanguageClient, folder, *, pull: bool) -> Editor:
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.text_document is not None
    assert capabilities.workspace is not None
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities() if pull else None
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[folder_of(folder)]))
    return Editor(client, folder)


def renamed(editor: Editor, old: str, new: str) -> types.RenameFilesParams:
    return types.RenameFilesParams([types.FileRename(editor.uri(old), editor.uri(new))])


async def test_progress_of_a_large_workspace(client: LanguageClient, tmp_path) -> None:
    """It begins, goes up, and ends; the open file does not wait for it."""
    module = "import os\n" + "".join(
        f"def function_{n}(name):\n    return open(os.path.join('data', name, '{n}'))\n" for n in range(20)
    )
    (tmp_path / "api").mkdir()
    for number in range(40):
        (tmp_path / f"api/module_{number}.py").write_text(f"{module}app = function_1('{number}')\n")
    editor = await start(client, tmp_path, pull=False)
    editor.open("api/index.py", BROKEN)
    await editor.until_shown("api/index.py", "VL100")

    def reports() -> list[object]:
        return [report for reports in client.progress_reports.values() for report in reports]

    await editor.until(lambda: any(isinstance(value, types.WorkDoneProgressEnd) for value in reports()), 60)
    first, *between, last = reports()
    assert isinstance(first, types.WorkDoneProgressBegin)
    assert first.title == "vlint"
    assert isinstance(last, types.WorkDoneProgressEnd)
    shares = [first.percentage, *(value.percentage for value in between)]
    assert shares == sorted(shares)
    assert len(set(shares)) > 1
    assert shares[-1] <= 100


async def test_a_pulling_client_is_told_to_ask_again(client: LanguageClient, tmp_path) -> None:
    """When something changed that it did not edit itself, and not when it did."""
    editor = await start(client, tmp_path, pull=True)
    editor.write("lib.py", GOOD)
    editor.write("api/index.py", "from lib import app\n")
    editor.touched("lib.py", "api", kind=types.FileChangeType.Created)
    editor.open("api/index.py")

    async def pull() -> list[str]:
        document = types.TextDocumentIdentifier(editor.uri("api/index.py"))
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
        return [item.code for item in report.items]

    async def settle() -> None:
        """Wait for all that the server sends before, and directly after, it answers about the workspace."""
        for _ in range(2):
            await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))

    await settle()
    before = client.diagnostic_refresh_count
    editor.change("api/index.py", "from lib import app\n\n")
    assert await pull() == []
    await settle()
    assert client.diagnostic_refresh_count == before
    editor.write("lib.py", "app = 'text'\n")
    editor.touched("lib.py")
    await editor.until(lambda: client.diagnostic_refresh_count > before)
    assert await pull() == ["VL103"]
    before = client.diagnostic_refresh_count
    editor.open("vlint.toml", "ignore = ['VL103']\n", "toml")
    await editor.until(lambda: client.diagnostic_refresh_count > before)
    assert await pull() == []
    before = client.diagnostic_refresh_count
    editor.write("requirements.txt", "flask ==\n")
    editor.touched("requirements.txt", kind=types.FileChangeType.Created)
    await editor.until(lambda: client.diagnostic_refresh_count > before)


async def test_result_identifiers_of_the_workspace(client: LanguageClient, tmp_path) -> None:
    editor = await start(client, tmp_path, pull=True)
    editor.write("api/one.py", BROKEN)
    editor.write("api/two.py", BROKEN)
    editor.touched("api", kind=types.FileChangeType.Created)

    async def pull(previous: list[types.PreviousResultId]) -> dict[str, object]:
        answer = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(previous))
        return {report.uri.rpartition("/")[2]: report for report in answer.items}

    first = await pull([])
    assert {name: report.kind for name, report in first.items()} == {"one.py": "full", "two.py": "full"}
    known = [types.PreviousResultId(report.uri, report.result_id) for report in first.values()]
    editor.write("api/two.py", GOOD)
    editor.touched("api/two.py")
    second = await pull(known)
    assert {name: report.kind for name, report in second.items()} == {"one.py": "unchanged", "two.py": "full"}
    assert list(second["two.py"].items) == []
    editor.open("api/one.py", BROKEN)
    assert (await pull([]))["one.py"].version == 1
    for previous in ([types.PreviousResultId("untitled:x", "1")], [types.PreviousResultId("file:///else.py", "1")]):
        assert "one.py" in await pull(previous)


async def test_files_that_come_and_go_in_the_editor(client: LanguageClient, tmp_path) -> None:
    """The notifications of an editor are enough, without any watcher."""
    editor = await start(client, tmp_path, pull=False)
    editor.write("api/index.py", GOOD)
    editor.write("data/other.txt", "x")
    text = "from x import app\nopen('data/file.txt')\n"
    editor.open("api/index.py", text)
    await editor.until_shown("api/index.py", "VL202")
    editor.write("data/file.txt", "x")
    client.workspace_did_create_files(types.CreateFilesParams([types.FileCreate(editor.uri("data/file.txt"))]))
    await editor.until_shown("api/index.py")
    (tmp_path / "data/file.txt").rename(tmp_path / "data/new.txt")
    client.workspace_did_rename_files(renamed(editor, "data/file.txt", "data/new.txt"))
    await editor.until_shown("api/index.py", "VL202")
    (tmp_path / "data").rename(tmp_path / "texts")
    client.workspace_did_rename_files(renamed(editor, "data", "texts"))
    editor.change("api/index.py", text.replace("data/file", "texts/new"))
    await editor.until_shown("api/index.py")
    for path in (tmp_path / "texts").iterdir():
        path.unlink()
    (tmp_path / "texts").rmdir()
    client.workspace_did_delete_files(types.DeleteFilesParams([types.FileDelete(editor.uri("texts"))]))
    await editor.until_shown("api/index.py", "VL202")


async def test_a_function_that_is_renamed_in_the_configuration(client: LanguageClient, tmp_path) -> None:
    editor = await start(client, tmp_path, pull=False)
    text = '{"functions": {"api/index.py": {"maxDuration": 5}, "api/*.py": {"memory": 512}}}\n'
    editor.write("api/index.py", GOOD)
    editor.write("vercel.json", text)
    editor.touched("api", "vercel.json", kind=types.FileChangeType.Created)
    editor.open("vercel.json", language="json")
    edit = await client.workspace_will_rename_files_async(renamed(editor, "api/index.py", "api/grüße.py"))
    assert apply(edit, editor.uri("vercel.json"), text, version=1) == text.replace("api/index.py", "api/grüße.py")
    assert await client.workspace_will_rename_files_async(renamed(editor, "api/index.py", "api/index.py")) is None


async def test_settings_differ_from_folder_to_folder(client: LanguageClient, tmp_path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    editors = [Editor(client, folder) for folder in folders]
    for editor in editors:
        editor.write("api/index.py", BROKEN)
    client.set_configuration({"vlint": {"ignore": ["VL1"]}}, scope_uri=folder_of(folders[1]).uri)
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.text_document is not None
    capabilities.text_document.diagnostic = None
    await client.initialize_session(types.InitializeParams(capabilities, workspace_folders=[*map(folder_of, folders)]))
    await editors[0].until_shown("api/index.py", "VL100")
    assert editors[1].shown("api/index.py") == []
    client.set_configuration({"vlint": {"ignore": []}}, scope_uri=folder_of(folders[1]).uri)
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    await editors[1].until_shown("api/index.py", "VL100")


async def test_a_document_that_cannot_be_written(client: LanguageClient, tmp_path) -> None:
    """A read-only file, and one in a folder that nobody may write to, are checked like any other."""
    editor = await start(client, tmp_path, pull=False)
    place = editor.write("api/index.py", BROKEN)
    place.chmod(0o444)
    place.parent.chmod(0o555)
    try:
        editor.open("api/index.py")
        await editor.until_shown("api/index.py", "VL100")
        editor.save("api/index.py")
        editor.close("api/index.py")
        await editor.until_shown("api/index.py", "VL100")
        assert list(tmp_path.rglob("*")) == [place.parent, place], "nothing is written to the project"
    finally:
        place.parent.chmod(0o755)
    assert not client.messages


async def test_details_of_a_diagnostic(client: LanguageClient, tmp_path) -> None:
    """Severity, link, tags, related information and version."""
    editor = await start(client, tmp_path, pull=False)
    editor.write("requirements.txt", "flask==1\nflask==2\n")
    editor.write("api/index.py", GOOD)
    editor.open("requirements.txt", language="pip-requirements")
    editor.open("api/index.py", "x = 1  # vlint: ignore[VL201]\nfrom flask import Flask\napp = Flask('x')\n")
    await editor.until_shown("api/index.py", "VL001")
    (unused,) = editor.diagnostics("api/index.py")
    assert unused.severity is types.DiagnosticSeverity.Information
    assert list(unused.tags) == [types.DiagnosticTag.Unnecessary]
    assert unused.code_description.href.startswith("https://")
    await editor.until(lambda: "VL403" in editor.shown("requirements.txt"))
    conflict = next(d for d in editor.diagnostics("requirements.txt") if d.code == "VL403")
    assert conflict.severity is types.DiagnosticSeverity.Error
    (related,) = conflict.related_information
    assert related.location.uri == editor.uri("requirements.txt")
    assert related.location.range.start.line != conflict.range.start.line
