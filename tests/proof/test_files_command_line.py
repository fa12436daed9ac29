"""`--fix` and `--diff` over every case about files, as a user runs them: on bytes of all kinds, twice, and with Git."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cases import all_cases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDERS = ("VL201", "VL202", "VL203", "VL204", "VL205")
EXTRA = {
    "two on one line": "open('../data/file.txt').read(); open('../data/file.txt').read() or open('file.md').read()",
    "nested": "open(open('../data/name.txt').read() or '../data/file.txt').read(), open('../data/file.txt').read()",
    "one constant twice": "PATH = '../data/file.txt'\nopen(PATH).read()\nopen(PATH, 'rb').read()",
    "read and written": "PATH = 'cache.json'\nopen(PATH, 'w').close()\nopen(PATH).read()",
    "in another": "open(open(join('..', 'data', 'name.txt')).read().join(['../data/file.txt'])).read()",
}
HEADER = "# é ü 漢字 🐍\n"
BEFORE = "'é🐍'; "
"""Put in front of calls of `open`, so that columns count characters and neither bytes nor UTF-16."""


def programs() -> dict[str, dict[str, str]]:
    """The files of each project, by a folder's name."""
    found = {case.id: case.files for case in all_cases(*FOLDERS)}
    data = {"data/file.txt": "x\n", "data/name.txt": "", "data/file.md": "x\n"}
    header = "from os.path import join\n\n\ndef app(environ, start_response):\n    return []\n\n\n"
    return found | {f"extra/{n}": {**data, "api/user.py": f"{header}{code}\n"} for n, code in EXTRA.items()}


def plain(text: str) -> bytes:
    return text.encode()


def strange(text: str) -> bytes:
    """The same module with all that makes edits hard: CRLF, tabs, no newline at the end, characters of any width."""
    tabs = re.sub(r"^(?: {4})+", lambda match: "\t" * (len(match[0]) // 4), text, flags=re.MULTILINE)
    wide = re.sub(r"^(\t*)(?=open\()", rf"\1{BEFORE}", tabs, flags=re.MULTILINE)
    return (HEADER + wide).rstrip("\n").replace("\n", "\r\n").encode()


def restored(content: bytes) -> bytes:
    """What `strange` made strange, as it was."""
    text = content.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith(HEADER.replace("\n", "\r\n"))
    lines = text.replace("\r\n", "\n").removeprefix(HEADER).replace(BEFORE, "")
    return (re.sub(r"^\t+", lambda match: "    " * len(match[0]), lines, flags=re.MULTILINE) + "\n").encode()


def write(root: Path, way: Callable[[str], bytes]) -> None:
    for name, files in programs().items():
        for path, text in files.items():
            place = root / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(way(text) if path.endswith(".py") and text.strip() else text.encode())


def run(root: Path, *options: str) -> bytes:
    command = [sys.executable, "-m", "vlint", *options, "--unsafe-fixes", "--select", "VL2", *programs()]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout


def findings(root: Path) -> list[dict]:
    return json.loads(run(root, "--output-format", "json"))


def modules(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.py"))}


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The modules after `--fix`, from projects that are written in a plain way."""
    root = tmp_path_factory.mktemp("plain")
    write(root, plain)
    run(root, "--fix")
    return modules(root)


@pytest.mark.proof
@pytest.mark.parametrize("way", [plain, strange])
def test_fixing_every_case(way: Callable[[str], bytes], fixed: dict[str, bytes], tmp_path: Path) -> None:
    root, other = tmp_path / "fixed", tmp_path / "patched"
    write(root, way)
    shutil.copytree(root, other)
    before, found = modules(root), findings(root)

    difference = run(root, "--diff")
    assert modules(root) == before
    run(root, "--fix")
    after = modules(root)

    changed = {path for path in after if after[path] != before[path]}
    assert changed == {edit["path"] for finding in found if finding["fix"] for edit in finding["fix"]["edits"]}
    assert len(changed) >= 130
    for path in changed:
        compile(after[path], path, "exec")
    git = ["git", "apply", "--whitespace=nowarn"]
    subprocess.run([*git, "--check", "-"], input=difference, cwd=other, check=True)
    subprocess.run([*git, "-"], input=difference, cwd=other, check=True)
    assert modules(other) == after

    left = findings(root)
    assert not [finding for finding in left if finding["fix"]]
    assert len(left) == len([finding for finding in found if not finding["fix"]])
    run(root, "--fix")
    assert modules(root) == after
    if way is strange:
        assert {path: restored(after[path]) for path in changed} == {path: fixed[path] for path in changed}
