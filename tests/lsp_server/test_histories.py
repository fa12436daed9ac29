"""Whatever happens to a project in an editor, in the end it shows what a fresh run finds."""

from __future__ import annotations

import random

import pytest

from tests.lsp_server.scenario import History

SEQUENCES = 5_000
PROJECTS = 50


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(PROJECTS))
def test_histories_end_as_a_fresh_run(tmp_path, seed) -> None:
    history = History(tmp_path, seed)
    lengths = random.Random(seed)
    for number in range(SEQUENCES // PROJECTS):
        history.happen(lengths.randint(1, 12))
        assert history.in_the_editor() == history.afresh(), f"sequence {number} of project {seed}"
