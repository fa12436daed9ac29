"""A small project and a way to run the command line on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from vlint.cli import main

WORKS = "def app(environ, start_response):\n    start_response('200 OK', [])\n    return []\n"
UNUSED = "x = 1  # vlint: ignore[VL101]\n" + WORKS


@dataclass
class Run:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class Shell:
    """A working directory in which `vlint` is run, in this process."""

    def __init__(self, directory: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.directory = directory
        self._capfd = capfd

    def write(self, name: str, text: str | bytes) -> Path:
        place = self.directory / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return place

    def read(self, name: str) -> str:
        return (self.directory / name).read_bytes().decode()

    def run(self, *arguments: str) -> Run:
        try:
            status = main(arguments)
        except SystemExit as left:  # argparse leaves so after --help
            status = int(left.code or 0)
        out, err = self._capfd.readouterr()
        return Run(status, out, err)


@pytest.fixture
def shell(tmp_path, monkeypatch, capfd) -> Shell:
    """An empty directory, as the working directory, apart from any repository and from the caller's terminal."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return Shell(tmp_path, capfd)
