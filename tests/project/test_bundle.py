"""Which files travel with a function."""

from __future__ import annotations

import json

import pytest

from vlint.platform import load_platform
from vlint.project.bundle import Reason, bundled
from vlint.project.functions import functions
from vlint.project.project import Project
from vlint.project.tree import Tree


def bundle(tmp_path, path: str, *, platform="2025-03", setting=None, **files: str):
    (tmp_path / "api").mkdir()
    (tmp_path / "api/index.py").write_text("")
    for name, text in files.items():
        (tmp_path / name.replace("_", ".", 1)).write_text(text)
    if setting is not None:
        (tmp_path / "vercel.json").write_text(json.dumps({"functions": {"api/**": setting}}))
    project = Project(Tree(tmp_path), load_platform(platform))
    (function,) = functions(project)
    return bundled(project, function, path)


@pytest.mark.parametrize("platform", ["2025-03", "2026-08"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/file.txt", True),
        (".env", True),
        ("node_modules/x.js", False),
        ("deep/node_modules/x/y.js", False),
        (".git/HEAD", False),
        ("web/.next/x", False),
        ("node_modules", False),
    ],
)
def test_what_every_function_gets(tmp_path, platform, path, expected) -> None:
    found = bundle(tmp_path, path, platform=platform)
    assert found.bundled is expected
    assert found.reason is (None if expected else Reason.PLATFORM)


@pytest.mark.parametrize("path", ["public/a.txt", "x/public/a.txt", "venv/x", "a/__pycache__/b.pyc", "yarn.lock"])
def test_what_the_later_platform_leaves_out(tmp_path, path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert bundle(tmp_path / "one", path).bundled is True
    assert bundle(tmp_path / "two", path, platform="2026-08").bundled is False


def test_exclude_files_replaces_the_list_or_adds_to_it(tmp_path) -> None:
    for number, (platform, node) in enumerate([("2025-03", True), ("2026-08", False)]):
        for path, expected in [("data/a.csv", False), ("data/a.txt", True), ("node_modules/x", node)]:
            place = tmp_path / f"{number}{path.replace('/', '-')}"
            place.mkdir()
            setting = {"excludeFiles": "data/*.csv"}
            found = bundle(place, path, platform=platform, setting=setting)
            assert found.bundled is expected, (platform, path)
            if path == "data/a.csv":
                assert found.reason is Reason.EXCLUDED
                assert found.location is not None
                assert found.location.path == "vercel.json"
                assert found.location.range.start.column == 43


def test_include_files_is_not_read_or_not_known(tmp_path) -> None:
    for platform, expected in [("2025-03", False), ("2026-08", None)]:
        (tmp_path / platform).mkdir()
        setting = {"includeFiles": "node_modules/**"}
        assert bundle(tmp_path / platform, "node_modules/x", platform=platform, setting=setting).bundled is expected


def test_ignore_files_keep_out(tmp_path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    by_git = bundle(tmp_path / "a", "data/x.csv", _gitignore="# no data\ndata/\n")
    assert (by_git.bundled, by_git.reason, by_git.pattern) == (False, Reason.GIT, "data/")
    assert by_git.location is not None
    assert (by_git.location.range.start.line, by_git.location.range.end.column) == (2, 6)
    by_platform = bundle(tmp_path / "b", "data/x.csv", _vercelignore="*.csv")
    assert (by_platform.bundled, by_platform.reason) == (False, Reason.IGNORE_FILE)


def test_an_exclude_pattern_that_nobody_can_judge(tmp_path) -> None:
    assert bundle(tmp_path, "a", setting={"excludeFiles": "@(a|!(b))c"}).bundled is None


def test_the_config_of_builds_counts(tmp_path) -> None:
    (tmp_path / "main.py").write_text("")
    build = {"src": "main.py", "use": "@vercel/python@4.7.1", "config": {"excludeFiles": "big/**"}}
    (tmp_path / "vercel.json").write_text(json.dumps({"builds": [build]}))
    project = Project(Tree(tmp_path), load_platform())
    (function,) = functions(project)
    assert function.path == "main.py"
    found = bundled(project, function, "big/x")
    assert (found.bundled, found.reason) == (False, Reason.EXCLUDED)
