"""Calls of a function that opens its parameter: found again where the module that makes them is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.linter import examine, open_project

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "from flask import Flask\nfrom helper import read\napp = Flask(__name__)\n\ndef one():\n    return read('{}')\n"


def test_callers_are_found_again_after_an_edit(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.txt").write_text("x")
    (tmp_path / "requirements.txt").write_text("flask\n")
    (tmp_path / "helper.py").write_text("def read(path):\n    return open(path).read()\n")
    (tmp_path / "api/index.py").write_text(INDEX.format("data/x.txt"))
    project = open_project(tmp_path)
    assert examine(project, "api/index.py") == ()

    project.tree.set_overlay("api/index.py", INDEX.format("../data/x.txt"))

    assert [finding.code for finding in examine(project, "api/index.py")] == ["VL201"]
