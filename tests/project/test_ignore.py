"""What ignore files leave out, checked against Git itself."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from vlint.project.ignore import ignored_by, walk
from vlint.project.tree import Tree

FILES = [
    "a.log", "keep.log", "build/x", "build/keep", "src/build/x", "src/a.py", "src/deep/a.py", "src/deep/a.log",
    "doc/a.txt", "doc/b/a.txt", "doc/b/c/a.txt", "weird [x].txt", "#hash", "!bang", "trailing ", "Case.TXT",
]  # fmt: skip

IGNORES = [
    {".gitignore": "*.log\n!keep.log\nbuild/\n"},
    {".gitignore": "/build\ndoc/**/a.txt\n"},
    {".gitignore": "build/*\n!build/keep\n"},
    {".gitignore": "build/\n!build/keep\n"},
    {".gitignore": "*.log\n", "src/.gitignore": "!*.log\n"},
    {".gitignore": "*\n!src/\n!src/**\n", "src/deep/.gitignore": "a.*\n"},
    {".gitignore": "\\#hash\n\\!bang\nweird \\[x\\].txt\n# comment\n\n   \n"},
    {".gitignore": "doc/*/a.txt\r\n*.TXT\r\n"},
    {".gitignore": "src/*\n!src/deep\n", "doc/.gitignore": "/a.txt\nb/c\n"},
    {".gitignore": "[a-k]*.log\n**/deep/\n"},
    {".gitignore": "!\n/\n[\n\\\n***\n"},
]


@pytest.mark.parametrize("ignores", IGNORES, ids=str)
def test_what_is_left_out_is_what_git_leaves_out(tmp_path, ignores) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name in FILES:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("")
    for name, text in ignores.items():
        (tmp_path / name).write_text(text, newline="")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    listing = ["git", "-C", tmp_path, "-c", "core.excludesFile=", "ls-files", "-z", "-o", "--exclude-standard"]
    kept = set(subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0")) - {""}
    tree = Tree(tmp_path)
    assert set(walk(tree)) == kept
    assert {name for name in [*FILES, *ignores] if ignored_by(tree, name) is None} == kept


def test_the_line_that_leaves_a_file_out_is_named(tmp_path) -> None:
    (tmp_path / ".gitignore").write_text("# data\n\n*.csv\n")
    (tmp_path / ".vercelignore").write_text("/secret/\n")
    tree = Tree(tmp_path)
    by_git = ignored_by(tree, "data/x.csv")
    assert by_git is not None
    assert (by_git.path, by_git.line, by_git.pattern) == (".gitignore", 3, "*.csv")
    by_platform = ignored_by(tree, "secret/deep/file")
    assert by_platform is not None
    assert (by_platform.path, by_platform.line) == (".vercelignore", 1)
    assert ignored_by(tree, "secret/deep/file", name=".gitignore") is None


def test_a_platform_ignore_file_counts_at_the_root_only(tmp_path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/.vercelignore").write_text("x\n")
    (tmp_path / "sub/x").write_text("")
    assert set(walk(Tree(tmp_path))) == {"sub/.vercelignore", "sub/x"}


def test_a_walk_survives_link_loops_and_depth(tmp_path) -> None:
    place = tmp_path
    for _ in range(300):
        place = place / "d"
    place.mkdir(parents=True)
    (place / "loop").symlink_to(tmp_path)
    (place / "file").write_text("")
    assert list(walk(Tree(tmp_path))) == ["d/" * 300 + "file"]
