"""Fixes and comments that silence, as the user finds them under the light bulb."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp_server.conftest import apply

pytestmark = pytest.mark.asyncio

PIPFILE = '[requires]\npython_version = "3.11"\n'
UNUSED = "x = 1  # vlint: ignore[VL201]\ny = 2  # vlint: ignore[VL202]\nfrom x import app\n"


async def actions(editor, name: str, *, only=None, span: types.Range | None = None) -> list[types.CodeAction]:
    found = editor.diagnostics(name)
    span = span or types.Range(types.Position(0, 0), types.Position(1000, 0))
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


async def test_what_is_offered_for_a_part_of_a_file(editor) -> None:
    """Each action once, with the diagnostics that it does away with; the safe fix is the preferred one."""
    text = "from x import app\nopen('../data/a.txt'); open('../data/a.txt')\nopen('../data/a.txt')\n"
    editor.write("data/a.txt", "x")
    editor.open("api/index.py", text)
    await editor.until_shown("api/index.py", "VL201", "VL201", "VL201")
    first, second, third = (d.range for d in editor.diagnostics("api/index.py"))
    found = await actions(editor, "api/index.py", span=types.Range(first.start, third.end))
    assert [(action.title, [d.range for d in action.diagnostics or ()]) for action in found] == [
        ("Change the path to 'data/a.txt'", [first]),
        ("Change the path to 'data/a.txt'", [second]),
        ("Change the path to 'data/a.txt'", [third]),
        ("Fix all VL201 (api-relative-path) in this file", [first, second, third]),
        ("Ignore VL201 on this line", [first, second]),
        ("Ignore VL201 on this line", [third]),
        ("Ignore VL201 in this file", [first, second, third]),
        ("vlint: make all safe fixes", []),
    ]
    assert [action.is_preferred for action in found] == [True, True, True, None, None, None, None, None]
    here = await actions(editor, "api/index.py", span=types.Range(second.start, second.start))
    assert [action.title for action in here] == [
        "Change the path to 'data/a.txt'",
        "Fix all VL201 (api-relative-path) in this file",
        "Ignore VL201 on this line",
        "Ignore VL201 in this file",
        "vlint: make all safe fixes",
    ]
    new = []
    for action in here:
        resolved = await editor.client.code_action_resolve_async(action)
        new.append(apply(resolved.edit, editor.uri("api/index.py"), text, version=1).splitlines())
    head, both, last = text.splitlines()
    comment = "vlint: ignore[VL201]"
    assert new == [
        [head, "open('../data/a.txt'); open('data/a.txt')", last],
        [head, both.replace("../", ""), last.replace("../", "")],
        [head, f"{both}  # {comment}", last],
        ["# vlint: ignore-file[VL201]", head, both, last],
        [head, both.replace("../", ""), last.replace("../", "")],
    ]


async def test_fixes_that_need_a_look(editor) -> None:
    editor.write("data/price.csv", "x")
    editor.open("api/index.py", "from x import app\nopen('data/prices.csv')\nopen('data/pric.csv')\n")
    await editor.until_shown("api/index.py", "VL202", "VL202")
    found = {action.title: action for action in await actions(editor, "api/index.py")}
    assert not found["Change the path to 'data/price.csv' (needs a look)"].is_preferred
    assert "Fix all VL202 (missing-file) in this file (needs a look)" in found
    assert not await actions(editor, "api/index.py", only=["source.fixAll"]), "it makes safe fixes only"


IGNORED = {
    "another comment": ("open('x')  # noqa: F401\n", "open('x')  # noqa: F401  # vlint: ignore[VL202]\n"),
    "a comment of vlint's": (
        "open('x')  # vlint: ignore[VL1]\n",
        "open('x')  # vlint: ignore[VL1, VL202]\n",
    ),
    "no line end": ("open('x')", "open('x')  # vlint: ignore[VL202]"),
    "CRLF": ("open('x')\r\n", "open('x')  # vlint: ignore[VL202]\r\n"),
    "a continued line": ("y = open('x') or \\\n  1\n", "y = open('x') or \\\n  1  # vlint: ignore[VL202]\n"),
    "a string of lines": (
        "f('😀', open('x'), '''\n\n''')\n",
        "f('😀', open('x'), '''\n\n''')  # vlint: ignore[VL202]\n",
    ),
}


@pytest.mark.parametrize("case", IGNORED)
async def test_ignore_on_a_line_of_python(editor, case) -> None:
    before, after = (f"from x import app, f\n{text}" for text in IGNORED[case])
    editor.open("api/index.py", before)
    await editor.until(lambda: "VL202" in editor.shown("api/index.py"))
    assert await made(editor, "api/index.py", before, "Ignore VL202 on this line") == after
    editor.change("api/index.py", after)
    await editor.until(lambda: "VL202" not in editor.shown("api/index.py"))
