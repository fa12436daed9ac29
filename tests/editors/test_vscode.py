"""The VS Code extension: its logic by itself, and packed and installed in a real VS Code (see `browser/`)."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.editors.setup import BROWSER, CACHE, missing_for_vs_code
from tests.editors.shop import EDITORS, HERE, PROJECT, REPOSITORY
from vlint.settings import schema

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.proof

EXTENSION = EDITORS / "vscode"
SCREENSHOTS = CACHE / "screenshots"

FORMATS = {"win32-x64": b"MZ", "darwin-arm64": b"\xcf\xfa\xed\xfe\x0c\x00\x00\x01"}
"""How compiled files of a platform begin: PE, and Mach-O of 64 bits for ARM64."""


def run(*command: str, seconds: int, **variables: str) -> str:
    """Run a program to its end and return what it said; fails with that where it failed."""
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def vsix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension, packed by the one command; by one of the processes that run tests, for all of them."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    own = tmp_path_factory.getbasetemp()
    directory = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "vsix"
    directory.mkdir(exist_ok=True)
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(directory.glob("*.vsix")):
            run(sys.executable, str(EXTENSION / "pack.py"), "--output", str(directory), seconds=600)
    (packed,) = directory.glob("*.vsix")
    return packed


def python_extension(directory: Path) -> Path:
    """The stand-in for the Python extension, packed as an extension is: a ZIP file with a folder of that name."""
    packed = directory / "python.vsix"
    with zipfile.ZipFile(packed, "w") as file:
        for path in (HERE / "python_extension").iterdir():
            file.write(path, f"extension/{path.name}")
    return packed


def test_logic(vsix: Path) -> None:
    said = run("npm", "--prefix", str(EXTENSION), "test", seconds=300, VLINT_PYTHON=sys.executable)
    assert re.search(r"fail 0", said), said


@pytest.mark.parametrize(("script", "pictures"), [("end_to_end", 9), ("launching", 2), ("workspaces", 3)], ids=str)
def test_in_a_real_vs_code(script: str, pictures: int, vsix: Path, tmp_path: Path) -> None:
    reason = missing_for_vs_code()
    if reason is not None:
        pytest.skip(reason)
    screenshots = SCREENSHOTS / script
    shutil.rmtree(screenshots, ignore_errors=True)
    said = run(
        *("node", "--test", "--test-reporter=spec", str(HERE / "browser" / f"{script}.test.mjs")),
        seconds=1500,
        VLINT_BROWSER=str(BROWSER),
        VLINT_PROJECT=str(PROJECT),
        VLINT_PYTHON=sys.executable,
        VLINT_PYTHON_EXTENSION=str(python_extension(tmp_path)),
        VLINT_SCREENSHOTS=str(screenshots),
        VLINT_VSIX=str(vsix),
    )
    print(said)
    assert len(list(screenshots.glob("*.png"))) >= pictures


@pytest.mark.parametrize(
    ("target", "endings"),
    [("win32-x64", "cp3{}-win_amd64.pyd"), ("darwin-arm64", "cpython-3{}-darwin.so")],
)
def test_the_bundle_for_another_platform_has_its_compiled_parts(target: str, endings: str, tmp_path: Path) -> None:
    make = "import sys, pathlib, bundle; bundle.make(sys.argv[1], pathlib.Path(sys.argv[2]))"
    run(sys.executable, "-c", make, target, str(tmp_path), seconds=600, PYTHONPATH=str(EXTENSION))
    compiled = {path.name: path.read_bytes()[:8] for path in tmp_path.glob("libs/libcst/native.*")}
    assert sorted(compiled) == [f"native.{endings.format(minor)}" for minor in (10, 11, 12, 13, 14)]
    assert all(start.startswith(FORMATS[target]) for start in compiled.values())
    assert (tmp_path / "libs" / "lsp_server" / "server.py").exists()


def test_the_platforms_are_those_of_vlint() -> None:
    settings = json.loads((EXTENSION / "package.json").read_text())["contributes"]["configuration"]["properties"]
    assert settings["vlint.platform"]["enum"] == [None, *schema()["properties"]["platform"]["enum"]]


def test_the_problem_matcher_reads_what_vlint_prints() -> None:
    (matcher,) = json.loads((EXTENSION / "package.json").read_text())["contributes"]["problemMatchers"]
    pattern = matcher["pattern"]
    command = [sys.executable, "-m", "vlint", "--output-format", "concise", "--exit-zero", str(PROJECT)]
    lines = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.splitlines()
    found = [re.fullmatch(pattern["regexp"], line) for line in lines]
    assert len(found) >= 4
    for match in found:
        assert match is not None, lines
        assert match[pattern["file"]].startswith("tests/editors/project/")
        assert match[pattern["severity"]] in ("error", "warning", "info")
        assert match[pattern["code"]].startswith("VL")


def test_the_extension_has_vlints_version() -> None:
    from vlint import __version__

    assert json.loads((EXTENSION / "package.json").read_text())["version"] == __version__


def test_lock_files_name_no_registry() -> None:
    for lock in (EXTENSION / "package-lock.json", HERE / "browser" / "package-lock.json"):
        assert '"resolved"' not in lock.read_text()
