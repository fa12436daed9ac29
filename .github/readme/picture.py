"""Draws the README's picture: runs the commands in a terminal and keeps what it showed, as SVG.

`make picture` writes terminal.svg beside this file; with `--check` nothing is written, and the status is 1 if it would
change.
"""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

REPOSITORY = Path(__file__).resolve().parents[2]
PICTURE = Path(__file__).with_name("terminal.svg")
PROJECT = REPOSITORY / "tests" / "projects" / "storefront"
COMMANDS = (["routes"], ["api/invoice.py", "api/products.py", "api/export.py"])
COLUMNS = 112
FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def main() -> int:
    """Write the picture, or check that it is up to date."""
    drawn = draw()
    if "--check" in sys.argv[1:]:
        return int(drawn != PICTURE.read_text(encoding="utf-8"))
    PICTURE.write_text(drawn, encoding="utf-8")
    return 0


def draw() -> str:
    """The picture as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for number, command in enumerate(COMMANDS):
        prompt = Text.assemble(("$ ", "bold green"), ("vlint " + " ".join(command), "bold"))
        console.print(Text() if number else "", prompt, sep="\n" if number else "")
        console.print(Text.from_ansi(in_terminal(command).rstrip("\n")))
    svg = console.export_svg(title="storefront", theme=MONOKAI, unique_id="vlint")
    return FONT.sub("", svg)  # no font from the network: the reader's own monospaced one is as good


def in_terminal(arguments: list[str]) -> str:
    """What `vlint` writes to a terminal of `COLUMNS` columns."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    environment["TERM"] = "xterm-256color"
    process = subprocess.Popen(
        [sys.executable, "-m", "vlint", *arguments],
        cwd=PROJECT,
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.DEVNULL,  # the progress bar of a slow machine
        env=environment,
    )
    os.close(terminal)
    written = b""
    while True:
        try:
            piece = os.read(controller, 65536)
        except OSError:  # the terminal was closed by its last user
            break
        if not piece:
            break
        written += piece
    os.close(controller)
    assert process.wait() in (0, 1), written.decode()
    return written.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    raise SystemExit(main())
