"""What the server knows about a place: hover, links, definition, completion, lenses."""

from __future__ import annotations

import pytest
from lsprotocol import types

pytestmark = pytest.mark.asyncio

FLASK = "from flask import Flask\n\napp = Flask(__name__)\n"
OPENS = """from os.path import join
from lib.web import app

with open(join('data', 'file.txt')) as file:
    text = file.read()
"""


def at(editor, name: str, line: int, character: int) -> dict[str, object]:
    document = types.TextDocumentIdentifier(editor.uri(name))
    return {"text_document": document, "position": types.Position(line, character)}


async def hovered(editor, name: str, line: int, character: int) -> str:
    found = await editor.client.text_document_hover_async(types.HoverParams(**at(editor, name, line, character)))
    return "" if found is None else found.contents.value


@pytest.fixture
def project(editor):
    editor.write("requirements.txt", "flask\n")
    editor.write("lib/web.py", FLASK)
    editor.write("data/file.txt", "x\n")
    editor.write("data/other file.txt", "x\n")
    editor.write("api/index.py", OPENS)
    editor.touched("lib", "data", "api", "requirements.txt", kind=types.FileChangeType.Created)
    editor.open("api/index.py")
    return editor


async def test_hover_on_an_entry_point(project) -> None:
    text = await hovered(project, "api/index.py", 1, 21)
    for part in ("`/api`", "WSGI", "Python 3.12", "requirements.txt"):
        assert part in text


async def test_hover_on_a_path(project) -> None:
    text = await hovered(project, "api/index.py", 3, 20)
    assert "/var/task/data/file.txt" in text
    assert "travels with the function `api/index.py`" in text
    assert not await hovered(project, "api/index.py", 4, 10)


async def test_hover_on_a_suppression_and_a_version(project) -> None:
    project.change("api/index.py", "x = 1  # vlint: ignore[VL201]\n" + OPENS)
    assert "api-relative-path" in await hovered(project, "api/index.py", 0, 25)
    project.open("Pipfile", '[requires]\npython_version = "3.12"\n', "toml")
    assert "3.9" in await hovered(project, "Pipfile", 1, 20)


async def test_links(project) -> None:
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(project.uri("api/index.py")))
    (link,) = await project.client.text_document_document_link_async(params)
    assert link.target == project.uri("data/file.txt")
    assert link.range == types.Range(types.Position(3, 10), types.Position(3, 34))
    project.write("vercel.json", '{"functions": {"api/*.py": {"memory": 256}}}')
    project.open("vercel.json", language="json")
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(project.uri("vercel.json")))
    project.touched("vercel.json", kind=types.FileChangeType.Created)
    (link,) = await project.client.text_document_document_link_async(params)
    assert link.target == project.uri("api/index.py")


async def test_definition(project) -> None:
    params = types.DefinitionParams(**at(project, "api/index.py", 1, 21))
    (found,) = await project.client.text_document_definition_async(params)
    assert (found.uri, found.range.start.line) == (project.uri("lib/web.py"), 2)
    params = types.DefinitionParams(**at(project, "api/index.py", 3, 25))
    (found,) = await project.client.text_document_definition_async(params)
    assert found.uri == project.uri("data/file.txt")


PATHS = {
    "open('": {"api", "data", "lib", "requirements.txt"},
    'open("data/': {"file.txt", "other file.txt"},
    "open('''data/": {"file.txt", "other file.txt"},
    'open(r"data/fi': {"file.txt", "other file.txt"},
    "with open(join('data', '": {"file.txt", "other file.txt"},
    "Path('./data/": {"file.txt", "other file.txt"},
    "open('x.txt', '": set(),
    "print('": set(),
    "open(f'{x}/": set(),
    "open('../": set(),
}


async def test_completion_of_paths(project) -> None:
    found = {}
    for typed in PATHS:
        text = f"{OPENS}def f():\n    x = {typed}"
        project.change("api/index.py", text)
        line = text.count("\n")
        params = types.CompletionParams(**at(project, "api/index.py", line, len(text.splitlines()[-1])))
        answer = await project.client.text_document_completion_async(params)
        found[typed] = {item.label for item in answer.items}
    assert found == PATHS


async def test_completion_replaces_what_was_typed(project) -> None:
    project.change("api/index.py", "open('data/fi')\n")
    params = types.CompletionParams(**at(project, "api/index.py", 0, 13))
    found = await project.client.text_document_completion_async(params)
    item = next(item for item in found.items if item.label == "file.txt")
    assert item.text_edit == types.TextEdit(types.Range(types.Position(0, 11), types.Position(0, 13)), "file.txt")


async def test_completion_of_versions_and_codes(project) -> None:
    async def labels(name: str, text: str) -> set[str]:
        project.open(name, text, "toml")
        last = text.splitlines()
        params = types.CompletionParams(**at(project, name, len(last) - 1, len(last[-1])))
        found = await project.client.text_document_completion_async(params)
        return {item.label for item in found.items}

    assert await labels("Pipfile", '[requires]\npython_version = "') == {"3.12", "3.9"}
    assert {"VL101", "VL201"} <= await labels("vlint.toml", 'ignore = ["VL1')
    assert {"2025-03", "2026-08"} <= await labels("pyproject.toml", '[tool.vlint]\nplatform = "')
    assert {"VL101", "VL201"} <= await labels("requirements.txt", "flask  # vlint: ignore[VL101, ")


async def test_lens(project) -> None:
    params = types.CodeLensParams(types.TextDocumentIdentifier(project.uri("api/index.py")))
    (lens,) = await project.client.text_document_code_lens_async(params)
    assert lens.command.title == "/api · WSGI · Python 3.12"
    assert lens.range.start.line == 1
    project.client.set_configuration({"vlint": {"codeLens": False}})
    project.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    for _ in range(100):
        if not await project.client.text_document_code_lens_async(params):
            break
    else:
        raise AssertionError("the lens is still there")
