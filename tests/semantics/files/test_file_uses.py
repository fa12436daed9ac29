"""Where a module's code opens a path: names under which it calls, depth, conditions, and what is left alone."""

from __future__ import annotations

import pytest

from tests.semantics.modules import evaluator
from vlint.semantics.files.file_modes import opens
from vlint.semantics.files.file_uses import Use, calls_of, uses
from vlint.semantics.intrinsics.paths import text_of


def found(text: str) -> tuple[Use, ...]:
    own = evaluator(text)
    return uses(own.function_module, own)


@pytest.mark.parametrize(
    "text",
    [
        "open('a')",
        "import io\nio.open('a')",
        "import builtins as b\nb.open('a')",
        "from io import open as o\no('a')",
        "from codecs import open\nopen('a')",
        "read = open\nread('a')",
        "import os\nos.listdir('a')",
        "from os import listdir as ls\nls('a')",
        "from pathlib import Path\nPath('a').read_text()",
        "from pathlib import Path\nPath('a').open()",
        "import pandas as pd\npd.read_csv(filepath_or_buffer='a')",
        "def f():\n    def g():\n        return [open('a') for _ in range(3)]",
        "class A:\n    x = [lambda: open('a')]",
        "f = {'x': (open('a'),)}",
        "@decorate(open('a'))\ndef f(): pass",
        "def f(x=open('a')): pass",
        "with open('a') as f: pass",
    ],
)
def test_a_path_that_is_opened_is_found(text: str) -> None:
    (use,) = found(text)
    own = evaluator(text)
    assert text_of(own.evaluate(use.node, use.site.place)) == "a"


@pytest.mark.parametrize(
    "text",
    [
        "def open(x): pass\nopen('a')",
        "open = print\nopen('a')",
        "def f(open):\n    open('a')",
        "import webbrowser\nwebbrowser.open('a')",
        "class A:\n    def open(self, x): pass\nA().open('a')",
        "unknown.open('a')",
        "'a'.replace('a', 'b')",
        "open()",
        "open(*names)",
        "'open(1)'  # open('a')",
    ],
)
def test_what_opens_nothing_is_left_alone(text: str) -> None:
    assert found(text) == ()


def test_both_paths_of_a_copy_are_found() -> None:
    assert [use.opener.opens for use in found("import shutil\nshutil.copy('a', 'b')")] == ["read", "write"]


def test_conditions_and_elements_around_a_call() -> None:
    (use,) = found("x = [open(n) for n in ('a', 'b') if n]\n")
    assert len(use.site.tests) == 1
    assert use.site.each == frozenset()
    (use,) = found("x = [open(n) for n in ('a', 'b')]\n")
    assert use.site.each == {"n"}
    (use,) = found("x = y and open('a')\n")
    assert len(use.site.tests) == 1
    (use,) = found("x = open('a') if y else None\n")
    assert len(use.site.tests) == 1


def test_calls_of_a_name() -> None:
    own = evaluator("import flask\napp = flask.Flask(__name__)\nFlask = 1\nprint(Flask)\n")
    assert len(list(calls_of(own.function_module, "Flask", own))) == 1


@pytest.mark.parametrize(
    ("call", "way"),
    [
        ("open('a')", "read"),
        ("open('a', 'rb')", "read"),
        ("open('a', mode='w')", "write"),
        ("open('a', 'x')", "write"),
        ("open('a', 'ab')", "write"),
        ("open('a', 'r+')", "update"),
        ("open('a', mode)", None),
        ("import tarfile\ntarfile.open('a', 'w:gz')", "write"),
        ("import tarfile\ntarfile.open('a', 'r:xz')", "read"),
        ("import os\nos.open('a', os.O_RDONLY)", "find"),
        ("import os\nos.open('a', os.O_WRONLY | os.O_CREAT)", "write"),
        ("import os\nos.open('a', flags)", None),
        ("import os\nos.mkdir('a')", "make-directory"),
        ("w = 'w'\nopen('a', w)", "write"),
    ],
)
def test_the_mode_says_what_is_done(call: str, way: str | None) -> None:
    own = evaluator(call)
    (use,) = uses(own.function_module, own)
    assert opens(use, own) == way
