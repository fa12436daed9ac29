"""Fixes of the entry point rules: each is made, alone and with all others, and the platform runs what came of it.

A fix must leave Python that parses, be rid of its finding, and find nothing to do a second time; the text it leaves is
in the case's `-- fixed PATH --` section. A fix that calls itself safe must also leave a function that works, unless the
project has other findings.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.cases import Case
from tests.oracles.platforms import PLATFORMS, Oracles
from tests.oracles.regenerate import judged_cases
from vlint import Finding, lint
from vlint.finding import Applicability, Severity
from vlint.fixes import apply_fixes, fix_all

CODES = {*(f"VL10{digit}" for digit in range(1, 10)), "VL405"}
CASES = judged_cases()
FIXED = [case for case in CASES if any(section.startswith("fixed ") for section in case.sections)]


def fixable(root: Path, platform: str) -> list[Finding]:
    """The findings of the entry point rules that can be fixed."""
    return [finding for finding in lint(root, platform=platform) if finding.code in CODES and finding.fix]


def write(case: Case, root: Path, texts: dict[str, str]) -> Path:
    """The project of a case with some files changed."""
    case.write_project(root)
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8", newline="")
    return root


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_fix_is_rid_of_its_finding(platform: str, tmp_path: Path) -> None:
    made = 0
    for case in CASES:
        root = case.write_project(tmp_path / case.id)
        for number, finding in enumerate(fixable(root, platform)):
            texts, _ = apply_fixes([finding], case.files.__getitem__, unsafe=True)
            assert texts, f"{case.id}: the fix changes nothing"
            for path, text in texts.items():
                ast.parse(text, path)
            left = lint(write(case, tmp_path / f"{case.id}.{number}", texts), platform=platform)
            assert not {(f.code, f.message) for f in left} & {(finding.code, finding.message)}, case.id
            made += 1
    assert made >= 20


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_second_run_changes_nothing(platform: str, tmp_path: Path) -> None:
    for case in CASES:
        root = case.write_project(tmp_path / case.id)
        outcome = fix_all(
            lambda overlay, root=root: lint(root, overlay=overlay, platform=platform),
            case.files.__getitem__,
            unsafe=True,
        )
        if any(finding.code in CODES for finding in outcome.fixed):
            again = write(case, tmp_path / f"{case.id}.fixed", outcome.texts)
            assert not [finding for finding in lint(again, platform=platform) if finding.fix], case.id


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_fixed_files_are_as_recorded(case: Case, tmp_path: Path) -> None:
    root = case.write_project(tmp_path)
    outcome = fix_all(lambda overlay: lint(root, overlay=overlay), case.files.__getitem__, unsafe=True)
    recorded = {name.removeprefix("fixed "): text for name, text in case.sections.items() if name.startswith("fixed ")}
    assert outcome.texts == recorded


def test_there_are_recorded_fixes() -> None:
    assert len(FIXED) >= 20


@pytest.mark.proof
@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_a_safe_fix_leaves_works(platform: str, oracles: Oracles, tmp_path: Path, capsys) -> None:
    ran, broken = 0, []
    for case in CASES:
        root = case.write_project(tmp_path / case.id)
        safe = [f for f in fixable(root, platform) if f.fix and f.fix.applicability is Applicability.SAFE]
        if not safe:
            continue
        texts, _ = apply_fixes(safe, case.files.__getitem__)
        fixed = write(case, tmp_path / f"{case.id}.fixed", texts)
        wrong = {f.path for f in lint(fixed, platform=platform) if f.severity is Severity.ERROR}
        for path in sorted({f.path for f in safe} - wrong):
            if path not in oracles.functions(fixed):
                continue
            outcome = oracles.outcome(fixed, path, platform)
            if outcome.kind == "not deployed" and oracles.detect(case.files[path]) is None:
                continue  # it had no entry point in the first place, and the fix was not about that
            ran += 1
            if outcome.kind != "works":
                broken.append(f"{case.id}: {outcome}")
    with capsys.disabled():
        print(f"\nsafe fixes on {platform}: {ran} functions run again, {len(broken)} of which do not work")
    assert not broken
    assert ran >= 10
