"""The project that editors open in the tests, and the server that they run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
EDITORS = REPOSITORY / "editors"
PROJECT = HERE / "project"

SERVER = [sys.executable, "-m", "vlint", "server"]

FIXED_LINE = '        with open("api/greeting.txt") as file:'
"""What a line of `api/user.py` is when its finding has been fixed."""


def copy_shop(directory: Path) -> Path:
    """A copy of the project under `directory`, as a Git repository: by that some editors know a project."""
    shop = directory / "shop"
    shutil.copytree(PROJECT, shop)
    subprocess.run(["git", "init", "-q", str(shop)], check=True)
    return shop


def environment(home: Path) -> dict[str, str]:
    """The environment in which `SERVER` finds this vlint, and editors find no settings of the user's."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
