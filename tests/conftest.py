"""With VLINT_REQUIRE_ALL=1 a test that is skipped has failed: continuous integration installs what tests need.

A test that by its nature does not apply somewhere says so with `@pytest.mark.allow_skip("the reason")`.
"""

from __future__ import annotations

import os
from typing import Any

import hypothesis
import pytest

# A run says the same each time; `--hypothesis-seed` or HYPOTHESIS_PROFILE=default looks further.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
if os.environ.get("HYPOTHESIS_PROFILE", "steady") == "steady":
    hypothesis.settings.load_profile("steady")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    outcome = yield
    report = outcome.get_result()
    if not os.environ.get("VLINT_REQUIRE_ALL") or not report.skipped or hasattr(report, "wasxfail"):
        return
    if item.get_closest_marker("allow_skip") is None:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must not be skipped where VLINT_REQUIRE_ALL is set: {reason}"


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    outcome = yield
    report = outcome.get_result()
    if os.environ.get("VLINT_REQUIRE_ALL") and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} must not be skipped where VLINT_REQUIRE_ALL is set: {report.longrepr}"
