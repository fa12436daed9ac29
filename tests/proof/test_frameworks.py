"""Each example of the table of frameworks as a function under both platforms: vlint says what becomes of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.oracles.agreement import compare
from tests.oracles.platforms import PLATFORMS, Oracles
from tests.oracles.setup import MAIN, missing
from vlint import lint
from vlint.platform import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = {row["names"][0]: row for row in read_table("frameworks")["callable"]}
ENVIRONMENTS = list(dict.fromkeys(row.get("environment", MAIN) for row in ROWS.values()))
NOT_JUDGED = {"sanic.Sanic"}
"""Sanic answers nothing where it is not started by itself, by no fault of the module: see the case silent/sanic."""


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def environment(request: pytest.FixtureRequest) -> Iterator[tuple[str, Oracles]]:
    reason = missing(request.param)
    if reason:
        pytest.skip(reason)
    with closing(Oracles(request.param, preloaded=())) as oracles:
        yield request.param, oracles


INSIDE = {
    "wsgi": "from flask import Flask; inner = Flask('x')",
    "asgi": "from starlette.applications import Starlette; inner = Starlette()",
    "neither": "from aiohttp import web; inner = web.Application()",
}


@pytest.mark.proof
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("wrapper", [row for row in ROWS.values() if "wraps" in row], ids=lambda row: row["names"][0])
def test_wrappers_of_each_kind_of_application(wrapper: dict, platform: str, oracles: Oracles, tmp_path: Path) -> None:
    module, _, name = wrapper["names"][0].rpartition(".")
    for interface, inside in INSIDE.items():
        for arguments in ("inner", f"{wrapper.get('argument', 'app')}=inner"):
            root = tmp_path / f"{interface} {arguments}"
            (root / "api").mkdir(parents=True)
            text = f"{inside}\nfrom {module} import {name}\napp = {name}({arguments})\n"
            (root / "api" / "user.py").write_text(text, "utf-8")
            outcome = oracles.outcome(root, "api/user.py", platform)
            (comparison,) = compare([outcome], lint(root, platform=platform))
            assert comparison.agrees, f"{text}\n{comparison}"
            assert outcome.works == (interface == wrapper["wraps"] and not comparison.findings)


@pytest.mark.proof
@pytest.mark.parametrize("platform", PLATFORMS)
def test_examples_as_functions(environment: tuple[str, Oracles], platform: str, tmp_path: Path) -> None:
    name, oracles = environment
    disagreements = []
    for entry, row in ROWS.items():
        if row.get("environment", MAIN) != name or entry in NOT_JUDGED:
            continue
        root = tmp_path / entry
        (root / "api").mkdir(parents=True)
        (root / "api" / "user.py").write_text(row["example"].lstrip(), "utf-8")
        outcome = oracles.outcome(root, "api/user.py", platform)
        (comparison,) = compare([outcome], lint(root, platform=platform))
        if not comparison.agrees:
            disagreements.append(f"{entry}: {comparison}")
    assert not disagreements, "\n".join(disagreements)
