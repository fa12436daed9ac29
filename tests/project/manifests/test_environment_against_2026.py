"""What a function gets on 2026-08, against the platform's own discovery and selection, over many layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracles.setup import missing
from tests.project.manifests.layouts import layouts
from tests.project.manifests.oracle import Agreement, answers, write_layouts
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


def test_every_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(LAYOUTS) >= 60
    roots = write_layouts(LAYOUTS, tmp_path)
    questions = [{"root": str(root), "directory": layout[2]} for root, layout in zip(roots, LAYOUTS, strict=True)]
    agreement = Agreement("layouts of manifests, vlint against the platform of 2026")
    for root, layout, answer in zip(roots, LAYOUTS, answers("manifests_2026.cjs", questions), strict=True):
        taken = {key: value for key, value in answer.items() if key != "converted"}
        expected = {"error": answer["path"]} if "error" in answer else taken
        kind = "the build stops" if "error" in answer else answer["outcome"].lower()
        agreement.add(kind, layout[0], what_vlint_says(root, layout[2]), expected)
    agreement.conclude(capsys)
