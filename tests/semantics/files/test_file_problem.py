"""Paths at run time and from the root, and what a problem says of the use that it was found at."""

from __future__ import annotations

import pytest

from tests.semantics.opened import opened
from vlint.project.tree import Kind
from vlint.semantics.files.file_problem import from_root, is_below, place_of


@pytest.mark.parametrize(
    ("text", "place", "inside"),
    [
        ("data/a.txt", "/var/task/data/a.txt", "data/a.txt"),
        ("./data/../a.txt", "/var/task/a.txt", "a.txt"),
        (".", "/var/task", ""),
        ("../a.txt", "/var/a.txt", None),
        ("../task/a.txt", "/var/task/a.txt", "a.txt"),
        ("/var/task/a.txt", "/var/task/a.txt", "a.txt"),
        ("/var/tasks/a.txt", "/var/tasks/a.txt", None),
        ("/tmp/a.txt", "/tmp/a.txt", None),
    ],
)
def test_places(text: str, place: str, inside: str | None) -> None:
    assert place_of(text) == place
    assert from_root(place) == inside


def test_below() -> None:
    assert is_below("/tmp", ["/tmp"])
    assert is_below("/tmp/a/b", ["/dev", "/tmp"])
    assert not is_below("/tmpfile", ["/tmp"])
    assert not is_below("/tmp", [])


def test_a_problem_of_a_use() -> None:
    (one,), _ = opened("x = 1\nopen('data/a.txt')")
    problem = one.problem("missing", "data/a.txt", Kind.FILE, found="data/b.txt")
    assert (problem.reason, problem.text, problem.looked_for, problem.found) == (
        "missing", "data/a.txt", "data/a.txt", "data/b.txt",
    )  # fmt: skip
    assert (problem.kind, problem.function, problem.silent) == ("file", "builtins.open", False)
    assert (problem.location.path, problem.location.range.start.line) == ("api/index.py", 2)
    assert problem.origin is None, "it is written where it is opened"


def test_the_same_use_with_another_text() -> None:
    (one,), _ = opened("open('data/*.txt')")
    other = one.with_text("data", "list")
    assert (other.path.text, other.full, other.opens) == ("data", "/var/task/data", "list")
    assert other.use is one.use
    assert one.path.text == "data/*.txt"
