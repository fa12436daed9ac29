"""Edits of TOML files: what they make, how small they are, and that nothing is offered where they would not do."""

from __future__ import annotations

import sys

import pytest

from vlint.platform import load_platform
from vlint.project.manifests.environment import Environment
from vlint.project.manifests.manifest import Manifest
from vlint.project.manifests.manifest_fixes import add_package
from vlint.project.manifests.python_choice import Outcome, PythonChoice
from vlint.project.manifests.toml_document import TomlDocument
from vlint.project.manifests.toml_edit import toml_edit
from vlint.project.project import Project
from vlint.project.tree import Tree

PYPROJECT = [
    ('dependencies = ["a"]  # why\n', 'dependencies = ["a", "requests"]  # why\n'),
    ("dependencies = ['a',]\n", "dependencies = ['a', \"requests\"]\n"),
    ("dependencies = []\n", 'dependencies = ["requests"]\n'),
    ('dependencies = [\n  "a",\n  "b"  # last\n]\n', 'dependencies = [\n  "a",\n  "b",  # last\n  "requests"\n]\n'),
    ('dependencies = [\n\t"a",  # one\n]\n', 'dependencies = [\n\t"a",  # one\n\t"requests",\n]\n'),
    ('dependencies = ["a",\n    "b"]\n', 'dependencies = ["a",\n    "b",\n    "requests"]\n'),
    ('name = "a"\n\n[tool.x]\ny = 1\n', 'name = "a"\ndependencies = ["requests"]\n\n[tool.x]\ny = 1\n'),
    ('name = "a"', 'name = "a"\ndependencies = ["requests"]\n'),
    ('urls = { a = "b" }\n', 'urls = { a = "b" }\ndependencies = ["requests"]\n'),
    ('[project.urls]\na = "b"\n', 'dependencies = ["requests"]\n\n[project.urls]\na = "b"\n'),
]
PIPFILE = [
    ('[packages]\na = "*"  # why\n', '[packages]\na = "*"  # why\nrequests = "*"\n'),
    ('[packages]\na = "*"\n\n[dev-packages]\n', '[packages]\na = "*"\nrequests = "*"\n\n[dev-packages]\n'),
    ("[packages]", '[packages]\nrequests = "*"\n'),
    ("", '[packages]\nrequests = "*"\n'),
    ('[dev-packages]\na = "*"\n', '[dev-packages]\na = "*"\n\n[packages]\nrequests = "*"\n'),
    ('[packages]\na = {version = "*", extras = ["x"]}\n', None),
    ('packages = {a = "*"}\n', 'packages = {a = "*",requests = "*"}\n'),
    ('[packages.a]\nversion = "*"\n', '[packages]\nrequests = "*"\n\n[packages.a]\nversion = "*"\n'),
]


def applied(root, name: str, format_name: str, text: str) -> tuple[str, str] | None:
    """The file after the fix, and what the fix inserts; None where there is no fix."""
    (root / name).write_text(text, encoding="utf-8", newline="")
    gets = Environment("", PythonChoice("3.12", Outcome.DEFAULT), Manifest(name, format_name), "at the root", ())
    fix = add_package(Project(Tree(root), load_platform()), gets, "requests")
    if fix is None:
        return None
    (edit,) = fix.edits
    source = TomlDocument(text).source
    start, end = source.offset(edit.range.start), source.offset(edit.range.end)
    return text[:start] + edit.text + text[end:], edit.text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), PYPROJECT)
def test_a_dependency_of_a_project(before, after, line_end, tmp_path) -> None:
    before, after = (f"[project]\n{text}".replace("\n", line_end) for text in (before, after))
    found = applied(tmp_path, "pyproject.toml", "pyproject", before)
    assert found is not None
    assert found[0] == after
    assert len(found[1]) < 50


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("before", "after"), PIPFILE)
def test_a_package_of_a_pipfile(before, after, line_end, tmp_path) -> None:
    after = before + 'requests = "*"\n' if after is None else after
    before = before.replace("\n", line_end)
    found = applied(tmp_path, "Pipfile", "pipfile", before)
    assert found is not None
    assert found[0] == after.replace("\n", line_end if line_end in before else "\n")
    assert len(found[1]) < 50


@pytest.mark.parametrize(
    "text",
    [
        "[project\n",
        "[tool]\nx = 1\n",
        'project = "app"\n',
        '[project]\ndependencies = "flask"\n',
        '[project]\ndependencies = {a = "b"}\n',
        '[[project]]\nname = "app"\n',
    ],
)
def test_no_fix_where_the_file_is_of_another_shape(text, tmp_path) -> None:
    assert applied(tmp_path, "pyproject.toml", "pyproject", text) is None


@pytest.mark.parametrize("text", ["packages = 1\n", "[packages\n", "[[packages]]\na = 1\n", 'packages = ["a"]\n'])
def test_no_fix_of_a_pipfile_of_another_shape(text, tmp_path) -> None:
    assert applied(tmp_path, "Pipfile", "pipfile", text) is None


def test_no_fix_where_tomlkit_raises(monkeypatch, tmp_path) -> None:
    import tomlkit

    def parse(text: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(tomlkit, "parse", parse)
    assert applied(tmp_path, "pyproject.toml", "pyproject", "[project]\ndependencies = []\n") is None


def test_no_fix_where_tomlkit_says_something_else(monkeypatch, tmp_path) -> None:
    import tomlkit

    monkeypatch.setattr(tomlkit, "dumps", lambda document: '[project]\ndependencies = ["other"]\n')
    assert applied(tmp_path, "pyproject.toml", "pyproject", "[project]\ndependencies = []\n") is None


def test_mixed_line_ends_stay_as_they_are(tmp_path) -> None:
    text = "[project]\r\nname = 'a'\ndependencies = [\r\n  'a',\r\n]\n"
    found = applied(tmp_path, "pyproject.toml", "pyproject", text)
    assert found is not None
    assert found[0].startswith("[project]\r\nname = 'a'\ndependencies = [\r\n  'a',")
    assert found[0].endswith("]\n")


def test_nothing_to_do_is_no_edit() -> None:
    assert toml_edit("Pipfile", TomlDocument("[packages]\n"), lambda values: None) is None


def test_tomlkit_is_imported_by_a_fix_alone(tmp_path) -> None:
    import subprocess

    program = "import sys, vlint.project.manifests.manifest_fixes\nprint('tomlkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
