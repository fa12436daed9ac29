"""Neovim, with its own language client: opens a project, sees diagnostics, applies a fix and saves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.lsp_server.conftest import SERVER

SCRIPT = Path(__file__).with_name("neovim.lua")


@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")
def test_neovim(tmp_path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    pipfile = project / "Pipfile"
    pipfile.write_text('[requires]\npython_version = "3.11"\n')
    environment = {
        **os.environ,
        "VLINT_TEST_ROOT": str(project),
        "VLINT_TEST_COMMAND": json.dumps(SERVER),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "HOME": str(tmp_path),
    }
    command = ["nvim", "--headless", "-n", "-u", "NONE", "-c", f"luafile {SCRIPT}"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    seen = json.loads(run.stdout)
    assert (seen["found"], seen["fixed"]) == (True, True), run.stderr
    assert "VL301" in seen["before"]
    assert "VL301" not in seen["after"]
    assert seen["action"].startswith("Write")
    assert pipfile.read_text() == '[requires]\npython_version = "3.12"\n'
