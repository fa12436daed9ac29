"""Whether a path opens, by what of the project is there."""

from __future__ import annotations

import pytest

from tests.semantics.opened import problems
from vlint.semantics.files.file_verdicts import is_of_a_machine


def verdict(text: str, *files: str, **contents: str) -> tuple[str, str | None] | None:
    """The reason, and the file that was found; None where all is well or nobody can tell."""
    (problem,) = problems(text, *files, **contents)
    return None if problem is None else (problem.reason, problem.found)


def test_what_is_there() -> None:
    assert verdict("open('data/a.txt')", "data/a.txt") is None
    assert verdict("open('./data/../data/a.txt')", "data/a.txt") is None
    assert verdict("import os\nos.listdir('data')", "data/a.txt") is None
    assert verdict("import os\nos.listdir('data/a.txt')", "data/a.txt") == ("missing", None)


@pytest.mark.parametrize(
    ("path", "files", "expected"),
    [
        ("a.txt", ["api/a.txt"], ("api-relative", "api/a.txt")),
        ("../data/a.txt", ["data/a.txt"], ("api-relative", "data/a.txt")),
        ("data/A.txt", ["data/a.txt"], ("case", "data/a.txt")),
        ("data/a.txt", ["data/b.json"], ("missing", None)),
        ("data/prices.csv", ["data/price.csv"], ("missing", "data/price.csv")),
        ("src/data/a.txt", ["data/a.txt"], ("missing", "data/a.txt")),
        ("/data/a.txt", ["data/a.txt"], ("missing", "data/a.txt")),
        ("C:/project/data/a.txt", ["data/a.txt"], ("machine", "data/a.txt")),
        ("/Users/me/project/data/a.txt", ["data/a.txt"], ("machine", "data/a.txt")),
        ("data\\\\a.txt", ["data/a.txt"], ("machine", "data/a.txt")),
        ("~/a.txt", [], ("machine", None)),
    ],
)
def test_what_leads_astray(path: str, files: list[str], expected: tuple[str, str | None]) -> None:
    assert verdict(f"open('{path}')", *files) == expected


@pytest.mark.parametrize(
    "path", ["/etc/hosts", "/tmp/a.txt", "/dev/null", "/opt/x", "/data/a.txt", ".env", ".env.local"]
)
def test_what_nobody_can_know(path: str) -> None:
    assert verdict(f"open('{path}')") is None


def test_what_a_build_may_make() -> None:
    assert verdict("open('dist/a.txt')") == ("missing", None)
    assert verdict("open('dist/a.txt')", package_json='{"scripts": {"build": "x"}}') is None
    assert verdict("open('data/a.txt')", package_json='{"scripts": {"build": "x"}}') == ("missing", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open('data/a.txt', 'w')", "read-only"),
        ("open('/var/task/a.txt', 'a')", "read-only"),
        ("open('/tmp/a.txt', 'w')", None),
        ("open('/dev/null', 'w')", None),
        ("import os\nos.makedirs('out')", "read-only"),
        ("import os\nos.makedirs('data', exist_ok=True)", None),
        ("import sqlite3\nsqlite3.connect(':memory:')", None),
        ("import sqlite3\nsqlite3.connect('data/a.txt')", None),
        ("import sqlite3\nsqlite3.connect('new.db')", "read-only"),
    ],
)
def test_writing(text: str, expected: str | None) -> None:
    found = verdict(text, "data/a.txt")
    assert (found and found[0]) == expected


def test_what_stays_behind() -> None:
    left_out = '{"functions": {"api/index.py": {"excludeFiles": "data/**"}}}'
    (problem,) = problems("open('data/a.txt')", "data/a.txt", vercel_json=left_out)
    assert problem is not None
    assert problem.reason == "not-bundled"
    assert problem.bundling is not None
    assert problem.bundling.pattern == "data/**"
    assert problems("open('other.txt')", "data/a.txt", "other.txt", vercel_json=left_out) == [None]


def test_patterns() -> None:
    assert verdict("import glob\nglob.glob('data/*.txt')", "data/a.txt") is None
    assert verdict("import glob\nglob.glob('none/*.txt')", "data/a.txt") is None, (
        "it finds nothing, and that is no error"
    )
    assert verdict("import glob\nglob.glob('../data/*.txt')", "data/a.txt") == ("api-relative", "data")


def test_machines() -> None:
    assert all(map(is_of_a_machine, ("~/a", "~me/a", "C:\\a", "d:/a", "\\\\share\\a", "/Users/me/a", "/home/me/a")))
    assert not any(map(is_of_a_machine, ("a~", "data/C:/a", "/usr/share", "/homes", "c.txt")))
