"""Rewriting paths: what is replaced, in which style, and where an import goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.semantics.modules import PATH
from vlint import lint
from vlint.fixes import fix_all
from vlint.semantics.imports.new_imports import new_import
from vlint.syntax.module import Module

APP = "def app(environ, start_response):\n    start_response('200 OK', [])\n    return []\n"


def fixed(text: str, root: Path) -> str:
    (root / "data").mkdir()
    (root / "data/file.txt").write_text("x")
    (root / "api").mkdir()
    files = {PATH: text + "\n" + APP}
    outcome = fix_all(lambda overlay: lint(root, overlay={**files, **overlay}), files.__getitem__, unsafe=True)
    return outcome.texts.get(PATH, files[PATH]).removesuffix(APP).rstrip("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open('../data/file.txt')", "open('data/file.txt')"),
        ('open("../data/file.txt", encoding="utf-8")', 'open("data/file.txt", encoding="utf-8")'),
        ("open(b'../data/file.txt')", "open(b'data/file.txt')"),
        ("open(r'../data/file.txt')", "open(r'data/file.txt')"),
        ("open('../data' '/file.txt')", "open('data/file.txt')"),
        ("open( # why\n  '../data/file.txt')", "open( # why\n  'data/file.txt')"),
        ("from os.path import join as j\nopen(j('..', 'data', 'file.txt'))",
         "from os.path import join as j\nopen(j('data', 'file.txt'))"),
        ("import os\nopen(os.path.join('..', 'data', 'file.txt'))",
         "import os\nopen(os.path.join('data', 'file.txt'))"),
        ("from pathlib import Path as P\nP('..', 'data', 'file.txt').open()",
         "from pathlib import Path as P\nP('data', 'file.txt').open()"),
        ("from pathlib import Path\n(Path('..') / 'data' / 'file.txt').open()",
         "from pathlib import Path\n(Path('data') / 'file.txt').open()"),
        ("P = '../data/file.txt'  # the file\nopen(P)", "P = 'data/file.txt'  # the file\nopen(P)"),
        ("open('/Users/ada/site/data/file.txt')", "open('data/file.txt')"),
        ("open('Data/File.txt')", "open('data/file.txt')"),
        ("open('data\\\\file.txt')", "open('data/file.txt')"),
        ("open('out.txt', 'w')", "open('/tmp/out.txt', 'w')"),
        ("import os\nopen(os.path.join(os.path.dirname(__file__), 'data', 'file.txt'))",
         "import os\nopen(os.path.join(os.path.dirname(__file__), '..', 'data', 'file.txt'))"),
        ("from pathlib import Path\nHERE = Path(__file__).parent\n(HERE / 'data' / 'file.txt').open()",
         "from pathlib import Path\nHERE = Path(__file__).parent\n(HERE.parent / 'data' / 'file.txt').open()"),
    ],
)  # fmt: skip
def test_how_a_path_is_rewritten(text: str, expected: str, tmp_path: Path) -> None:
    assert fixed(text, tmp_path) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("x = 1\n", 0),
        ('"""Doc."""\nx = 1\n', 11),
        ("#!/usr/bin/env python\n# coding: utf-8\nx = 1\n", 38),
        ("import os\nimport sys  # both\nx = 1\nimport late\n", 29),
        ('"""Doc."""\nfrom __future__ import annotations\n\nimport os\n\nx = 1\n', 57),
        ("import os; import sys\nx = 1\n", 22),
    ],
)
def test_where_an_import_goes(text: str, place: int) -> None:
    edit = new_import(Module(PATH, text), "import new")
    assert text[:place].count("\n") + 1 == edit.range.start.line
    assert edit.range.start == edit.range.end
    assert edit.range.start.column == 1
    assert edit.text == "import new\n"


def test_an_import_behind_a_last_line_without_an_end() -> None:
    assert new_import(Module(PATH, "import os"), "import new").text == "\nimport new\n"
    assert new_import(Module(PATH, "import os\r\nx = 1\r\n"), "import new").text == "import new\r\n"
