"""How long diagnostics take after an edit, through stdio, beside the servers of other linters.

    python -m tests.benchmarks.lsp_latency [--others DIRECTORY]

`--others` names the directory of a virtual environment with `ruff`, `fixit` and `python-lsp-server[all]` in it (see
`--install`, which makes it). It prints milliseconds from the notification of an edit to the diagnostics of its version
(to the next ones, where a server names no version), of how many notifications, and how many times vlint's
time that of the others is. A server that examines the whole file for each edit may take seconds: one that would not be
through after `--seconds` gets several edits in one notification. On a busy machine the processor time that a server
takes for an edit says more than the clock.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.lsp_client import NoAnswerError, PlainClient

EDITS = 200

STATEMENT = '    total = sum(len(value) for value in ("a", "b"))'

WRITTEN = '''
# How long an answer may be kept, and where the settings of that are.
AGES = {
    "short": 60,
    "long": 3600,
}


@app.route("/kept/<name>")
def kept(name: str):
    """What is known of a name.

    Read anew for each request: the file is small.
    """
    with open("data/file.txt") as file:
        lines = [line for line in file if line.startswith(f"{name}:")]
    if not lines:
        return {"error": "nothing is known of it"}, 404
    # the newest line is the last one
    return {"line": lines[-1].strip(), "age": AGES["short"]}

'''
"""Statements that somebody writes between others: with whole lines, comments, brackets and strings half typed."""

Change = dict[str, object]

PROGRESS: dict[str, Any] = {"capabilities": {"window": {"workDoneProgress": True}}}
"""Has the server tell how far it has come with the workspace."""

VLINT = [sys.executable, "-m", "lsp_server"]

FEWEST = 3
"""That many notifications are measured however long they take."""

PATIENCE = 20.0
"""The seconds after which a server that has not answered an edit is given up."""

PIECE = '''
class Store{n}:
    """Keeps what request {n} has read."""

    def __init__(self, path: str = "data/file.txt") -> None:
        self.path = path
        self.lines = []

    def load(self) -> list[str]:
        with open(self.path) as file:
            for line in file:
                if line.strip() and not line.startswith("#"):
                    self.lines.append(line.rstrip())
        return self.lines


@app.route("/items/{n}")
def item_{n}(key: str = "{n}"):
    values = {{"key": key, "number": {n}, "name": f"item {{key}}"}}
    return [value for value in values.items() if value]

'''


def module(lines: int) -> str:
    """A Flask application of about that many lines, which opens files all over."""
    head = "from flask import Flask\nimport json\n\napp = Flask(__name__)\n\n"
    pieces = [PIECE.format(n=number) for number in range(lines // PIECE.count("\n"))]
    return head + "".join(pieces)


def make_project(folder: Path, lines: int, modules: int) -> str:
    """Write a project of that many functions; the text of the one to edit is returned."""
    for name, text in {"requirements.txt": "flask\n", "data/file.txt": "x\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "api").mkdir()
    for number in range(modules - 1):
        (folder / f"api/other{number}.py").write_text(module(60))
    text = module(lines)
    (folder / "api/index.py").write_text(text)
    return text


def spaces(text: str) -> list[Change]:
    """A space typed behind a line of a function in the middle, and removed again."""
    line, column = _behind(text, "values = {")
    changes = [_typed(line, column, " "), _erased(line, column + 1)]
    return [changes[number % 2] for number in range(EDITS)]


def code(text: str) -> list[Change]:
    """A statement typed into a function in the middle, character by character, and erased again."""
    return _statement(*_behind(text, "values = {"))


def code_beside_paths(text: str) -> list[Change]:
    """As `code`, in a method that opens a file."""
    return _statement(*_behind(text, "self.lines.append"))


def code_beside_a_broken_statement(text: str) -> list[Change]:
    """As `code`, after half a statement was typed at the end."""
    return [_typed(len(text.splitlines()), 0, "def half(x\n"), *code(text)]


def whole_lines(text: str) -> list[Change]:
    """New statements typed between those in the middle, line by line and character by character."""
    line, column = _behind(text, "return [value for")[0] + 1, 0
    changes = []
    for character in WRITTEN:
        changes.append(_typed(line, column, character))
        line, column = (line + 1, 0) if character == "\n" else (line, column + 1)
    return changes


def _statement(line: int, column: int) -> list[Change]:
    typed = [_typed(line, column, "\n")]
    typed += [_typed(line + 1, number, character) for number, character in enumerate(STATEMENT)]
    erased = [_erased(line + 1, number) for number in range(len(STATEMENT), 0, -1)]
    joined: Change = {"range": _range((line, column), (line + 1, 0)), "text": ""}
    changes = [*typed, *erased, joined]
    return [changes[number % len(changes)] for number in range(EDITS // len(changes) * len(changes))]


def _behind(text: str, part: str) -> tuple[int, int]:
    """The end of a line in the middle that has `part` in it; from 0."""
    lines = text.splitlines()
    line = next(n for n in range(len(lines) // 2, len(lines)) if part in lines[n])
    return line, len(lines[line])


def _typed(line: int, column: int, text: str) -> Change:
    return {"range": _range((line, column), (line, column)), "text": text}


def _erased(line: int, column: int) -> Change:
    return {"range": _range((line, column - 1), (line, column)), "text": ""}


def _range(start: tuple[int, int], end: tuple[int, int]) -> dict[str, object]:
    return {name: {"line": at[0], "character": at[1]} for name, at in (("start", start), ("end", end))}


@dataclass(frozen=True)
class Measured:
    """Milliseconds of real time, and of the server's processor time, for each edit; `first` for the opening."""

    first: float
    times: list[float]
    processor: float


@dataclass(frozen=True)
class Server:
    """How to start it, and what to know when one reads its figures."""

    command: list[str]
    note: str = ""


def latency(
    command: list[str],
    folder: Path,
    text: str,
    changes: list[Change],
    seconds: float = math.inf,
    *,
    rest_first: bool = False,
) -> Measured:
    """Open the file and make the changes, each after the diagnostics of the one before.

    Args:
        command: Starts the server.
        folder: The workspace.
        text: That of the file.
        changes: What to do to it.
        seconds: How long the changes may take; if each takes as long as the first, the rest is sent in larger portions.
        rest_first: Wait with the first change until the server tells that all of the workspace has been examined.

    Raises:
        NoAnswerError: The server has not answered the opening or a change in time, or has ended.
    """
    client = PlainClient(command, folder, **(PROGRESS if rest_first else {"patience": PATIENCE}))
    try:
        start = time.perf_counter()
        client.open("api/index.py", text)
        client.diagnostics("api/index.py", 1)
        first = (time.perf_counter() - start) * 1000
        if rest_first:
            client.wait(_tells_the_end)
        times: list[float] = []
        before = client.processor_time()
        done, portion = 0, 1
        while done < len(changes):
            version = len(times) + 2
            start = time.perf_counter()
            client.change("api/index.py", version, changes[done : done + portion])
            client.diagnostics("api/index.py", version)
            taken = time.perf_counter() - start
            times.append(taken * 1000)
            done += portion
            if done == 1:
                portion = max(1, math.ceil((len(changes) - 1) / max(FEWEST - 1, seconds / taken)))
        return Measured(first, times, (client.processor_time() - before) * 1000 / len(times))
    finally:
        client.kill()


def _tells_the_end(message: dict[str, Any]) -> bool:
    """Whether a server's message is that of the end of its work."""
    return bool(message.get("params", {}).get("value", {}).get("kind") == "end")


def opening(modules: int) -> None:
    """Print when a workspace shows the open file's diagnostics, what it tells of the rest, and when all is known."""
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory).resolve()
        text = make_project(folder, 500, modules).replace("data/file.txt", "data/none.txt", 1)
        (folder / "api/index.py").write_text(text)
        client = PlainClient(VLINT, folder, **PROGRESS)
        try:
            ready, before = time.perf_counter(), client.processor_time()
            client.open("api/index.py", text)
            client.diagnostics("api/index.py", 1)
            first, processor = time.perf_counter(), client.processor_time() - before
            last = client.wait(_tells_the_end)
            end = time.perf_counter()
        finally:
            client.kill()
        told = [message for message in client.received if message.get("method") == "$/progress"]
        print(
            f"  opening {modules} modules: first diagnostics {(first - ready) * 1000:.0f} ms after the file is open"
            f" ({processor * 1000:.0f} ms of processor time; {(first - client.started) * 1000:.0f} ms after the start),"
            f" {len(told)} reports of progress, all known after {end - ready:.1f} s"
        )
        assert last


def memory(edits: int) -> None:
    """Print how much the server's memory grows by an hour's worth of edits."""
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory).resolve()
        text = make_project(folder, 500, 1)
        client = PlainClient(VLINT, folder)
        changes = code(text) + code_beside_paths(text)
        try:
            client.open("api/index.py", text)
            client.diagnostics("api/index.py", 1)
            sizes = []
            for number in range(edits):
                if number in (len(changes), edits // 2):
                    sizes.append(client.memory())
                client.change("api/index.py", number + 2, [changes[number % len(changes)]])
                client.diagnostics("api/index.py", number + 2)
            sizes.append(client.memory())
        finally:
            client.kill()
        start, middle, end = (size / 1e6 for size in sizes)
        print(
            f"  memory: {start:.1f} MB after {len(changes)} edits, {middle:.1f} MB after {edits // 2},"
            f" {end:.1f} MB after {edits}: grown by {end - start:.1f} MB"
        )


def report(name: str, measured: Measured, base: Measured | None = None, note: str = "") -> None:
    """Print a server's row, with how many times that of the `base` its median is."""
    count = len(measured.times)
    p50 = statistics.median(measured.times)
    p95 = statistics.quantiles(measured.times, n=20)[-1]
    slow = f"p95 {p95:7.2f}" if count >= 20 else f"max {max(measured.times):7.2f}"
    ratio = "" if base is None else f"   {p50 / statistics.median(base.times):6.1f} times vlint's"
    print(
        f"    {name:<12} open {measured.first:7.1f} ms   edit p50 {p50:7.2f}   {slow} of {count:3}"
        f"   processor {measured.processor:7.2f}{ratio}{note and f', {note}'}",
        flush=True,
    )


def others(environment: Path) -> dict[str, Server]:
    """The servers of other linters in a virtual environment; their waits for more typing are off where they can be."""
    place = environment / "bin"
    return {
        "ruff server": Server([str(place / "ruff"), "server"]),
        "fixit lsp": Server([str(place / "fixit"), "lsp", "--debounce-interval", "0"]),
        "pylsp": Server([str(place / "pylsp")], "500 ms of it a fixed wait for more typing"),
    }


def install(environment: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    packages = ["ruff", "fixit[lsp]", "python-lsp-server[all]"]
    subprocess.run([environment / "bin/python", "-m", "pip", "install", "-q", *packages], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=Path, help="measure the servers in this virtual environment too")
    parser.add_argument("--install", action="store_true", help="make that environment first")
    parser.add_argument("--modules", type=int, default=1_000, help="in the large workspace (1000)")
    parser.add_argument("--edits", type=int, default=10_000, help="after which memory is measured (10000)")
    parser.add_argument("--only", choices=("latency", "opening", "memory"), help="measure nothing else")
    parser.add_argument("--seconds", type=float, default=4, help="of edits, about, for each row of the others (4)")
    arguments = parser.parse_args()
    if arguments.install:
        install(arguments.others)
    servers = others(arguments.others) if arguments.others else {}
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    if arguments.only in (None, "latency"):
        for lines, modules in ((500, 1), (5_000, 1), (500, arguments.modules)):
            compare(lines, modules, servers, arguments.seconds)
    if arguments.only in (None, "opening"):
        opening(arguments.modules)
    if arguments.only in (None, "memory"):
        memory(arguments.edits)


def compare(lines: int, modules: int, servers: dict[str, Server], seconds: float) -> None:
    """Measure each kind of edit in vlint's server, and for so many seconds in the others.

    With many modules it is measured after they have been examined, and also while they are.
    """
    for kind in (spaces, code, code_beside_paths, code_beside_a_broken_statement, whole_lines):
        print(f"  a module of {lines} lines, {modules} in the workspace; {kind.__name__.replace('_', ' ')}")
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory).resolve()
            text = make_project(folder, lines, modules)
            base = latency(VLINT, folder, text, kind(text), rest_first=modules > 1)
            report("vlint", base)
            if modules > 1:
                report("at once", latency(VLINT, folder, text, kind(text)), note="while the rest is examined")
                continue
            for name, server in servers.items():
                try:
                    report(name, latency(server.command, folder, text, kind(text), seconds), base, server.note)
                except NoAnswerError as error:
                    print(f"    {name:<12} {error}", flush=True)


if __name__ == "__main__":
    main()
