"""Fixes of the entry point rules: each is made, alone and with all others, and the platform runs what came of it.

A fix must leave Python that parses, be rid of its finding, and find nothing to do a second time; the text it leaves is
in the case's `-- fixed PATH --` section. What fixes leave must also work, unless there are other findings.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from tests.cases import Case
from tests.oracles.agreement import answers
from tests.oracles.platforms import PLATFORMS, Oracles
from tests.oracles.regenerate import judged_cases
from vlint import Finding, lint
from vlint.finding import Severity
from vlint.fixes import applies, apply_fixes, fix_all

CODES = {*(f"VL10{digit}" for digit in range(1, 10)), "VL405"}
CASES = judged_cases()
UNANSWERED = {"VL102/suppressed_plain_class", "VL108/methods_with_wrong_case"}
"""Cases whose `do_GET` sends nothing by itself."""
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
    assert len(FIXED) >= 40


@pytest.mark.proof
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "all"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_fixes_leave_works(platform: str, unsafe: bool, oracles: Oracles, tmp_path: Path, capsys) -> None:
    """Safe fixes alone, and those that need a look with them: a function without other findings works after them."""
    ran, broken, rules = 0, [], Counter[str]()
    for case in CASES:
        root = case.write_project(tmp_path / case.id)
        if not any(unsafe or applies(f.fix, unsafe=False) for f in fixable(root, platform) if f.fix):
            continue
        outcome = fix_all(
            lambda overlay, root=root: lint(root, overlay=overlay, platform=platform),
            case.files.__getitem__,
            unsafe=unsafe,
        )
        fixed = write(case, tmp_path / f"{case.id}.fixed", outcome.texts)
        wrong = {finding.path for finding in outcome.remaining if finding.severity is not Severity.INFO}
        for path in sorted(set(outcome.texts) & set(oracles.functions(fixed)) - wrong):
            ran += 1
            rules.update({finding.code for finding in outcome.fixed if finding.path == path})
            result = oracles.outcome(fixed, path, platform)
            if not answers(result) and case.id not in UNANSWERED:
                broken.append(f"{case.id}: {result}")
    with capsys.disabled():
        made = ", ".join(f"{code} {count}" for code, count in sorted(rules.items()))
        print(f"\n{'all' if unsafe else 'safe'} fixes on {platform}: {ran} functions run again ({made})")
    assert not broken, "\n".join(broken)
    assert ran >= (50 if unsafe else 30)


@pytest.mark.proof
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_factory_that_is_called_works(platform: str, oracles: Oracles, tmp_path: Path) -> None:
    """The fix of VL103 that calls the factory of a framework: what is recorded of it, alone, as a function."""
    (case,) = [case for case in FIXED if case.id == "VL103/factory_of_a_framework_not_called"]
    root = write(case, tmp_path, {"api/user.py": case.sections["fixed api/user.py"]})
    assert not lint(root, platform=platform)
    result = oracles.outcome(root, "api/user.py", platform)
    assert answers(result), str(result)
    assert result.interface == "wsgi"
