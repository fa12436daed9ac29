"""What a function gets on 2026-08, against the platform's own discovery and selection, over many layouts."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.oracles.setup import HERE, missing, node_modules
from tests.project.manifests.layouts import layouts
from vlint.platform import load_platform
from vlint.project.manifests.environment import environment_of
from vlint.project.manifests.python_choice import Outcome
from vlint.project.project import Project
from vlint.project.tree import Tree

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]

LAYOUTS = layouts()
_SAME = {Outcome.RAISED: Outcome.IGNORED, Outcome.INVALID: Outcome.DEFAULT}
"""Finer outcomes of vlint's: the builder raises a version after the selection, and drops an invalid one before it."""


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    found = []
    for _, files, directory in LAYOUTS:
        root = tmp_path_factory.mktemp("layout")
        (root / directory).mkdir(parents=True, exist_ok=True)
        (root / directory / "index.py").write_text("app = 1\n")
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8", newline="")
        found.append(root)
    return found


@pytest.fixture(scope="module")
def answers(roots: list[Path]) -> list[dict[str, str]]:
    questions = [{"root": str(root), "directory": layout[2]} for root, layout in zip(roots, LAYOUTS, strict=True)]
    run = subprocess.run(
        ["node", str(HERE / "manifests_2026.cjs")],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NODE_PATH": str(node_modules())},
    )
    return json.loads(run.stdout)


def what_vlint_says(root: Path, directory: str) -> dict[str, str | None]:
    project = Project(Tree(root), load_platform("2026-08"))
    environment = environment_of(project, directory)
    chosen = environment.manifest
    for found in environment.read:
        fatal = [problem for problem in found.invalid if problem.fatal]
        if fatal or (found is chosen and found.rejected):
            return {"error": fatal[0].location.path if fatal else found.path}
    source = environment.python.source
    outcome = environment.python.outcome
    return {
        "manifest": chosen.path if chosen else None,
        "python": environment.python.version,
        "outcome": _SAME.get(outcome, outcome).name,
        "source": source.location.path if source and outcome is not Outcome.INVALID else None,
    }


def test_every_layout(roots: list[Path], answers: list[dict[str, str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert len(LAYOUTS) >= 60
    table: Counter[str] = Counter()
    differences = []
    for root, (name, _, directory), answer in zip(roots, LAYOUTS, answers, strict=True):
        says = what_vlint_says(root, directory)
        taken = {key: value for key, value in answer.items() if key != "converted"}
        expected = {"error": answer["path"]} if "error" in answer else taken
        kind = "the build stops" if "error" in answer else f"{answer['outcome'].lower():8}"
        table[f"{kind:16} {'same' if says == expected else 'DIFFERENT'}"] += 1
        if says != expected:
            differences.append(f"{name}: vlint {says}, the platform {answer}")
    with capsys.disabled():
        print(f"\nlayouts of manifests, vlint against the platform of 2026: {len(LAYOUTS)}")
        for row, count in sorted(table.items()):
            print(f"  {row} {count:4}")
    assert not differences, "\n".join(differences)
