"""Where every test is required to run, one that is skipped has failed, unless it says why it may be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SKIPPING = {
    "call": "import pytest\ndef test_it():\n    pytest.skip('no node')\n",
    "mark": "import pytest\n@pytest.mark.skipif(True, reason='no node')\ndef test_it(): ...\n",
    "fixture": "import pytest\n@pytest.fixture\ndef x(): pytest.skip('no node')\ndef test_it(x): ...\n",
    "module": "import pytest\npytest.skip('no node', allow_module_level=True)\n",
}


def run(directory: Path, text: str, required: str) -> subprocess.CompletedProcess[str]:
    (directory / "conftest.py").write_text((Path(__file__).parent / "conftest.py").read_text())
    (directory / "test_it.py").write_text(text)
    (directory / "pytest.ini").write_text("[pytest]\nmarkers =\n    allow_skip(reason): may be skipped\n")
    environment = {
        **os.environ,
        "VLINT_REQUIRE_ALL": required,
        "PYTEST_ADDOPTS": "",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("way", SKIPPING)
def test_a_skipped_test_fails_where_all_are_required(way, tmp_path) -> None:
    done = run(tmp_path, SKIPPING[way], "1")
    assert done.returncode != 0
    assert "no node" in done.stdout
    assert "must not be skipped" in done.stdout
    assert run(tmp_path, SKIPPING[way], "").returncode in (0, 5)  # 5: no test was collected


def test_one_that_may_be_skipped_is(tmp_path) -> None:
    text = "import pytest\n@pytest.mark.allow_skip('by its nature')\ndef test_it():\n    pytest.skip('no node')\n"
    done = run(tmp_path, text, "1")
    assert (done.returncode, "1 skipped" in done.stdout) == (0, True)


def test_an_expected_failure_is_none(tmp_path) -> None:
    text = "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n"
    assert run(tmp_path, text, "1").returncode == 0
