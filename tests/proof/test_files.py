"""The rules about files against what really happens: recorded runs of every case, and fixes that are run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import Case, all_cases, describe
from tests.proof.files_runtime import FOLDERS, SECTION, available, failures, observe
from tests.proof.files_runtime import describe as project_of
from vlint import Finding, Severity, lint
from vlint.fixes import fix_all

CASES = all_cases(*FOLDERS)
CODES = {"VL201", "VL202", "VL203", "VL204", "VL205"}


def file_findings(case: Case, root: Path) -> list[Finding]:
    return [f for f in lint(case.write_project(root)) if f.code in CODES and f.severity is not Severity.INFO]


def failed(lines: list[str]) -> bool:
    return any(not line.endswith(": ok") and " nothing at " not in line for line in lines)


def test_findings_agree_with_the_runs(tmp_path: Path, capsys) -> None:
    judged, placed, failing = 0, 0, 0
    false_alarms: list[str] = []
    misses: list[str] = []
    for number, case in enumerate(CASES):
        lines = case.sections[SECTION].splitlines()
        findings = file_findings(case, tmp_path / str(number))
        judged += 1
        places = failures(lines)
        failing += failed(lines)
        if findings and not failed(lines):
            false_alarms.append(f"{case.id}: {[describe(f) for f in findings]}")
        if failed(lines) and not findings:
            misses.append(f"{case.id}: {lines}")
        found = {(f.path, line) for f in findings for line in range(f.range.start.line, f.range.end.line + 1)}
        placed += bool(places & found)
    with capsys.disabled():
        print(
            f"\nfiles: {judged} cases, {failing} of which fail when they are run; "
            f"{len(false_alarms)} false alarms, {len(misses)} misses, {placed} failures at the very line of a finding"
        )
    assert judged >= 200
    assert not false_alarms
    assert len(misses) <= 0.05 * failing, misses
    assert placed >= 0.9 * failing


@pytest.mark.proof
@pytest.mark.skipif(not available(), reason="needs the right to make mount namespaces (root on Linux)")
def test_the_runs_are_as_recorded() -> None:
    """A sample is run again; the others are recorded by `python -m tests.proof.files_runtime`."""
    sample = [case for case in CASES[::6] if "requirements.txt" not in case.files]
    observed = observe({case.id: project_of(case) for case in sample})
    assert observed == {case.id: case.sections[SECTION].splitlines() for case in sample}


@pytest.mark.proof
@pytest.mark.skipif(not available(), reason="needs the right to make mount namespaces (root on Linux)")
def test_a_fixed_program_opens_the_file(tmp_path: Path, capsys) -> None:
    projects, before = {}, {}
    for number, case in enumerate(CASES):
        if case.path.parent.name not in {"VL201", "VL202", "VL203", "VL205"} or "requirements.txt" in case.files:
            continue
        root = case.write_project(tmp_path / str(number))
        outcome = fix_all(lambda overlay, root=root: lint(root, overlay=overlay), case.files.__getitem__, unsafe=True)
        if outcome.texts:
            assert not any(f.fix for f in outcome.remaining), case.id
            projects[case.id] = project_of(case, {**case.files, **outcome.texts})
            before[case.id] = case.sections[SECTION].splitlines()
    left = {name: lines for name, lines in observe(projects).items() if failed(lines) and _still(lines, before[name])}
    with capsys.disabled():
        print(f"\nfiles: {len(projects)} cases fixed and run again, {len(left)} of which still do not open the file")
    assert not left
    assert len(projects) >= 80


def _still(lines: list[str], before: list[str]) -> bool:
    """Whether what fails is a file still; that a text is no picture or no archive is another matter."""
    words = (
        "FileNotFoundError",
        "Read-only",
        "does not exist",
        "unable to open",
        "Is a directory",
        "Not a directory",
        "TemplateNotFound",
        "Permission",
    )
    return any(word in line for line in lines for word in words) or lines == before
