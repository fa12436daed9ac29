"""Generated projects under both platforms: vlint raises no false alarm, and misses nothing that it could know."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.oracles.agreement import Table, compare
from tests.oracles.platforms import PLATFORMS
from tests.proof.generated_projects import UNDECIDED, GeneratedProject, projects
from vlint import lint

if TYPE_CHECKING:
    from tests.oracles.platforms import Oracles

PROJECTS = 2000
SILENT_SHARE = 0.05
"""Of the functions that fail, at most so many without a finding."""


@pytest.mark.proof
def test_generated_projects(oracles: Oracles, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = {platform: Table(f"\nvlint and the platform {platform} on generated projects:") for platform in PLATFORMS}

    silent: Counter[str] = Counter()

    @settings(
        max_examples=PROJECTS,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(projects())
    def agree(project: GeneratedProject) -> None:
        root = tmp_path / "project"
        shutil.rmtree(root, ignore_errors=True)
        for path, text in project.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        for platform, table in tables.items():
            outcome = oracles.outcome(root, "api/user.py", platform, frameworks=False)
            for comparison in compare([outcome], lint(root, platform=platform)):
                table.add("", comparison)
                tolerated = project.undecided if comparison.kind == "fails: MISSED" else frozenset()
                assert comparison.agrees or tolerated, f"{platform}\n{comparison}\n\n{project}"
                silent.update(tolerated)

    try:
        agree()
    finally:
        with capsys.disabled():
            print(*tables.values(), sep="\n")
            for part, count in silent.most_common():
                print(f"  {count:6}  silent on one with {part!r}: {UNDECIDED[part]}")
    for table in tables.values():
        assert table.silent_share <= SILENT_SHARE
