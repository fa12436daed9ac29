"""Fixes and comments that silence, as the user finds them under the light bulb."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp_server.conftest import apply

pytestmark = pytest.mark.asyncio

PIPFILE = '[requires]\npython_version = "3.11"\n'
UNUSED = "x = 1  # vlint: ignore[VL201]\ny = 2  # vlint: ignore[VL202]\nfrom x import app\n"


async def actions(editor, name: str, *, only=None) -> list[types.CodeAction]:
    found = editor.diagnostics(name)
    span = types.Range(types.Position(0, 0), types.Position(1000, 0))
    return await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri(name)), span, types.CodeActionContext(found, only)
        )
    )


async def made(editor, name: str, text: str, title: str) -> str:
    """The text after the action of that title."""
    action = next(action for action in await actions(editor, name) if action.title == title)
    assert action.edit is None, "edits are made when they are asked for"
    resolved = await editor.client.code_action_resolve_async(action)
    return apply(resolved.edit, editor.uri(name), text, version=1)


async def test_a_fix(editor) -> None:
    editor.open("Pipfile", PIPFILE, "toml")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    found = await actions(editor, "Pipfile")
    fix = next(action for action in found if action.title.startswith("Write"))
    assert fix.kind == types.CodeActionKind.QuickFix
    assert [d.code for d in fix.diagnostics] == ["VL301"]
    assert await made(editor, "Pipfile", PIPFILE, fix.title) == PIPFILE.replace("3.11", "3.12")


async def test_all_of_a_kind_and_all_safe_fixes(editor) -> None:
    editor.write("api/index.py", UNUSED)
    editor.open("api/index.py")
    await editor.until_shown("api/index.py", "VL001", "VL001")
    clean = "x = 1\ny = 2\nfrom x import app\n"
    title = "Fix all VL001 (unused-suppression) in this file"
    assert await made(editor, "api/index.py", UNUSED, title) == clean
    (whole,) = await actions(editor, "api/index.py", only=["source.fixAll"])
    assert whole.kind == "source.fixAll.vlint"
    resolved = await editor.client.code_action_resolve_async(whole)
    assert apply(resolved.edit, editor.uri("api/index.py"), UNUSED, version=1) == clean
    assert not await actions(editor, "api/index.py", only=["refactor"])


async def test_ignore_on_the_line_and_in_the_file(editor) -> None:
    editor.open("Pipfile", PIPFILE, "toml")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    silent = await made(editor, "Pipfile", PIPFILE, "Ignore VL301 on this line")
    assert silent == '[requires]\npython_version = "3.11"  # vlint: ignore[VL301]\n'
    whole = await made(editor, "Pipfile", PIPFILE, "Ignore VL301 in this file")
    assert whole == f"# vlint: ignore-file[VL301]\n{PIPFILE}"
    editor.change("Pipfile", silent)
    await editor.until(lambda: "VL301" not in editor.shown("Pipfile"))


async def test_an_edit_for_a_text_that_is_gone_is_not_made(editor) -> None:
    editor.open("Pipfile", PIPFILE, "toml")
    await editor.until(lambda: "VL301" in editor.shown("Pipfile"))
    action = next(action for action in await actions(editor, "Pipfile") if action.title.startswith("Write"))
    editor.change("Pipfile", "\n")
    resolved = await editor.client.code_action_resolve_async(action)
    assert resolved.edit is None
