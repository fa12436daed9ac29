"""What uv installs, and where it stops, as the builder of 2026 calls it, against what vlint says of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.manifests.oracle import Agreement
from tests.project.manifests.uv_projects import CHANGED_AFTER_THE_LOCK, CHANGED_LOCKS, PROJECTS, WHEELS
from tests.project.manifests.uv_runs import NOT_THERE, Uv, write_wheel
from vlint import Severity, lint
from vlint.platform import load_platform
from vlint.project.manifests.environment import environment_of
from vlint.project.manifests.markers import applies
from vlint.project.project import Project
from vlint.project.tree import Tree

pytestmark = [pytest.mark.proof, pytest.mark.skipif(NOT_THERE is not None, reason=str(NOT_THERE))]

BROUGHT_ALONG = {name: set(required) for name, _, *required in WHEELS}
Installed = set[str] | None
"""Distributions, or None where the build stops."""


@pytest.fixture(scope="module")
def uv(tmp_path_factory: pytest.TempPathFactory) -> Uv:
    directory = tmp_path_factory.mktemp("uv")
    for name, version, *requires in WHEELS:
        write_wheel(directory / "wheels", name, version, *requires)
    return Uv(directory)


def what_uv_does(uv: Uv, root: Path, *, frozen: bool) -> Installed:
    failure = (None if frozen else uv.lock(root)) or uv.sync(root, frozen=frozen)
    return uv.installed() if failure is None else None


def what_vlint_says(root: Path) -> Installed:
    findings = lint(root, platform="2026-08")
    if any(finding.severity is Severity.ERROR and finding.code[:3] in ("VL3", "VL4") for finding in findings):
        return None
    environment = environment_of(Project(Tree(root), load_platform("2026-08")), "")
    if environment.lock:
        return set(environment.lock.installed("3.12"))
    asked = {item.name for item in environment.requirements if applies(item.marker, "3.12") is not False} - {"app"}
    return asked.union(*(BROUGHT_ALONG[name] for name in asked))


def locked(uv: Uv, root: Path) -> tuple[str, str]:
    """The texts of the project with groups and of its lock, in `root`."""
    (root / "pyproject.toml").write_text(PROJECTS["groups"])
    assert uv.lock(root) is None
    return PROJECTS["groups"], (root / "uv.lock").read_text()


def test_every_project(uv: Uv, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agreement = Agreement("projects, vlint against uv as the builder of 2026 calls it")

    def compare(name: str, root: Path, *, frozen: bool) -> None:
        says = what_vlint_says(root)  # before uv, which writes a lock
        does = what_uv_does(uv, root, frozen=frozen)
        kind = f"{'from a lock' if frozen else 'without a lock'}, uv {'stops' if does is None else 'installs'}"
        agreement.add(kind, name, says, does)

    for number, (name, text) in enumerate(PROJECTS.items()):
        root = tmp_path / f"project{number}"
        root.mkdir()
        (root / "pyproject.toml").write_text(text)
        compare(name, root, frozen=False)
    for part, changes in (("pyproject.toml", CHANGED_AFTER_THE_LOCK), ("uv.lock", CHANGED_LOCKS)):
        for number, (name, (before, after)) in enumerate(changes.items()):
            root = tmp_path / f"{part}{number}"
            root.mkdir()
            locked(uv, root)
            text = (root / part).read_text()
            assert before in text
            (root / part).write_text(text.replace(before, after) if before else text)
            compare(f"{part}: {name}", root, frozen=True)
    agreement.conclude(capsys)
