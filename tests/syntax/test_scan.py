"""The cut into top-level statements, case by case. `|` stands where a piece is expected to start."""

from __future__ import annotations

import itertools

import pytest

from vlint.syntax.cut import cut

VALID = {
    "statements": "|import os\n\n|x = 1\n|def f():\n    return 1\n\n\n|class A:\n    pass\n",
    "no newline at the end": "|x = 1\n|y = 2",
    "comments and blank lines first": "|# one\n\n# two\nx = 1\n",
    "comment between": "|x = 1\n# about y\n|y = 2\n",
    "comment at column 0 in a block": "|def f():\n    a = 1\n# odd\n    b = 2\n|x = 1\n",
    "else at column 0": "|if a:\n    x = 1\nelif b:\n    x = 2\nelse:\n    x = 3\n|y = 1\n",
    "try clauses": "|try:\n    a\nexcept A:\n    b\nelse:\n    c\nfinally:\n    d\n|e\n",
    "names that begin like clauses": "|elsewhere = 1\n|finally_ = 2\n",
    "decorators": "|@one\n@two(1,\n2)\n# comment\ndef f(): pass\n|@three\nclass A: pass\n",
    "decorator behind a comment": "|# first\n@one\ndef f(): pass\n|x = 1\n",
    "semicolons": "|a = 1; b = 2\n|c = 3\n",
    "brackets over lines": "|x = (\n1,\n[2,\n{3:\n4}]\n)\n|y = 1\n",
    "closing bracket at column 0": "|f(\n    1,\n)\n|y = 1\n",
    "continuation line": "|x = 1 + \\\n2\n|y = 1\n",
    "continuation line with CRLF": "|x = 1 + \\\r\n2\r\n|y = 1\r\n",
    "triple-quoted string": '|x = """\nimport os\n" \' # (\n"""\n|y = 1\n',
    "escaped triple quote": '|x = """a\\"""\nimport os\n"""\n|y = 1\n',
    "four quotes": '|x = """a""" ""\n|y = 1\n',
    "raw string with backslash": "|x = r'\\'' # '\n|y = 1\n",
    "string over a continuation": "|x = 'a\\\nb'\n|y = 1\n",
    "hash in a string": "|x = '#('\n|y = 1\n",
    "quote in a comment": "|x = 1 # don't (\n|y = 1\n",
    "form feed": "|x = 1\n|\fy = 2\n|\f\fdef f():\n    pass\n",
    "CRLF": "|x = 1\r\n\r\n|def f():\r\n    pass\r\n|y = 1\r\n",
    "lone CR": "|x = 1\r|y = 2\r|if a:\r    b\relse:\r    c\r|z = 3",
    "tabs": "|def f():\n\tif a:\n\t\tb\n|x = 1\n",
    "nested quotes in an f-string": '|x = f"{d["#("]}"\n|y = 1\n',
    "f-string in an f-string": '|x = f"{f"{f"{1}"}"}" # (\n|y = 1\n',
    "f-string with a specifier": '|x = f"{a:{b["#"]}>{c}}" # {\n|y = 1\n',
    "f-string with escaped braces": "|x = f'{{(' + f'}}#' + f'{{{a}}}'\n|y = 1\n",
    "f-string over lines": '|x = f"""\n{a["""k"""]}\nimport os\n{\n1}"""\n|y = 1\n',
    "f-string with a lambda": '|x = f"{(lambda z: z)("#")}"\n|y = 1\n',
    "f-string with a named unicode escape": '|x = f"\\N{LEFT PARENTHESIS}"\n|y = 1\n',
    "keyword glued to a string": "|x = 1 if'{'in y else'('\n|y = 1\n",
    "t-string prefix": "|x = 1\n|y = f'{x!r:>{x}}'\n",
    "only comments": "|# one\n# two\n",
    "match": "|match x:\n    case 1:\n        pass\n    case _:\n        pass\n|y = 1\n",
    "matrix product at column 0": "|x = (a\n@b)\n|y = 1\n",
    "async": "|async def f():\n    async with a:\n        pass\n|y = 1\n",
    "emoji and combining characters": "|x = '🎉e\u0301'\n|y = '日本'\n",
    "line separator in a string": "|x = '\u2028'\n|y = 1\n",
}

BROKEN = {
    "bracket never closed before a keyword": "|x = f(\n|def g(): pass\n|y = 1\n",
    "bracket never closed before an assignment": "|x = f(\n|app = 1\n|y = 1\n",
    "string never closed": "|x = 'abc\n|y = 1\n",
    "string never closed in a call": "|open('data/file.txt)\n|y = 1\n",
    "triple quote never closed": '|x = """abc\n|y = 1\n|z = 2\n',
    "stray bracket": "|x = 1)\n|y = 1\n",
    "half a definition": "|def f(\n|y = 1\n",
    "docstring lost a quote": '|def f():\n    ""doc"""\n    return 1\n|def g():\n    """doc"""\n|y = 1\n',
}


def marked(text: str) -> str:
    starts = {start for start, _ in cut(text)}
    return "".join(("|" if index in starts else "") + character for index, character in enumerate(text))


@pytest.mark.parametrize("name", VALID)
def test_valid(name: str) -> None:
    expected = VALID[name]
    assert marked(expected.replace("|", "")) == expected


@pytest.mark.parametrize("name", BROKEN)
def test_broken(name: str) -> None:
    expected = BROKEN[name]
    assert marked(expected.replace("|", "")) == expected


def test_empty_text_has_no_piece() -> None:
    assert cut("") == []


HOSTILE = {
    "open brackets": "(" * 200_000,
    "open f-strings": 'f"{' * 100_000,
    "triple quotes": '"""' * 99_999,
    "open strings": "'\n" * 100_000,
    "open brackets on lines": "x = (\n" * 50_000,
    "continuation lines": "\\\n" * 100_000,
    "open f-strings on lines": 'f"{\n' * 50_000,
    "decorators": "@a\n" * 50_000,
    "triple-quoted f-strings": "f'''{" * 50_000,
    "clauses": "else:\n" * 50_000,
    "an open bracket and many lines": "{{{\n" + "a\n" * 100_000,
    "form feeds": "\f" * 200_000,
    "form feeds on lines": "\f \n" * 90_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_cut_without_a_gap(name: str) -> None:
    hostile = HOSTILE[name]
    pieces = cut(hostile)
    assert pieces[0][0] == 0
    assert pieces[-1][1] == len(hostile)
    assert all(one[1] == other[0] for one, other in itertools.pairwise(pieces))
