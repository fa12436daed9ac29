"""Every case file: vlint says what the case expects, and nothing else."""

from __future__ import annotations

import pytest

from tests.cases import Case, all_cases, describe
from vlint import lint
from vlint.platform import DEFAULT_PLATFORM, platform_names

PAIRS = [
    pytest.param(case, platform, id=f"{case.id}@{platform}")
    for case in all_cases()
    for platform in platform_names()
    if case.expected(platform, DEFAULT_PLATFORM) is not None
]


@pytest.mark.parametrize(("case", "platform"), PAIRS)
def test_case(case: Case, platform: str, tmp_path) -> None:
    findings = lint(case.write_project(tmp_path), platform=platform)
    assert [describe(finding) for finding in findings] == case.expected(platform, DEFAULT_PLATFORM)
