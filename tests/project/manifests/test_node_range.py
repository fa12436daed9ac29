"""npm's ranges against npm's own library, where Node.js and it are at hand."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import product

import pytest

from vlint.project.manifests.node_range import admits_any

RANGES = (
    "20.x", "20", "20.*", "^20", "~20.1", ">=18", ">18", ">=20 <21", ">=18 <20", "<20", "<=20", "<20.0.1", "18 || 20",
    "18.x || 19.x", "16 - 19", "16.0.0 - 20.1.0", "16 - 20", "*", "", "x", ">=20.11.0", "=20.1.0", "20.1.0", "v20.1.0",
    ">=21 || <20", ">20 <22", ">20.99.0 <21", "^22.3.0", "~22", ">=22.99", ">=23", "14.x", "^18.0.0 || ^20.0.0",
    ">= 18", "> 19.9.9 < 20.0.1", "22.x.x", ">=22.0.0-0 <23", "<=22.999.999", ">=1000",
)  # fmt: skip
OPTIONS = ("18.x", "20.x", "22.x")

_PROGRAM = """
const semver = require(process.argv[1]);
const pairs = JSON.parse(process.argv[2]);
console.log(JSON.stringify(pairs.map(([a, b]) => semver.intersects(a, b))));
"""


def npm_semver() -> str | None:
    """The semver library that npm brings along."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    root = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False).stdout.strip()
    return f"{root}/npm/node_modules/semver"


@pytest.mark.proof
def test_every_pair_as_npm_has_it() -> None:
    library = npm_semver()
    pairs = list(product(RANGES, OPTIONS))
    run = subprocess.run(
        ["node", "-e", _PROGRAM, library or "", json.dumps(pairs)], capture_output=True, text=True, check=False
    ) if library else None  # fmt: skip
    if run is None or run.returncode:
        pytest.skip("npm's semver is not there")
    expected = json.loads(run.stdout)
    found = [admits_any(*pair) for pair in pairs]
    assert [pair for pair, here, there in zip(pairs, found, expected, strict=True) if here is not there] == []


@pytest.mark.parametrize("text", ["latest", "lts/*", "node", "20.x.x.x", ">=a"])
def test_what_is_no_range(text: str) -> None:
    assert admits_any(text, "20.x") is None
