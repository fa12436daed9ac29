"""Which roots the paths of a command line mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from vlint.project.roots import Root, find_roots


@pytest.fixture
def place(tmp_path):
    def make(*names: str) -> Path:
        for name in names:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")
        return tmp_path.resolve()

    return make


def test_a_directory_is_a_root_with_or_without_functions(place) -> None:
    home = place("project/readme")
    assert find_roots([Path("project")], home) == (Root(home / "project"),)


def test_directories_below_with_a_configuration_are_roots_too(place) -> None:
    home = place(
        "a/vercel.json",
        "b/c/vercel.json",
        "node_modules/x/vercel.json",
        ".hidden/vercel.json",
        "venv/pyvenv.cfg",
        "venv/vercel.json",
        "out/vercel.json",
    )
    (home / ".gitignore").write_text("/out/\n")
    assert find_roots([Path()], home) == (Root(home), Root(home / "a"), Root(home / "b/c"))


@pytest.mark.parametrize(
    ("files", "named", "root"),
    [
        (["vercel.json", "api/index.py"], "api/index.py", ""),
        (["apps/one/vercel.json", "apps/one/api/index.py", "api/x.py"], "apps/one/api/index.py", "apps/one"),
        (["Pipfile"], "Pipfile", ""),
        (["api/index.py"], "api/index.py", ""),
        (["requirements.txt", "api/requirements.txt", "api/x.py"], "api/requirements.txt", ""),
        (["backend/core/api/x.py", "pyproject.toml"], "backend/core/api/x.py", ""),
        (["deep/down/readme", ".git/HEAD"], "deep/down/readme", ""),
    ],
)
def test_a_file_belongs_to_the_root_above_it(place, files, named, root) -> None:
    home = place(*files)
    directory = home / root
    expected = Root(directory, frozenset([(home / named).relative_to(directory).as_posix()]))
    assert find_roots([Path(named)], home) == (expected,)


@pytest.mark.parametrize(
    ("files", "named", "root"),
    [
        (["repo/.git/HEAD", "repo/backend/core/api/x.py"], "repo/backend/core/api/x.py", "repo"),
        (["project/api/deep/api/x.py"], "project/api/deep/api/x.py", "project"),
        (["project/Pipfile", "project/lib/x.py"], "project/lib/x.py", "project"),
        (["loose/x.py"], "loose/x.py", "loose"),
    ],
)
def test_a_file_elsewhere_belongs_to_its_repository_or_api(place, files, named, root) -> None:
    home = place(*files)
    working_directory = place("elsewhere/readme") / "elsewhere"
    (found,) = find_roots([home / named], working_directory)
    assert found.directory == home / root


def test_roots_named_twice_are_one_and_the_whole_wins(place) -> None:
    home = place("api/a.py", "api/b.py", "vercel.json")
    paths = [Path("api/a.py"), Path("api/b.py"), Path("api/a.py")]
    assert find_roots(paths, home) == (Root(home, frozenset(["api/a.py", "api/b.py"])),)
    assert find_roots([*paths, Path()], home) == (Root(home),)


def test_what_is_not_there_is_said(place) -> None:
    with pytest.raises(FileNotFoundError):
        find_roots([Path("nothing.py")], place())
