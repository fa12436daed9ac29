"""A real Neovim with the configuration of `editors/neovim`: sees a finding, applies its fix, saves."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.setup import newer_neovim
from tests.editors.shop import EDITORS, FIXED_LINE, HERE, SERVER, copy_shop, environment

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = 'require("vlint").setup({{ cmd = {command} }})'
BUILT_IN = 'vim.lsp.config("vlint", {{ cmd = {command} }}) vim.lsp.enable("vlint")'


@pytest.mark.parametrize(
    ("newer", "start"),
    [
        pytest.param(False, PLUGIN, id="Debian's with lua/vlint.lua"),
        pytest.param(True, PLUGIN, id="0.11 with lua/vlint.lua"),
        pytest.param(True, BUILT_IN, id="0.11 with lsp/vlint.lua"),
    ],
)
def test_a_finding_is_seen_fixed_and_saved(newer: bool, start: str, tmp_path: Path) -> None:
    nvim = str(newer_neovim()) if newer else "nvim"
    if shutil.which(nvim) is None:
        pytest.skip("this Neovim is not installed: run python tests/editors/setup.py")
    shop = copy_shop(tmp_path)
    command = "{" + ", ".join(json.dumps(word) for word in SERVER) + "}"
    init = tmp_path / "init.lua"
    init.write_text(
        f"vim.opt.runtimepath:prepend({json.dumps(str(EDITORS / 'neovim'))})\n{start.format(command=command)}\n"
    )
    done = subprocess.run(
        [nvim, "--headless", "-n", "-i", "NONE", "-u", str(init), "-c", f"luafile {HERE / 'neovim' / 'session.lua'}"],
        cwd=shop,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    saw = json.loads(done.stdout)
    assert saw["version"].startswith("v0.11" if newer else "v0.")
    assert saw["before"] == ["VL201"]
    assert (saw["line"], saw["column"], saw["text"]) == (6, 19, '"greeting.txt"')
    assert FIXED_LINE in (shop / "api" / "user.py").read_text()
    assert saw["saved"] == FIXED_LINE
