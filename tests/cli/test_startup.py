"""What help, version and the list of rules import: nothing heavy, so that they come at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "libcst",
    "lsprotocol",
    "pygls",
    "rich",
    "tomlkit",
    "packaging",
    "pathspec",
    "pip_requirements_parser",
    "asyncio",
    "multiprocessing",
)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["rule"], ["rule", "VL101"], ["rule", "--help"], ["--bad-option"]]
)
def test_nothing_heavy_is_imported(arguments, tmp_path) -> None:
    program = (
        "import sys\n"
        "from vlint.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stderr.splitlines()[-1] == "[]"


def test_importing_the_package_is_light(tmp_path) -> None:
    program = f"import sys, vlint\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "[]\n"
