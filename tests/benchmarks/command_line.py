"""How long `vlint` takes, beside linters that people know: start-up, and a whole run over a generated project.

`make benchmark` prints medians and ratios; nothing passes or fails by them. The others are installed into
`.cache/benchmarks`. They check other things, so a ratio says only whether vlint feels like one of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = REPOSITORY / ".cache" / "benchmarks" / "peers"
PEERS = ("ruff", "pyflakes", "flake8", "fixit")
HELPER = '''"""Prices."""

from __future__ import annotations

import json
from pathlib import Path

PRICES = Path(__file__).parent.parent / "data" / "prices.json"


def price(product: str) -> int:
    """The price of a product in cents."""
    with PRICES.open() as file:
        return int(json.load(file)[product])
'''
FUNCTION = '''"""Function number {number}."""

from __future__ import annotations

import json

from flask import Flask, request

from api._prices import price

app = Flask(__name__)

with open("data/prices.json", encoding="utf-8") as file:
    KNOWN = json.load(file)
'''
VIEW = '''

@app.get("/api/function{number}/view{view}")
def view{view}():
    """Answers with what was asked for, and what it costs."""
    wanted = request.args.get("product", "teapot")
    amounts = [int(item) for item in request.args.getlist("amount")] or [1]
    known = KNOWN
    if wanted not in known:
        return {{"error": f"no product {{wanted!r}}"}}, 404
    return {{"product": wanted, "cents": sum(price(wanted) * amount for amount in amounts)}}
'''


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--functions", type=int, default=300)
    options.add_argument("--views", type=int, default=20, help="views in each function, 11 lines each")
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    install_peers()
    with tempfile.TemporaryDirectory() as directory:
        project = Path(directory)
        lines = write_project(project, chosen.functions, chosen.views)
        vlint = str(Path(sys.executable).parent / "vlint")
        print("start-up: --version")
        compare(vlint, [["--version"]], project, chosen.runs)
        print("start-up: vlint --help, vlint rule")
        for arguments in (["--help"], ["rule"]):
            print(f"  vlint {arguments[0]:<12} {1000 * median([vlint, *arguments], project, chosen.runs):9.1f} ms")
        print(f"whole run: {chosen.functions} functions, {lines} lines")
        compare(vlint, [["--jobs", "1"], []], project, max(chosen.runs // 2, 1))


def install_peers() -> None:
    if not (ENVIRONMENT / ".ready").exists():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "-q", *PEERS], check=True)
        (ENVIRONMENT / ".ready").touch()


def write_project(project: Path, functions: int, views: int) -> int:
    for name in ("api", "data"):
        (project / name).mkdir()
    (project / "requirements.txt").write_text("flask\n")
    (project / "data" / "prices.json").write_text("{}\n")
    (project / "api" / "_prices.py").write_text(HELPER)
    lines = 0
    for number in range(functions):
        text = FUNCTION.format(number=number) + "".join(VIEW.format(number=number, view=view) for view in range(views))
        (project / "api" / f"function{number}.py").write_text(text)
        lines += text.count("\n")
    return lines


def compare(vlint: str, variants: list[list[str]], project: Path, runs: int) -> None:
    """Print the median of each variant of vlint and of each peer, and its ratio to the first."""
    peers = {
        "ruff": ["check", "--no-cache", "."],
        "pyflakes": ["."],
        "flake8": ["."],
        "fixit": ["lint", "."],
    }
    version = variants == [["--version"]]
    commands = {" ".join(["vlint", *arguments]): [vlint, *arguments] for arguments in variants}
    for name, arguments in peers.items():
        commands[name] = [str(ENVIRONMENT / "bin" / name), *(["--version"] if version else arguments)]
    first = None
    for name, command in commands.items():
        took = median(command, project, runs)
        first = first or took
        print(f"  {name:<18} {1000 * took:9.1f} ms   {took / first:6.2f} of vlint")


def median(command: list[str], directory: Path, runs: int) -> float:
    """The median time of a command in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(
            command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=os.environ
        )
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
