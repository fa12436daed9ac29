"""Comments that silence a finding stand where they work, and leave the code as it was."""

from __future__ import annotations

import pytest

from vlint.finding import Finding, Severity
from vlint.silencing import ignore_in_file, ignore_on_line
from vlint.suppressions import suppressions_in
from vlint.text import Position, Range, Source


def finding(path: str, line: int, end: int | None = None, code: str = "VL201") -> Finding:
    span = Range(Position(line, 1), Position(end or line, 2))
    return Finding(code, "name", Severity.ERROR, "message", path, span, "https://example.org")


def made(silence, path: str, text: str, line: int, end: int | None = None) -> str | None:
    """The text with the comment in it."""
    edit = silence(path, text, finding(path, line, end))
    if edit is None:
        return None
    source = Source(text)
    start, stop = source.offset(edit.range.start), source.offset(edit.range.end)
    return text[:start] + edit.text + text[stop:]


COMMENT = "  # vlint: ignore[VL201]"

ON_LINE = {
    "at the end": ("a.py", "x = 1\ny = 2\n", 1, f"x = 1{COMMENT}\ny = 2\n"),
    "without a line end": ("a.py", "x = 1", 1, f"x = 1{COMMENT}"),
    "CRLF": ("a.py", "x = 1\r\ny = 2\r\n", 1, f"x = 1{COMMENT}\r\ny = 2\r\n"),
    "behind another comment": ("a.py", "x = 1  # why\n", 1, f"x = 1  # why{COMMENT}\n"),
    "with the other codes": ("a.py", "x = 1  # vlint: ignore[VL1]\n", 1, "x = 1  # vlint: ignore[VL1, VL201]\n"),
    "in brackets": ("a.py", "f(\n  1,\n)\n", 2, f"f(\n  1,{COMMENT}\n)\n"),
    "a string of several lines": ("a.py", "x = '''a\nb\n'''\ny = 1\n", 1, f"x = '''a\nb\n'''{COMMENT}\ny = 1\n"),
    "TOML": ("Pipfile", "a = 1\n", 1, f"a = 1{COMMENT}\n"),
    "requirements": ("requirements.txt", "flask\n", 1, f"flask{COMMENT}\n"),
}

IN_FILE = {
    "at the top": ("a.py", "x = 1\n", "# vlint: ignore-file[VL201]\nx = 1\n"),
    "below a hash bang and a coding": (
        "a.py",
        "#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = 1\n",
        "#!/usr/bin/python\n# -*- coding: latin-1 -*-\n# vlint: ignore-file[VL201]\nx = 1\n",
    ),
    "CRLF": ("a.py", "x = 1\r\n", "# vlint: ignore-file[VL201]\r\nx = 1\r\n"),
    "above a docstring": ("a.py", '"""x"""\n', '# vlint: ignore-file[VL201]\n"""x"""\n'),
    "a hash bang alone": ("a.py", "#!python", "#!python\n# vlint: ignore-file[VL201]\n"),
    "with the other codes": ("a.py", "# vlint: ignore-file[VL1]\nx = 1\n", "# vlint: ignore-file[VL1, VL201]\nx = 1\n"),
    "TOML": ("Pipfile", "a = 1\n", "# vlint: ignore-file[VL201]\na = 1\n"),
}


@pytest.mark.parametrize("case", ON_LINE)
def test_on_a_line(case) -> None:
    path, text, line, expected = ON_LINE[case]
    silent = made(ignore_on_line, path, text, line)
    assert silent == expected
    assert any(known.covers(finding(path, line)) for known in suppressions_in(path, silent))


@pytest.mark.parametrize("case", IN_FILE)
def test_in_a_file(case) -> None:
    path, text, expected = IN_FILE[case]
    assert made(ignore_in_file, path, text, len(text.splitlines())) == expected


@pytest.mark.parametrize(("path", "text"), [("vercel.json", '{"functions": {}}\n'), ("Pipfile.lock", "{}\n")])
def test_where_no_comment_can_be(path, text) -> None:
    assert made(ignore_on_line, path, text, 1) is None
    assert made(ignore_in_file, path, text, 1) is None


def test_a_line_that_is_continued() -> None:
    """A comment behind a backslash would break the code; it goes where the statement takes one."""
    assert made(ignore_on_line, "a.py", "x = 1 + \\\n  2\n", 1) == f"x = 1 + \\\n  2{COMMENT}\n"
