"""How long diagnostics take after an edit, through stdio, beside the servers of other linters.

    python -m tests.benchmarks.lsp_latency [--others DIRECTORY]

`--others` names the directory of a virtual environment with `ruff`, `fixit` and `python-lsp-server[all]` in it (see
`--install`, which makes it). It prints milliseconds and, for the others, how many times vlint's time theirs is.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.lsp_client import PlainClient

EDITS = 200

VLINT = [sys.executable, "-m", "lsp_server"]

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


def edits(text: str) -> list[dict[str, object]]:
    """Characters typed and removed again inside a function in the middle, one change each."""
    lines = text.splitlines()
    middle = len(lines) // 2
    line = next(n for n in range(middle, len(lines)) if "values = {" in lines[n])
    found: list[dict[str, object]] = []
    column = len(lines[line])
    for number in range(EDITS):
        at = {"line": line, "character": column + number % 2}
        if number % 2 == 0:
            found.append({"range": {"start": at, "end": at}, "text": " "})
        else:
            before = {"line": line, "character": column}
            found.append({"range": {"start": before, "end": at}, "text": ""})
    return found


def latency(command: list[str], folder: Path, text: str) -> tuple[float, list[float]]:
    """Milliseconds to the first diagnostics after opening the file, and for each edit."""
    client = PlainClient(command, folder)
    try:
        start = time.perf_counter()
        client.open("api/index.py", text)
        client.diagnostics("api/index.py", 1)
        first = (time.perf_counter() - start) * 1000
        times = []
        for version, change in enumerate(edits(text), start=2):
            start = time.perf_counter()
            client.change("api/index.py", version, [change])
            client.diagnostics("api/index.py", version)
            times.append((time.perf_counter() - start) * 1000)
        return first, times
    finally:
        client.kill()


def report(name: str, first: float, times: list[float], base: float | None) -> float:
    p50 = statistics.median(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    ratio = "" if base is None else f"   {p50 / base:8.1f} times vlint's"
    print(f"  {name:<14} open {first:8.1f} ms   edit p50 {p50:8.2f}   p95 {p95:8.2f}{ratio}", flush=True)
    return p50


def others(environment: Path) -> dict[str, list[str]]:
    """The servers of other linters in a virtual environment; their waits for more typing are turned off."""
    place = environment / "bin"
    return {
        "ruff server": [str(place / "ruff"), "server"],
        "fixit lsp": [str(place / "fixit"), "lsp", "--debounce-interval", "0"],
        "pylsp": [str(place / "pylsp")],
    }


def install(environment: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    packages = ["ruff", "fixit[lsp]", "python-lsp-server[all]"]
    subprocess.run([environment / "bin/python", "-m", "pip", "install", "-q", *packages], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=Path, help="measure the servers in this virtual environment too")
    parser.add_argument("--install", action="store_true", help="make that environment first")
    arguments = parser.parse_args()
    if arguments.install:
        install(arguments.others)
    servers = others(arguments.others) if arguments.others else {}
    for lines, modules in ((500, 1), (5_000, 1), (500, 1_000)):
        print(f"a module of {lines} lines, {modules} in the workspace")
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory).resolve()
            text = make_project(folder, lines, modules)
            base = report("vlint", *latency(VLINT, folder, text), None)
            for name, command in servers.items():
                report(name, *latency(command, folder, text), base)


if __name__ == "__main__":
    main()
