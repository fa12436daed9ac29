"""Entry point cases: the recorded truth is what the platform's own code says, and vlint agrees with it."""

from __future__ import annotations

import pytest

from tests.cases import Case
from tests.oracles.agreement import Table, compare
from tests.oracles.outcome import Outcome
from tests.oracles.platforms import PLATFORMS
from tests.oracles.regenerate import SILENT, judged_cases, recorded, truth
from vlint import lint

CASES = judged_cases()
PAIRS = [pytest.param(case, platform, id=f"{case.id}@{platform}") for case in CASES for platform in PLATFORMS]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 250
    assert all(recorded(case, platform) for case in CASES for platform in PLATFORMS)


@pytest.mark.proof
@pytest.mark.parametrize(("case", "platform"), PAIRS)
def test_recorded_truth_is_what_the_platform_does(case: Case, platform: str, oracles) -> None:
    expected = as_compared(recorded(case, platform))
    found = truth(oracles, case, platform)
    if found != expected:  # a busy machine may let a server end before its log is read
        found = truth(oracles, case, platform)
    assert found == expected


def as_compared(outcomes: list[Outcome] | None) -> list[Outcome]:
    assert outcomes is not None, "run python -m tests.oracles.regenerate"
    return outcomes


@pytest.mark.parametrize(("case", "platform"), PAIRS)
def test_vlint_agrees(case: Case, platform: str, tmp_path) -> None:
    for comparison in compare(
        as_compared(recorded(case, platform)), lint(case.write_project(tmp_path), platform=platform)
    ):
        if case.path.parent.name == SILENT:
            assert comparison.kind != "works: FALSE ALARM"
        else:
            assert comparison.agrees, f"\n{comparison}"


ENDS = {
    "the function exits at start": ("exits at start", "fails on import", "hangs at start"),
    "the file is not deployed": ("not deployed",),
    "every request gets 500": ("fails on request", "hangs on request"),
    "every request is answered with 501": ("works",),
}
"""What a message says becomes of a function, and the outcomes that are that."""
REFUSED_AT_ONCE = ENDS["the function exits at start"]
VAGUE_SHARE = 0.03
"""Of the findings, at most so many that say of a function that does not start that its requests fail."""


@pytest.mark.parametrize("platform", PLATFORMS)
def test_messages_say_what_becomes_of_the_function(platform: str, tmp_path, capsys) -> None:
    exact = vague = 0
    for case in CASES:
        root = case.write_project(tmp_path / case.id)
        findings = lint(root, platform=platform)
        for comparison in compare(as_compared(recorded(case, platform)), findings):
            outcome = comparison.outcome
            for finding in comparison.findings:
                said = next((kinds for words, kinds in ENDS.items() if words in finding.message), None)
                if said is None or finding.path != outcome.path:
                    continue
                exact += outcome.kind in said
                if outcome.kind in REFUSED_AT_ONCE and said == ENDS["every request gets 500"]:
                    vague += 1  # true all the same
                else:
                    assert outcome.kind in said, f"{case.id}\n{comparison}"
    with capsys.disabled():
        print(f"\n{exact} messages say what the platform {platform} does, {vague} say less")
    assert vague <= VAGUE_SHARE * exact


@pytest.mark.parametrize("platform", PLATFORMS)
def test_vlint_is_rarely_silent(platform: str, tmp_path, capsys) -> None:
    table = Table(f"\nvlint and the platform {platform} on {len(CASES)} cases:")
    for case in CASES:
        root = case.write_project(tmp_path / case.id)
        for comparison in compare(as_compared(recorded(case, platform)), lint(root, platform=platform)):
            table.add(case.id, comparison)
    with capsys.disabled():
        print(table)
    assert table.counts["works: FALSE ALARM"] == 0
    assert table.silent_share <= 0.05
