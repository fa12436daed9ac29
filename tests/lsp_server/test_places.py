"""What the server knows about a place: hover, links, definition, completion, lenses."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from lsp_server.features.hover import INTERFACES
from tests.lsp_server.conftest import Editor, folder_of

pytestmark = pytest.mark.asyncio

FLASK = "from flask import Flask\n\napp = Flask(__name__)\n"
CLASS = """from http.server import BaseHTTPRequestHandler
class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
"""
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
    gets = ("Python 3.12 (the default)", "Dependencies: from `requirements.txt` (at the root)")
    wsgi = "a WSGI application, called as `app(environ, start_response)`."
    imported = f"`app` is an instance of `Flask` (from `lib/web.py`): {wsgi}"
    text = await hovered(project, "api/index.py", 1, 21)
    assert text.split("\n\n") == ["**`/api`** · `api/index.py`", imported, *gets]
    project.change("api/index.py", FLASK)
    own = f"`app` is an instance of `Flask`: {wsgi}"
    assert own in (await hovered(project, "api/index.py", 2, 1)).split("\n\n")
    project.change("api/index.py", "async def app(scope, receive, send):\n    pass\n")
    asgi = "`app` is a coroutine function (`app`): an ASGI application, called as `app(scope, receive, send)`."
    assert asgi in (await hovered(project, "api/index.py", 0, 12)).split("\n\n")
    project.change("api/index.py", CLASS)
    handler = f"`handler` is the class `handler`: {INTERFACES['handler']}."
    assert handler in (await hovered(project, "api/index.py", 1, 8)).split("\n\n")


HANDLER = "app = None\ndef handler(event, context):\n    pass\n"


async def test_hover_says_what_is_wrong(project) -> None:
    """Whole texts, as they are read; the platform reads no version from a lock that it cannot convert."""
    project.open("Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.11"}}, "default": {}}', "json")
    project.change("api/index.py", HANDLER)
    common = "**`/api`** · `api/index.py`"
    gets = (
        "Python 3.12 (`Pipfile.lock` asks for `3.11`, which is no option and is ignored)",
        "Dependencies: from `Pipfile.lock` (at the root)",
    )
    wrong = "`handler` is not a class that inherits from BaseHTTPRequestHandler: every request fails."
    assert (await hovered(project, "api/index.py", 1, 5)).split("\n\n") == [common, wrong, *gets]
    unused = "The platform does not use `app`: it takes `handler`."
    assert (await hovered(project, "api/index.py", 0, 1)).split("\n\n") == [common, unused, *gets]
    project.change("api/index.py", "import somewhere\napp = somewhere.make()\n")
    _, unknown, *_ = (await hovered(project, "api/index.py", 1, 1)).split("\n\n")
    assert unknown.startswith("What `app` is cannot be known from the source: ")


async def test_hover_on_paths_that_lead_nowhere(project) -> None:
    project.write("vercel.json", '{"functions": {"api/index.py": {"excludeFiles": "data/**"}}}')
    project.touched("vercel.json", kind=types.FileChangeType.Created)
    lines = ["'data/none.txt'", "'/etc/hosts'", "'data/file.txt'", "'data'"]
    project.change("api/index.py", "from lib.web import app\n" + "".join(f"open({line})\n" for line in lines))
    texts = [(await hovered(project, "api/index.py", number, 8)).split("\n\n") for number in range(1, 4)]
    assert texts == [
        ["Leads to `/var/task/data/none.txt` at run time.", "The project has nothing at `data/none.txt`."],
        ["Leads to `/etc/hosts` at run time.", "That is outside of the project."],
        [
            "Leads to `/var/task/data/file.txt` at run time.",
            "That is the file `data/file.txt` of the project.",
            "It does **not** travel with the function `api/index.py`: `data/**` leaves it out.",
        ],
    ]


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
    assert not await hovered(project, "Pipfile", 0, 3)


async def test_hover_on_versions_by_what_the_platform_reads(project) -> None:
    project.open("Pipfile.lock", '{"_meta": {"requires": {\n"python_version": "3.12"}}}', "json")
    project.open(".python-version", "3.13\n", "plaintext")
    project.open("pyproject.toml", '[project]\nrequires-python = ">=3.13"\n', "toml")
    places = [("Pipfile.lock", 1), (".python-version", 0), ("pyproject.toml", 1)]
    before = [await hovered(project, name, line, 3) for name, line in places]
    assert ["reads no version" in text for text in before] == [False, True, True]
    assert all("3.12 (default) and 3.9" in text for text in before)
    project.open("vlint.toml", "platform = '2026-08'\n", "toml")
    after = [await hovered(project, name, line, 3) for name, line in places]
    assert ["reads no version" in text for text in after] == [False, False, False]
    assert all("3.13 and 3.14" in text for text in after)


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


PATHS_BEFORE = """from os.path import dirname
from pathlib import Path
DATA = Path(__file__).parent.parent / 'data'
"""

PATHS = {
    "open('": {"api", "data", "lib", "requirements.txt"},
    'open("data/': {"file.txt", "other file.txt"},
    "open('''data/": {"file.txt", "other file.txt"},
    'open(r"data/fi': {"file.txt", "other file.txt"},
    "with open(join('data', '": {"file.txt", "other file.txt"},
    "Path('./data/": {"file.txt", "other file.txt"},
    "open(b'data/": {"file.txt", "other file.txt"},
    "open(Rb'data/": {"file.txt", "other file.txt"},
    'open(f"data/': {"file.txt", "other file.txt"},
    'open("""data/': {"file.txt", "other file.txt"},
    "open(file='data/": {"file.txt", "other file.txt"},
    "Path('data') / '": {"file.txt", "other file.txt"},
    "open(Path('data') / 'o": {"file.txt", "other file.txt"},
    "pathlib.Path() / 'data' / f'": {"file.txt", "other file.txt"},
    "(Path('.') / 'data') / '": {"file.txt", "other file.txt"},
    "open(join(dirname(__file__), '": {"index.py"},
    "open(join(dirname(__file__), '../": {"api", "data", "lib", "requirements.txt"},
    "open(Path(__file__).parent.parent / 'data' / '": {"file.txt", "other file.txt"},
    'Path(__file__).with_name("': {"index.py"},
    "open(DATA / r'''": {"file.txt", "other file.txt"},
    "open(folder / f'": {"file.txt", "other file.txt"},
    "Path(name) / '": set(),
    "Path('data').parent / '": {"api", "data", "lib", "requirements.txt"},
    "Path(name).parent / '": set(),
    "3 / '": set(),
    "'data' / '": set(),
    "Path('/tmp') / '": set(),
    "open('/": set(),
    "open('x.txt', '": set(),
    "print('": set(),
    "open(f'{x}/": set(),
    "open(f'{x}/data/": set(),
    "open(f'{open(\"": set(),
    "', '.join('": set(),
    '"""open(\'': set(),
    "open('../": set(),
}


async def test_completion_of_paths(project) -> None:
    found = {}
    for typed in PATHS:
        text = f"{PATHS_BEFORE}{OPENS}def f():\n    folder = DATA\n    x = {typed}"
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


async def test_completion_behind_what_is_typed_and_before_what_follows(project) -> None:
    """In the middle of a line, behind characters of two units: the quote and the brackets that follow stay."""
    text = "from pathlib import Path\nx = '😀', open(Path(__file__).parent / '../data/oth').read()\n"
    project.change("api/index.py", text)
    place = text.splitlines()[1].index("oth") + 3 + 1
    params = types.CompletionParams(**at(project, "api/index.py", 1, place))
    found = await project.client.text_document_completion_async(params)
    item = next(item for item in found.items if item.label == "other file.txt")
    span = types.Range(types.Position(1, place - 3), types.Position(1, place))
    assert item.text_edit == types.TextEdit(span, "other file.txt")


async def test_completion_behind_the_end_of_the_text_replaces_what_stands_at_the_end(project) -> None:
    """A position that is in no line means the end of the text, as the protocol has it."""
    project.change("api/index.py", "open('data/fi")
    params = types.CompletionParams(**at(project, "api/index.py", 7, 1))
    found = await project.client.text_document_completion_async(params)
    (item,) = [item for item in found.items if item.label == "file.txt"]
    assert item.text_edit == types.TextEdit(types.Range(types.Position(0, 11), types.Position(0, 13)), "file.txt")


async def test_no_completion_where_the_name_began_in_a_line_before(project) -> None:
    """A file may have such a name, and an edit of one line cannot complete it."""
    project.write("data/a\n b.txt", "x\n")
    project.touched("data", kind=types.FileChangeType.Changed)
    project.change("api/index.py", 'open("""data/a\n b')
    params = types.CompletionParams(**at(project, "api/index.py", 1, 2))
    found = await project.client.text_document_completion_async(params)
    assert not found.items


@pytest.mark.parametrize("known", [[], ["editor.action.triggerSuggest"]])
async def test_completion_goes_on_behind_a_directory(client, tmp_path, known) -> None:
    """A directory ends with a slash; a client that can is told to ask for what is in it."""
    capabilities = client_capabilities("visual-studio-code")
    capabilities.experimental = {"commands": {"commands": known}}
    result = await client.initialize_session(
        types.InitializeParams(capabilities, workspace_folders=[folder_of(tmp_path)])
    )
    assert "/" in result.capabilities.completion_provider.trigger_characters
    editor = Editor(client, tmp_path)
    editor.write("data/file.txt", "x")
    editor.open("api/index.py", "open('da")
    params = types.CompletionParams(**at(editor, "api/index.py", 0, 8))
    (item,) = [i for i in (await client.text_document_completion_async(params)).items if i.label == "data"]
    assert (item.kind, item.text_edit.new_text) == (types.CompletionItemKind.Folder, "data/")
    assert [item.command.command] == known if known else item.command is None


async def test_completion_of_versions_and_codes(project) -> None:
    async def labels(name: str, text: str) -> set[str]:
        project.open(name, text, "toml")
        last = text.splitlines()
        params = types.CompletionParams(**at(project, name, len(last) - 1, len(last[-1])))
        found = await project.client.text_document_completion_async(params)
        return {item.label for item in found.items}

    assert await labels("Pipfile", '[requires]\npython_version = "') == {"3.12", "3.9"}
    assert not await labels("a/.python-version", "3."), "this platform does not read it"
    assert not await labels("a/pyproject.toml", '[project]\nrequires-python = "'), "nor this"
    assert {"VL101", "VL201"} <= await labels("vlint.toml", 'ignore = ["VL1')
    assert {"2025-03", "2026-08"} <= await labels("pyproject.toml", '[tool.vlint]\nplatform = "')
    assert {"VL101", "VL201"} <= await labels("requirements.txt", "flask  # vlint: ignore[VL101, ")


async def test_completion_of_versions_where_the_platform_reads_them(project) -> None:
    async def texts(name: str, text: str) -> list[str]:
        project.open(name, text, "toml")
        *_, last = text.split("\n")
        params = types.CompletionParams(**at(project, name, text.count("\n"), len(last)))
        found = await project.client.text_document_completion_async(params)
        before = [last[: item.text_edit.range.start.character] for item in found.items]
        return [f"{start}{item.text_edit.new_text}" for start, item in zip(before, found.items, strict=True)]

    project.open("vlint.toml", "platform = '2026-08'\n", "toml")
    assert await texts(".python-version", "") == ["3.12", "3.13", "3.14"]
    assert await texts("api/.python-version", "3.1") == ["3.12", "3.13", "3.14"]
    requires = await texts("pyproject.toml", "[project]\nrequires-python = '>=3")
    assert requires[:2] == ["requires-python = '>=3.12", "requires-python = '==3.12.*"]
    bounded = await texts("api/pyproject.toml", "[project]\nrequires-python = '<3.14, ")
    assert "requires-python = '<3.14, >=3.13" in bounded


async def test_completion_counts_as_the_client_does(project) -> None:
    """A character of two units before the place, and one in what has been typed, move nothing."""
    project.write("data/😀 file.txt", "x")
    project.touched("data/😀 file.txt", kind=types.FileChangeType.Created)
    text = "x = '😀', open('data/😀 f"
    project.change("api/index.py", text)
    params = types.CompletionParams(**at(project, "api/index.py", 0, len(text) + 2))
    found = await project.client.text_document_completion_async(params)
    item = next(item for item in found.items if item.label == "😀 file.txt")
    start, end = item.text_edit.range.start.character, item.text_edit.range.end.character
    assert (start, end) == (text.index("data/") + len("data/") + 1, len(text) + 2)


async def test_lens(project) -> None:
    params = types.CodeLensParams(types.TextDocumentIdentifier(project.uri("api/index.py")))
    (lens,) = await project.client.text_document_code_lens_async(params)
    assert lens.command.title == "/api · WSGI · Python 3.12"
    assert lens.range.start.line == 1
    await project.until(lambda: project.client.code_lens_refresh_count)  # the settings of the start are taken in
    for number, off in enumerate(({"codeLens": False}, {"codeLens": {"enable": False}}), start=1):
        project.client.set_configuration({"vlint": off})
        before = project.client.code_lens_refresh_count
        project.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await project.until(lambda before=before: project.client.code_lens_refresh_count > before)
        assert not await project.client.text_document_code_lens_async(params), f"turned off in the way {number}"
    project.client.set_configuration({"vlint": {"codeLens": True}})
    before = project.client.code_lens_refresh_count
    project.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
    await project.until(lambda: project.client.code_lens_refresh_count > before)
    assert await project.client.text_document_code_lens_async(params)


async def test_lens_when_something_else_has_changed_it(project) -> None:
    """A manifest on disk, one that is open, and the module that defines the entry point; not a text that is typed."""
    params = types.CodeLensParams(types.TextDocumentIdentifier(project.uri("api/index.py")))

    async def title() -> str:
        (lens,) = await project.client.text_document_code_lens_async(params)
        return lens.command.title

    async def refreshed(before: int) -> str:
        await project.until(lambda: project.client.code_lens_refresh_count > before)
        return await title()

    def count() -> int:
        return project.client.code_lens_refresh_count

    assert await title() == "/api · WSGI · Python 3.12"
    await project.until(count)  # the settings of the start are taken in
    before = count()
    project.write("Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.9"}}}')
    project.write("Pipfile", '[requires]\npython_version = "3.9"\n')
    project.touched("Pipfile.lock", "Pipfile", kind=types.FileChangeType.Created)
    assert await refreshed(before) == "/api · WSGI · Python 3.9"
    before = count()
    project.open("lib/web.py", "app = 'text'\n")
    assert await refreshed(before) == "/api · fails · Python 3.9"
    before = count()
    project.open("vercel.json", '{"builds": [{"src": "x.py", "use": "@vercel/python"}]}', "json")
    await project.until(lambda: count() > before)
    project.close("vercel.json")
    await project.until(lambda: count() > before + 1)
    assert await title() == "/api · fails · Python 3.9"
    before = count()
    project.change("api/index.py", f"\n\n{OPENS}")
    (lens,) = await project.client.text_document_code_lens_async(params)
    assert lens.range.start.line == 3
    project.write("data/new.txt", "x")
    project.touched("data/new.txt", kind=types.FileChangeType.Created)
    await project.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert count() == before
