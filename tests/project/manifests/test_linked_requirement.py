"""Requirements by a place: what is read from an address, a path or an archive."""

from __future__ import annotations

import sys

import pytest
from packaging.markers import Marker

from vlint.platform import load_platform
from vlint.project.manifests import requirements_file
from vlint.project.manifests.linked_requirement import (
    LinkedRequirement,
    editable_requirement,
    is_address,
    linked_requirement,
)
from vlint.project.manifests.manifest import Manifest
from vlint.project.project import Project
from vlint.project.tree import Tree

GIT = "git+https://example.com/flask.git"


@pytest.mark.parametrize(
    "text",
    [
        "flask",
        "flask==3.0",
        "zope.interface",
        "zope.interface; python_version < '3.9'",
        "flask @ https://example.com/flask.zip",
        f"flask@{GIT}",
        "flask[async]>=3",
        "flask: 3.0",
    ],
)
def test_a_name_is_no_place(text) -> None:
    assert linked_requirement(text) is None


@pytest.mark.parametrize(
    ("text", "place", "name", "extras"),
    [
        (GIT, GIT, None, []),
        (f"{GIT}#egg=Flask_App", f"{GIT}#egg=Flask_App", "flask-app", []),
        (f"{GIT}@1#egg=flask[Async]&subdirectory=x", f"{GIT}@1#egg=flask[Async]&subdirectory=x", "flask", ["async"]),
        ("HTTPS://example.com/f.zip#egg=f", "HTTPS://example.com/f.zip#egg=f", "f", []),
        ("https://example.com/f-1-py3-none-any.whl", "https://example.com/f-1-py3-none-any.whl", "f", []),
        ("./f-1-py3-none-any.whl[x]", "./f-1-py3-none-any.whl", "f", ["x"]),
        ("f_g-1-py3-none-any.whl", "f_g-1-py3-none-any.whl", "f-g", []),
        ("wrong.whl", "wrong.whl", None, []),
        ("f.tar.lzma", "f.tar.lzma", None, []),
        ("./package[x]", "./package", None, []),
        (f"{GIT}#egg=no==", f"{GIT}#egg=no==", None, []),
    ],
)
def test_what_a_place_says(text, place, name, extras) -> None:
    found = linked_requirement(text)
    assert found is not None
    assert (found.place, found.name, sorted(found.extras)) == (place, name, extras)
    assert found.is_address is ("://" in text)


def test_the_marker_of_an_address_stands_behind_a_space() -> None:
    found = linked_requirement("https://example.com/a;b.zip#egg=a ; python_version < '3'")
    assert found is not None
    assert found.marker == Marker("python_version < '3'")
    assert found.place == "https://example.com/a;b.zip#egg=a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".", LinkedRequirement(".", False, False)),
        ("./package[x]", LinkedRequirement("./package", False, False)),
        (f"{GIT}#egg=flask", LinkedRequirement(f"{GIT}#egg=flask", True, False, "flask")),
        ("git://example.com/flask.git", LinkedRequirement("git://example.com/flask.git", True, False)),
        (f"{GIT}#egg=no==", LinkedRequirement(f"{GIT}#egg=no==", True, False)),
    ],
)
def test_what_an_editable_says(text, expected) -> None:
    assert editable_requirement(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("https://a/b.txt", True), ("a/b.txt", False), ("c:/b.txt", False)])
def test_an_address_has_a_scheme(text, expected) -> None:
    assert is_address(text) is expected


def read(root, text: str) -> Manifest:
    (root / "requirements.txt").write_text(text)
    found = requirements_file.read(Project(Tree(root), load_platform()), "requirements.txt")
    assert found is not None
    return found


@pytest.mark.parametrize("line", [f"{GIT}#egg=flask", "https://example.com/flask.zip", f"-e {GIT}#egg=flask"])
def test_where_the_parser_fails_the_manifest_is_not_complete(line, tmp_path, monkeypatch) -> None:
    import pip_requirements_parser as parser

    def fail(text: str) -> None:
        raise RecursionError(text)

    monkeypatch.setattr(parser, "parse_reqparts_from_string", fail)
    monkeypatch.setattr(parser, "parse_reqparts_from_editable", fail)
    found = read(tmp_path, f"{line}\n")
    assert (found.complete, found.rejected, found.requirements) == (False, (), ())


def test_a_wheel_is_named_by_its_file_and_keeps_its_marker(tmp_path) -> None:
    found = read(tmp_path, "https://example.com/flask-3.0-py3-none-any.whl ; python_version < '3'\n")
    (requirement,) = found.requirements
    assert (requirement.name, requirement.marker) == ("flask", Marker("python_version < '3'"))
    assert found.complete


@pytest.mark.parametrize("line", ["../shared", "../shared[x]", "-e ../shared", "../flask.zip"])
def test_nobody_looks_outside_of_the_project(line, tmp_path) -> None:
    found = read(tmp_path, f"{line}\n")
    assert (found.complete, found.rejected) == (False, ())


def test_the_parser_is_imported_for_a_place_alone(tmp_path) -> None:
    import subprocess

    program = (
        "import sys\n"
        "from vlint.project.manifests.linked_requirement import linked_requirement\n"
        "linked_requirement('flask[async]>=3; python_version < \"4\"')\n"
        "print('pip_requirements_parser' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
