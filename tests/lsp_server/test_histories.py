"""Whatever happens to a project in an editor, in the end it shows what a fresh run finds."""

from __future__ import annotations

import random

import pytest

from tests.lsp_server.scenario import SessionHistory
from tests.lsp_server.server_history import ServerHistory

SEQUENCES = 5_000
PROJECTS = 50

SERVERS = 5
SEQUENCES_OF_A_SERVER = 20


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(PROJECTS))
def test_histories_end_as_a_fresh_run(tmp_path, seed) -> None:
    history = SessionHistory(tmp_path, seed)
    lengths = random.Random(seed)
    for number in range(SEQUENCES // PROJECTS):
        history.happen(lengths.randint(1, 12))
        assert history.in_the_editor() == history.afresh(), f"sequence {number} of project {seed}"


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(SERVERS))
def test_histories_told_to_a_server_end_as_the_command_line(tmp_path, tmp_path_factory, monkeypatch, seed) -> None:
    monkeypatch.chdir(tmp_path)
    report = tmp_path_factory.mktemp("report") / "report.json"
    history = ServerHistory(tmp_path, seed)
    lengths = random.Random(seed)
    try:
        for number in range(SEQUENCES_OF_A_SERVER):
            history.happen(lengths.randint(1, 12))
            history.finish()
            asked, sent = history.in_the_editor()
            fresh = history.afresh(report)
            assert asked == fresh, f"asked for after sequence {number} of project {seed}"
            assert sent == fresh, f"sent after sequence {number} of project {seed}"
        history.client.close()
    finally:
        history.client.kill()
    assert history.client.process.returncode == 0
