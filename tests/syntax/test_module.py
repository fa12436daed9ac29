"""Modules: encodings, problems with their places, positions of nodes, and trees that survive an edit."""

from __future__ import annotations

import codecs

import libcst as cst
import libcst.matchers as m
import pytest

from vlint.syntax.module import Module
from vlint.text import Position, Range, Source, utf16_length


def text_of(content: bytes) -> str:
    return Module("api/index.py", content).source.text


def test_utf8_is_the_default_and_a_mark_is_dropped() -> None:
    assert text_of("x = 'é'\r\n".encode()) == "x = 'é'\r\n"
    assert text_of(codecs.BOM_UTF8 + b"x = 1\n") == "x = 1\n"


@pytest.mark.parametrize(
    "line", [b"# -*- coding: latin-1 -*-\n", b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n"]
)
def test_declared_encoding(line: bytes) -> None:
    module = Module("api/index.py", line + b"x = '\xe9'\n")
    assert module.source.text.endswith("x = 'é'\n")
    assert module.problem is None


@pytest.mark.parametrize(
    ("content", "line", "column", "part"),
    [
        (b"x = 1\ny = '\xff'\n", 2, 6, "utf-8"),
        (codecs.BOM_UTF8 + b"x = 1\ny = '\xff'\n", 2, 6, "utf-8"),
        (b"# coding: no-such-codec\nx = 1\n", 1, 1, "no-such-codec"),
        (b"# coding: hex\nx = 1\n", 1, 1, "hex"),
        (b"x = 1\n\0\n", 2, 1, "null"),
        ("x = 'ü'\n".encode("utf-16"), 1, 1, ""),
        (b"x = 1\ndef f(:\n    pass\n", 2, 7, "invalid syntax"),
        (b"x = f(\ny = 1\n", 1, 6, "never closed"),
        (b"x = 'abc\n", 1, 5, "unterminated"),
        (b"x = 1\n\nif x:\ny = 2\n", 3, 6, "after 'if' statement on line 3"),
        ("x = '🎉' + )\n".encode(), 1, 11, "unmatched"),
        (b"return 1\n", 1, 1, "outside function"),
        (b"def f(a, a): pass\n", 1, 10, "duplicate"),
        (b"if x:\npass\n", 1, 6, "indented block"),
    ],
)
def test_problems_have_a_place(content: bytes, line: int, column: int, part: str) -> None:
    problem = Module("api/index.py", content).problem
    assert problem is not None
    assert part in problem.message
    assert (problem.range.start.line, problem.range.start.column) == (line, column)
    assert problem.range.end >= problem.range.start


def test_newer_syntax_is_no_problem_on_an_older_interpreter() -> None:
    source = 'type X = int\ndef f[T](a: T) -> T:\n    return f"{a["x"]}"\ntry:\n    pass\nexcept* OSError:\n    pass\n'
    assert Module("api/index.py", source.encode()).problem is None


@pytest.mark.parametrize(
    "source",
    ["x = " + "(" * 5_000 + ")" * 5_000 + "\n", "x = " + "not " * 20_000 + "1\n", "x = a" + ".b" * 20_000 + "\n",
     "x = " + " and ".join(["a"] * 50_000) + "\n", "x = (" + "'a' " * 50_000 + ")\n", "x = " + "(" * 5_000 + "\n",
     "if a:\n pass\n" + "elif b:\n pass\n" * 20_000],
)  # fmt: skip
def test_deep_code_is_left_alone(source: str) -> None:
    module = Module("api/index.py", source + "app = 1\n")
    assert module.statements[0].tree is None
    assert module.statements[-1].tree is not None


def test_ranges_count_characters_whatever_stands_before() -> None:
    module = Module("api/index.py", "import os\r\n\r\nx = '🎉e\u0301'; y = open('a')\r\n")
    statement = module.statements[1]
    assert statement.tree is not None
    (call,) = m.findall(statement.tree, m.Call())
    assert statement.range(call) == Range(Position(3, 16), Position(3, 25))
    assert module.source.slice(statement.range(call)) == "open('a')"
    assert utf16_length("x = '🎉e\u0301'; y = ") == 16


def test_ranges_where_the_tree_loses_white_space() -> None:
    module = Module("api/index.py", "try:\n    f()\nexcept (A, B) :\n    g('x')\n")
    statement = module.statements[0]
    assert statement.tree is not None
    (string,) = m.findall(statement.tree, m.SimpleString())
    assert module.source.slice(statement.range(string)) == "'x'"


def test_an_edit_keeps_the_trees_of_the_other_statements() -> None:
    before = Module("api/index.py", "a = 1\nb = 2\nb = 2\nc = 3\n")
    trees = [statement.tree for statement in before.statements]
    after = Module("api/index.py", "a = 1\n\nb = 2\nb = 2\nc = 4\n", before)
    now = [statement.tree for statement in after.statements]
    assert now[1] is trees[1]
    assert now[2] is trees[2]
    assert trees[1] is not trees[2]
    assert now[3] is not trees[3]
    assert isinstance(now[0], cst.Module)


@pytest.mark.parametrize("text", ["", "a", "a\nb", "a\r\nb\rc\n", "\r\r\n\n", "é🎉\n\f\n\u2028x"])
def test_offsets_and_positions_are_inverse(text: str) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert source.offset(source.position(offset)) == offset
    assert source.position(10_000) == source.position(len(text))
    assert "".join(source.line(number) for number in range(1, source.line_count + 1)) == text.replace("\r", "").replace(
        "\n", ""
    )


@pytest.mark.parametrize(
    ("text", "is_definition", "is_function"),
    [
        ("def f():\n    import x\n", True, True),
        ("# why\n\n@x(\n    1)\nasync def f():\n    pass\n", True, True),
        ("@x\nclass A:\n    import y\n", True, False),
        ("class A: pass\n", True, False),
        ("definition = 1\n", False, False),
        ("if x:\n    def f(): pass\n", False, False),
    ],
)
def test_definitions_are_told_by_their_text(text: str, is_definition: bool, is_function: bool) -> None:
    statement = Module("a.py", text).statements[0]
    assert (statement.is_definition, statement.is_function) == (is_definition, is_function)


def test_mentions_a_word_and_a_name_that_is_none() -> None:
    statement = Module("a.py", "value = 'my-page', other_value\n").statements[0]
    assert [statement.mentions(name) for name in ("value", "my-page", "valu", "page", "y-page")] == [
        True, True, False, True, False,
    ]  # fmt: skip
