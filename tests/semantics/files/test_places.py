"""Files that a path may have meant: another letter case, a near name, the only one of the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from vlint.project.tree import Kind, Tree
from vlint.semantics.files.places import beside_case, files_below, only_one_like, similar_name


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    for name in ("data/file.txt", "data/file1.csv", "data/file2.csv", "Data2/Deep/x.txt", "a/one.md", "b/one.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return Tree(tmp_path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/File.txt", "data/file.txt"),
        ("DATA/FILE.TXT", "data/file.txt"),
        ("data2/deep/X.txt", "Data2/Deep/x.txt"),
        ("data/file.txt", None),
        ("data/files.txt", None),
    ],
)
def test_another_case(tree: Tree, path: str, expected: str | None) -> None:
    assert beside_case(tree, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/flie.txt", "data/file.txt"),
        ("data/file.text", "data/file.txt"),
        ("data/file3.csv", None),  # two are as near
        ("data/other.txt", None),
        ("nowhere/file.txt", None),
        ("dta", None),
    ],
)
def test_a_near_name(tree: Tree, path: str, expected: str | None) -> None:
    assert similar_name(tree, path, Kind.FILE) == expected


def test_a_near_directory(tree: Tree) -> None:
    assert similar_name(tree, "dataa", Kind.DIRECTORY) == "data"


def test_the_only_one_of_the_name(tree: Tree) -> None:
    assert only_one_like(tree, "elsewhere/x.txt", Kind.FILE) == "Data2/Deep/x.txt"
    assert only_one_like(tree, "elsewhere/one.md", Kind.FILE) is None
    assert only_one_like(tree, "elsewhere/Deep", Kind.FILE) is None
    assert only_one_like(tree, "elsewhere/Deep", Kind.DIRECTORY) == "Data2/Deep"


def test_files_below(tree: Tree) -> None:
    assert files_below(tree, "data") == ["data/file.txt", "data/file1.csv", "data/file2.csv"]
    assert files_below(tree, "nowhere") == []
