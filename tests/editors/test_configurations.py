"""Every configuration in `editors/` is well-formed in its editor's own format, and starts `vlint server`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests.editors.shop import EDITORS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SERVER = ["vlint", "server"]

FOLDERS = ("emacs", "helix", "kate", "neovim", "pycharm", "sublime", "zed")


def read(name: str) -> str:
    return (EDITORS / name).read_text(encoding="utf-8")


def files(*suffixes: str) -> list[str]:
    found = [path for folder in FOLDERS for path in (EDITORS / folder).rglob("*") if path.suffix in suffixes]
    return sorted(path.relative_to(EDITORS).as_posix() for path in found)


def test_helix() -> None:
    settings = tomllib.loads(read("helix/languages.toml"))
    server = settings["language-server"]["vlint"]
    assert [server["command"], *server["args"]] == SERVER
    for language in settings["language"]:
        assert "vlint" in language["language-servers"]


def test_zed() -> None:
    extension = tomllib.loads(read("zed/extension.toml"))
    assert extension["language_servers"]["vlint"]["languages"]
    assert tomllib.loads(read("zed/Cargo.toml"))["lib"]["crate-type"] == ["cdylib"]
    assert "vlint" in json.loads(read("zed/settings.json"))["lsp"]


def test_sublime_text() -> None:
    without_comments = re.sub(r"^\s*//.*$", "", read("sublime/LSP.sublime-settings"), flags=re.MULTILINE)
    assert json.loads(without_comments)["clients"]["vlint"]["command"] == SERVER


def test_kate() -> None:
    (server,) = json.loads(read("kate/settings.json"))["servers"].values()
    assert server["command"] == SERVER
    assert re.match(server["highlightingModeRegex"], "Python")


def test_pycharm() -> None:
    template = json.loads(read("pycharm/template.json"))
    assert template["programArgs"]["default"].split() == SERVER
    assert all(mapping["fileType"]["patterns"] for mapping in template["fileTypeMappings"])
    assert "vlint" in json.loads(read("pycharm/settings.json"))
    watcher = ElementTree.fromstring(read("pycharm/watchers.xml"))
    options = {option.get("name"): option.get("value") for option in watcher.iter("option")}
    assert options["program"] == "vlint"


@pytest.mark.parametrize("name", files(".lua"))
def test_lua_parses(name: str) -> None:
    compiler = shutil.which("luac5.4")
    if compiler is None:
        pytest.skip("luac5.4 is not installed: run python tests/editors/setup.py")
    subprocess.run([compiler, "-p", str(EDITORS / name)], check=True)


@pytest.mark.parametrize("name", files(".el"))
def test_lisp_parses(name: str) -> None:
    if shutil.which("emacs") is None:
        pytest.skip("emacs is not installed: run python tests/editors/setup.py")
    check = f'(with-temp-buffer (insert-file-contents "{EDITORS / name}") (emacs-lisp-mode) (check-parens))'
    subprocess.run(["emacs", "--batch", "--eval", check], check=True)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_editor_has_a_short_readme_that_says_whether_it_was_run(folder: str) -> None:
    text = read(f"{folder}/README.md")
    assert re.search(r"\b[Rr]un in the tests|are run in the tests|\*\*not run\*\*", text)
    assert len(text.splitlines()) <= 8
