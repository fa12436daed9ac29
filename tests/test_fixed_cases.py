"""The `-- fixed PATH --` sections of the cases: what all fixes, safe and unsafe, make of a file.

On a platform for which a case has an expectation of its own, some of these findings may be missing with their fixes.
"""

from __future__ import annotations

import pytest

from tests.cases import Case, all_cases
from vlint import lint
from vlint.fixes import fix_all
from vlint.platform import DEFAULT_PLATFORM, platform_names


def fixed_files(case: Case) -> dict[str, str]:
    return {name.removeprefix("fixed "): text for name, text in case.sections.items() if name.startswith("fixed ")}


PAIRS = [
    pytest.param(case, platform, id=f"{case.id}@{platform}")
    for case in all_cases()
    for platform in platform_names()
    if fixed_files(case) and case.expected(platform, DEFAULT_PLATFORM)
]


@pytest.mark.parametrize(("case", "platform"), PAIRS)
def test_what_the_fixes_make_of_the_files(case: Case, platform: str, tmp_path) -> None:
    root = case.write_project(tmp_path)
    outcome = fix_all(
        lambda overlay: lint(root, platform=platform, overlay=overlay), case.files.__getitem__, unsafe=True
    )
    if platform == DEFAULT_PLATFORM or f"expected {platform}" not in case.sections:
        assert outcome.texts == fixed_files(case)
    else:
        assert outcome.texts.items() <= fixed_files(case).items()
