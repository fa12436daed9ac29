"""On a terminal: colour, its width, and progress of a long run; none of them in a pipe. And Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

BROKEN = "def handler(event, context):\n    return None\n"

pytestmark = [
    pytest.mark.allow_skip("pseudo-terminals are a matter of POSIX"),
    pytest.mark.skipif(os.name == "nt", reason="POSIX only"),
]
# A shell starts what it leaves in the background deaf to an interruption, and so is all that is started by that.
SLOW = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from vlint import linter
from vlint.cli import examining, main
def slow(project, unit, failed, examine=linter.examine):
    open("started", "w").close()
    time.sleep(0.3)
    return examine(project, unit, failed)
examining.examine = slow
examining.WORTH_A_PROCESS = 1
if __name__ == "__main__":
    sys.exit(main(["--jobs", "1", *sys.argv[1:]]))
"""


def in_terminal(directory: Path, *arguments: str, columns: int = 60, program: str = SLOW, **environment: str) -> str:
    """What is written to a terminal by both streams together."""
    import fcntl
    import pty
    import struct
    import termios

    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=directory,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**clean, "TERM": "xterm-256color", **environment},
    )
    os.close(terminal)
    written = b""
    while True:
        try:
            piece = os.read(controller, 65536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    os.close(controller)
    process.wait(60)
    return written.decode().replace("\r\n", "\n")


@pytest.fixture
def project(tmp_path) -> Path:
    (tmp_path / "api").mkdir()
    for number in range(5):
        (tmp_path / "api" / f"hook{number}.py").write_text(BROKEN)
    return tmp_path


def test_a_long_run_shows_progress_and_takes_it_away(project) -> None:
    written = in_terminal(project)
    assert "Checking" in written
    assert "/6" in written
    assert "\x1b[2K" in written  # the line of the bar is cleared
    assert "\x1b[1;31merror[VL102]" in written
    assert "Checking" not in in_terminal(project, "--quiet")


def test_text_fits_the_terminal(project) -> None:
    written = in_terminal(project, "--color", "never", "--quiet", columns=60)
    assert "\x1b" not in written
    assert max(map(len, written.splitlines())) <= 60


def test_no_color_is_heard(project) -> None:
    assert "\x1b[1;31m" not in in_terminal(project, "--quiet", NO_COLOR="1")


def piped(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-c", SLOW, *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, check=False, env={**clean, **environment})


def test_a_pipe_gets_neither_progress_nor_colour(project) -> None:
    done = piped(project)
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert b"\x1b[1;31m" in piped(project, "--color", "always").stdout
    assert b"\x1b[1;31m" in piped(project, FORCE_COLOR="1").stdout


@pytest.mark.parametrize("processes", ["1", "2"])
def test_interruption_ends_at_once_without_a_traceback(project, processes) -> None:
    slow = project / "slow.py"  # a file, which the other processes run too
    slow.write_text(SLOW.replace("0.3", "60"))
    process = subprocess.Popen(
        [sys.executable, slow, "--jobs", processes],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not (project / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
    out, err = process.communicate(timeout=50)
    assert (process.returncode, out, err) == (130, b"", b"")
