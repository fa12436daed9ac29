"""The hash of a `Pipfile` against plette's, which is what pipenv itself calls."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from vlint.platform import load_platform
from vlint.project.manifests.pipfile_hash import possible_hashes
from vlint.project.project import Project
from vlint.project.tree import Tree

SOURCE = '[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\nverify_ssl = true\n\n'
PIPFILES = {
    "plain": SOURCE + '[packages]\nflask = "*"\n\n[dev-packages]\n\n[requires]\npython_version = "3.12"\n',
    "no_source": '[packages]\nflask = "==3.0.3"\n',
    "tables": SOURCE + '[packages]\nflask = {version = "*", extras = ["async"], markers = "os_name == \'posix\'"}\n',
    "dotted": SOURCE
    + '[packages.flask]\nversion = "*"\n[packages.x]\ngit = "https://example.com/x.git"\neditable = true\n',
    "two_sources": SOURCE
    + '[[source]]\nname = "own"\nurl = "https://example.com/simple"\nverify_ssl = false\n[packages]\n',
    "scripts": SOURCE + '[packages]\n[scripts]\nserve = "flask run"\n[pipenv]\nallow_prereleases = true\n',
    "categories": SOURCE + '[packages]\nflask = "*"\n[docs]\nsphinx = "*"\n[lint]\nruff = "*"\n',
    "unicode": SOURCE
    + '[packages]\n"flask" = "*" # \u00e9\n[requires]\npython_version = "3.12"\n"\u00e9" = "\U0001f600"\n',
    "comments": "# a\n" + SOURCE + "[packages] # b\nflask = '*'\n\n",
    "empty": "",
    "full_version": '[requires]\npython_full_version = "3.12.4"\n[dev-packages]\npytest = ">=8"\n',
}


@pytest.mark.parametrize("text", PIPFILES.values(), ids=PIPFILES)
def test_hash_is_plettes(text: str, tmp_path: Path) -> None:
    plette = pytest.importorskip("plette", reason="plette is not installed")
    (tmp_path / "Pipfile").write_text(text, encoding="utf-8")
    expected = plette.Pipfile.load(io.StringIO(text)).get_hash().value
    assert expected in possible_hashes(Project(Tree(tmp_path), load_platform()), "Pipfile")


@pytest.mark.parametrize(
    "change", [('"*"', '"==3.0.3"'), ("3.12", "3.9"), ("[packages]", "[dev-packages]"), ("pypi", "own")]
)
def test_a_change_that_matters_changes_the_hash(change: tuple[str, str], tmp_path: Path) -> None:
    text = SOURCE + '[packages]\nflask = "*"\n\n[requires]\npython_version = "3.12"\n'
    hashes = []
    for written in (text, text.replace(*change)):
        (tmp_path / "Pipfile").write_text(written, encoding="utf-8")
        hashes.append(possible_hashes(Project(Tree(tmp_path), load_platform()), "Pipfile"))
    assert not hashes[0] & hashes[1]


def test_a_broken_pipfile_has_no_hash(tmp_path: Path) -> None:
    (tmp_path / "Pipfile").write_text("[packages", encoding="utf-8")
    assert possible_hashes(Project(Tree(tmp_path), load_platform()), "Pipfile") == frozenset()
