"""The runtime in production is spoken to over a socket, and elsewhere called: both ways come to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.oracles.platforms import PLATFORMS
from tests.oracles.regenerate import judged_cases, recorded

if TYPE_CHECKING:
    from pathlib import Path

    from tests.oracles.platforms import Oracles

DIFFERENT = {
    ("2026-08", "silent/sanic"): "its server ends when its start fails, and only a caller over the socket is told",
    ("2025-03", "entry_points/log_message_without_arguments"): "the server for the socket replaces `log_message`",
    ("2026-08", "silent/logging_level_in_small_letters"): "the server for the socket has set up logging before",
}
"""The cases in which they do not, by platform, and why."""


@pytest.mark.proof
@pytest.mark.parametrize("platform", PLATFORMS)
def test_both_ways_of_calling_agree(platform: str, oracles: Oracles, tmp_path: Path) -> None:
    for case in judged_cases():
        if (platform, case.id) in DIFFERENT:
            continue
        root = case.write_project(tmp_path / case.id)
        for outcome in recorded(case, platform) or []:
            if outcome.kind in ("not deployed", "hangs at start"):
                continue  # neither gets as far as to be called
            called = oracles.outcome(root, outcome.path, platform, call="direct")
            assert (called.kind, called.interface) == (outcome.kind, outcome.interface), case.id
