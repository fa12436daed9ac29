"""Renaming a file changes the paths that name it."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp_server.conftest import apply

pytestmark = pytest.mark.asyncio

MODULE = """from os.path import dirname, join
from lib import app

here = dirname(__file__)
open('data/file.txt')
open("./data/file.txt")
open(join(here, '..', 'data', 'file.txt'))
open('data/other.txt')
"""


async def renamed(editor, old: str, new: str) -> str:
    editor.write("data/file.txt", "x")
    editor.write("data/other.txt", "x")
    editor.write("lib.py", "from flask import Flask\napp = Flask(__name__)\n")
    editor.write("api/index.py", MODULE)
    editor.touched("data", "api", "lib.py", kind=types.FileChangeType.Created)
    editor.open("api/index.py")
    await editor.until_shown("api/index.py")
    edit = await editor.client.workspace_will_rename_files_async(
        types.RenameFilesParams([types.FileRename(editor.uri(old), editor.uri(new))])
    )
    return MODULE if edit is None else apply(edit, editor.uri("api/index.py"), MODULE, version=1)


async def test_another_name(editor) -> None:
    after = await renamed(editor, "data/file.txt", "data/ein Name.txt")
    assert after == MODULE.replace("file.txt", "ein Name.txt")


async def test_another_directory(editor) -> None:
    """What is put together from several strings is left alone where no single one can say it."""
    after = await renamed(editor, "data/file.txt", "texts/file.txt")
    assert after == MODULE.replace("data/file.txt", "texts/file.txt")


async def test_a_directory(editor) -> None:
    after = await renamed(editor, "data", "texts")
    assert after == MODULE.replace("data/", "texts/")


async def test_a_file_that_nobody_names(editor) -> None:
    assert await renamed(editor, "lib.py", "library.py") == MODULE
