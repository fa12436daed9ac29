"""A real Emacs with both configurations of `editors/emacs`: sees a finding, applies its fix, saves."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.shop import EDITORS, FIXED_LINE, HERE, SERVER, copy_shop, environment

if TYPE_CHECKING:
    from pathlib import Path

CLIENTS = {"eglot": "eglot", "lsp": "lsp-mode"}


def has_package(name: str) -> bool:
    """Whether Emacs is there, with a package."""
    if shutil.which("emacs") is None:
        return False
    look = f'(progn (package-initialize) (unless (locate-library "{name}") (kill-emacs 1)))'
    return subprocess.run(["emacs", "--batch", "--eval", look], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("client", CLIENTS)
def test_a_finding_is_seen_fixed_and_saved(client: str, tmp_path: Path) -> None:
    if not has_package(CLIENTS[client]):
        pytest.skip(f"Emacs with {CLIENTS[client]} is not installed: run python tests/editors/setup.py")
    shop = copy_shop(tmp_path)
    done = subprocess.run(
        [
            *("emacs", "--batch", "-L", str(EDITORS / "emacs"), "--eval", "(package-initialize)"),
            *("-l", str(HERE / "emacs" / "session.el"), client, *SERVER),
        ],
        cwd=shop,
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    saw = json.loads(done.stdout.splitlines()[-1])
    assert "'greeting.txt' is looked for from the project root" in saw["message"]
    assert "api/greeting.txt" in saw["title"]
    assert FIXED_LINE in (shop / "api" / "user.py").read_text()
