"""Each entry of the table of functions that open a path is what the library does, where it installs."""

from __future__ import annotations

import pytest

from tests.oracles.setup import missing
from tests.platform.opener_runs import ENVIRONMENT, answers, calls, key
from vlint.platform.openers import Opener, openers

LISTED = [opener for entry in openers().values() for opener in entry]
RUN = [opener for opener in LISTED if opener.not_run is None]
LOOKS = {"working-directory": ("working-directory", "beside"), "application": ("beside", "working-directory")}
VARIADIC = {"VAR_POSITIONAL", "VAR_KEYWORD"}


@pytest.mark.proof
@pytest.mark.parametrize("opener", RUN, ids=key)
def test_the_function_takes_the_path_there_and_looks_it_up_there(opener: Opener) -> None:
    reason = missing(ENVIRONMENT)
    if reason:
        pytest.skip(reason)
    answer = answers()[key(opener)]
    assert "error" not in answer, answer["error"]
    assert_parameter(opener, answer["parameters"])
    made = calls(opener)
    assert made
    for call, run in zip(made, answer["runs"], strict=True):
        there, elsewhere = (run[state] for state in LOOKS[opener.base])
        creates = opener.mode is not None and opener.mode.default == "c"
        if call.writes or creates or opener.opens in {"write", "make-directory", "database"}:
            assert any(name.startswith("kept/thing") for name in run["nowhere made"]), (call, run)
            continue
        assert there != elsewhere, (call, run)
        assert elsewhere == run["nowhere"], (call, run)
        assert elsewhere.startswith("ok") == (opener.missing == "nothing"), (call, run)


def assert_parameter(opener: Opener, listed: list[tuple[str, int | None, str]] | None) -> None:
    """The signature, where there is one, names the path's parameter as the table does."""
    if opener.parameter is None or listed is None:
        return
    names = {name: position for name, position, _ in listed}
    kinds = {kind for *_, kind in listed}
    if opener.parameter.keyword in names:
        assert names[opener.parameter.keyword] == opener.parameter.position or kinds & VARIADIC, listed
    else:
        assert opener.parameter.keyword is None or "VAR_KEYWORD" in kinds or kinds & {"POSITIONAL_ONLY"}, listed


def test_what_is_not_run_says_why() -> None:
    assert all(opener.not_run for opener in LISTED if opener.not_run is not None)
    assert len(RUN) >= 0.85 * len(LISTED)
