"""What a new user may run into: closed streams, wrong options, missing places. One line each, no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WRONG = "app = 1\n"
REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "index.py").write_text(WRONG)
    return tmp_path


def shell(directory: Path, options: str) -> subprocess.CompletedProcess[str]:
    command = f"PYTHONPATH='{REPOSITORY}' exec '{sys.executable}' -m vlint {options}"
    return subprocess.run(["sh", "-c", command], cwd=directory, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("streams", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_change_nothing_but_what_is_seen(project: Path, streams: str) -> None:
    run = shell(project, f"--output-format concise {streams}")
    assert run.returncode == 1
    assert run.stderr == ("" if "2>&-" in streams else run.stderr.strip() and "Found 1 error in 1 file.\n")
    assert ("VL103" in run.stdout) is (">&-" not in streams.replace("2>&-", ""))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--jobs 0", "argument --jobs: expected a number from 1, not '0' (see vlint --help)"),
        ("--jobs many", "argument --jobs: expected a number from 1, not 'many' (see vlint --help)"),
        ("--select VL9", "--select: there is no rule 'VL9'; did you mean 'VL109'?"),
        ("--stdin-filename /gone/api/a.py < api/index.py", "--stdin-filename /gone/api/a.py: no such directory"),
        ("--stdin-filename api/index.py <&-", "--stdin-filename api/index.py: standard input is closed"),
        ("--output-file .", ".: Is a directory"),
        ("> /dev/full", "No space left on device"),
    ],
)
def test_a_mistake_is_one_line(project: Path, options: str, message: str) -> None:
    if "/dev/full" in options and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    run = shell(project, options)
    assert run.returncode == 2
    assert run.stderr == f"vlint: error: {message}\n"
