"""No warning of CPython about the code that is checked reaches the user."""

from __future__ import annotations

import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING

import libcst as cst
import pytest

from vlint.syntax.quiet import no_warnings, string_value

if TYPE_CHECKING:
    from pathlib import Path

ESCAPES = r"""
from http.server import BaseHTTPRequestHandler
PATTERN = "\d+\.html"
open("data\q.txt")
open(b"\400\w")
if PATTERN is "x": pass; PATTERN = ("\z")
class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        open("\y.txt" + f"\w{PATTERN}")
"""


@pytest.mark.parametrize("literal", [r'"\d"', r'"\q\n\400"', r'b"\d\400"', r'r"\d"', '"plain"', r'u"\u00e9\w"'])
def test_a_literal_has_its_value_and_warns_of_nothing(literal: str) -> None:
    node = cst.parse_expression(literal)
    assert isinstance(node, cst.SimpleString)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = node.evaluated_value
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert string_value(node) == expected


def test_filters_are_restored_whichever_threads_work_at_once() -> None:
    before = list(warnings.filters)
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        for _ in range(200):
            with no_warnings():
                compile('"\\d"', "<module>", "eval")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(warnings.filters) == before


def test_the_command_line_prints_no_warning(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "index.py").write_text(ESCAPES)
    command = [sys.executable, "-W", "always", "-m", "vlint", "--output-format", "concise", "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "VL20" in done.stdout
    assert "Warning" not in done.stdout + done.stderr
