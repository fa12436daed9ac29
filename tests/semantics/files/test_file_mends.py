"""Which way of writing a path serves, and how certain that is."""

from __future__ import annotations

import pytest

from tests.semantics.opened import opened
from vlint.finding import Applicability, Edit, Fix
from vlint.project.functions import functions
from vlint.semantics.files import file_mends
from vlint.semantics.files.file_verdicts import Verdicts
from vlint.text import Source

SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


def made(text: str, fix: Fix | None) -> str | None:
    """The module after a fix; None where there is none."""
    if fix is None:
        return None
    source = Source(text)

    def place(edit: Edit) -> int:
        return source.offset(edit.range.start)

    for edit in sorted(fix.edits, key=place, reverse=True):
        text = text[: place(edit)] + edit.text + text[source.offset(edit.range.end) :]
    return text


def mended(text: str, *files: str) -> tuple[str | None, Applicability | None]:
    """The module after the fix of the first path that will not open, and how certain the fix is."""
    found, own = opened(text, *files)
    (function,) = functions(own.project)
    verdicts = [(one, Verdicts(function, [own.function_module], own).of(one)) for one in found]
    one, problem = next((one, problem) for one, problem in verdicts if problem is not None)
    fix = (
        file_mends.to_the_writable_place(one, found, own)
        if problem.reason == "read-only"
        else file_mends.to_what_was_found(problem, one, own)
    )
    return made(text, fix), fix.applicability if fix else None


@pytest.mark.parametrize(
    ("before", "files", "after", "applicability"),
    [
        ("open('a.txt')", ["api/a.txt"], "open('api/a.txt')", SAFE),
        ("open('../data/a.txt')", ["data/a.txt"], "open('data/a.txt')", SAFE),
        ("open('data/A.txt')", ["data/a.txt"], "open('data/a.txt')", SAFE),
        ("open('data\\\\a.txt')", ["data/a.txt"], "open('data/a.txt')", SAFE),
        ("open('C:/x/data/a.txt')", ["data/a.txt"], "open('data/a.txt')", UNSAFE),
        ("open('data/prices.csv')", ["data/price.csv"], "open('data/price.csv')", UNSAFE),
        ("name = 'a.txt'\nopen(name)", ["api/a.txt"], "name = 'api/a.txt'\nopen(name)", SAFE),
        (
            "name = 'a.txt'\nopen(name)\nprint(name)",
            ["api/a.txt"],
            "name = 'api/a.txt'\nopen(name)\nprint(name)",
            UNSAFE,
        ),
        ("open('data/a.txt')", ["data/b.json"], None, None),
        ("import glob\nglob.glob('../data/*.txt')", ["data/a.txt"], None, None),
    ],
)
def test_the_path_of_what_was_found(before, files, after, applicability) -> None:
    assert mended(before, *files) == (after, applicability)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("open('a.txt', 'w')", "open('/tmp/a.txt', 'w')"),
        ("open('a.txt', 'w')\nopen('a.txt')", "open('/tmp/a.txt', 'w')\nopen('/tmp/a.txt')"),
        ("open('a.txt', 'w')\nopen('b.txt')", "open('/tmp/a.txt', 'w')\nopen('b.txt')"),
        (
            "import os\nos.makedirs('out/x')\nopen('out/x/a.txt', 'w')",
            "import os\nos.makedirs('/tmp/x')\nopen('/tmp/x/a.txt', 'w')",
        ),
        ("import os\nos.rename('a.txt', 'b.txt')", None),
    ],
)
def test_the_writable_place(before: str, after: str | None) -> None:
    assert mended(before, "a.txt") == (after, UNSAFE if after is not None else None)
