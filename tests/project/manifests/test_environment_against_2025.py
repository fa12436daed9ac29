"""What a function gets on 2025-03, against the platform's own builder, over many layouts."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from tests.oracles.setup import missing
from tests.project.manifests.layouts import Layout, layouts, lock
from tests.project.manifests.oracle import Agreement, answers, write_layouts
from vlint.platform import load_platform
from vlint.project.manifests import requirements_file
from vlint.project.manifests.environment import environment_of
from vlint.project.project import Project
from vlint.project.tree import Tree

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
    pytest.mark.skipif(importlib.util.find_spec("pipfile2req") is None, reason="pipfile-requirements is not installed"),
]

_READ = ("Pipfile", "Pipfile.lock", "requirements.txt", "pyproject.toml")
_PACKAGES = {
    "flask": {"version": "==3.0.3", "extras": ["async"], "markers": "python_version >= '3.8'", "index": "pypi"},
    "own": {"git": "https://example.com/own.git", "ref": "main"},
    "any": "*",
}


def layouts_of_2025() -> list[Layout]:
    """Those of the shared layouts that hold nothing but what this platform knows, and some of its own."""
    found = [
        layout
        for layout in layouts()
        if all(name.removeprefix("api/").removeprefix("v1/") in _READ for name in layout[1]) and "prod" not in layout[0]
    ]
    other = {"version": "==1.0"}
    found += [
        ("kinds of packages", {"Pipfile.lock": lock("3.9", **_PACKAGES)}, "api"),
        ("both locks", {"Pipfile.lock": lock("3.9", a=other), "api/Pipfile.lock": lock("3.12", b=other)}, "api"),
        ("root lock, near file", {"Pipfile.lock": lock("3.9", a=other), "api/requirements.txt": "b\n"}, "api"),
        ("root lock, root file", {"Pipfile.lock": lock("3.9", a=other), "requirements.txt": "b\n"}, "api"),
        ("near lock, root file", {"api/Pipfile.lock": lock("3.9", a=other), "requirements.txt": "b\n"}, "api"),
        ("near lock, near file", {"api/Pipfile.lock": lock("3.9", a=other), "api/requirements.txt": "b\n"}, "api"),
        ("lock between", {"api/Pipfile.lock": lock("3.9", a=other)}, "api/v1"),
        ("file between", {"api/requirements.txt": "b\n"}, "api/v1"),
        ("function at the root", {"Pipfile.lock": lock("3.9", a=other), "requirements.txt": "b\n"}, ""),
        ("number", {"Pipfile.lock": lock(3.9)}, "api"),
        ("null", {"Pipfile.lock": '{"_meta": {"requires": {"python_version": null}}, "default": {}}'}, "api"),
        ("list", {"Pipfile.lock": lock(["3.9"])}, "api"),
    ]
    return found


LAYOUTS = layouts_of_2025()


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_layouts(LAYOUTS, tmp_path_factory.mktemp("layouts"))


def what_vlint_says(root: Path, directory: str) -> dict[str, object]:
    environment = environment_of(Project(Tree(root), load_platform("2025-03")), directory)
    for found in environment.read:
        if any(problem.fatal for problem in found.invalid):
            return {"error": True}
    chosen = environment.manifest
    names = sorted(requirement.name for requirement in environment.requirements)
    installed = {"directory": chosen.directory, "names": names} if chosen and not chosen.rejected else None
    return {"python": environment.python.version, "installed": installed}


def what_the_builder_does(root: Path, answer: dict) -> dict[str, object]:
    if "error" in answer:
        return {"error": True}
    if not answer["installed"]:
        return {"python": answer["python"], "installed": None}
    (file,) = answer["installed"]
    (root / "installed.txt").write_text(file["text"])
    found = requirements_file.read(Project(Tree(root), load_platform("2025-03")), "installed.txt")
    assert found is not None
    names = sorted(requirement.name for requirement in found.requirements)
    installed = {"directory": file["file"].rpartition("/")[0], "names": names} if not found.rejected else None
    return {"python": answer["python"], "installed": installed}


def test_every_layout(roots: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert len(LAYOUTS) >= 60
    says = [what_vlint_says(root, layout[2]) for root, layout in zip(roots, LAYOUTS, strict=True)]
    questions = [
        {"root": str(root), "entry": f"{layout[2]}/index.py".lstrip("/")}
        for root, layout in zip(roots, LAYOUTS, strict=True)
    ]
    agreement = Agreement("layouts of manifests, vlint against the builder of 2025")
    found = answers("manifests_2025.cjs", questions, ORACLE_PYTHON=sys.executable)
    for root, layout, said, answer in zip(roots, LAYOUTS, says, found, strict=True):
        does = what_the_builder_does(root, answer)
        kind = "the build stops" if "error" in does else "nothing installed" if not does["installed"] else "installed"
        agreement.add(kind, layout[0], said, does, answer.get("message", ""))
    agreement.conclude(capsys)
