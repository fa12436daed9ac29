"""The reading of requirements files against pip's own parser: the same lines accepted, the same refused."""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.project.manifests.requirement_lines import LINES
from vlint.platform import load_platform
from vlint.project.manifests import requirements_file
from vlint.project.project import Project
from vlint.project.tree import Tree

pytestmark = pytest.mark.proof


def pip_reading(root: Path) -> list[str] | Exception:
    """The names that pip would install (in the order of the file), or why it stops."""
    constructors = pytest.importorskip("pip._internal.req.constructors")
    req_file = pytest.importorskip("pip._internal.req.req_file")
    from pip._internal.network.session import PipSession

    names = []
    session = PipSession()
    with contextlib.chdir(root) if hasattr(contextlib, "chdir") else _inside(root):
        try:
            for parsed in req_file.parse_requirements("requirements.txt", session=session):
                requirement = constructors.install_req_from_parsed_requirement(parsed)
                link = requirement.link
                if link and link.is_file and root in Path(link.file_path).parents and not Path(link.file_path).exists():
                    return FileNotFoundError(link.file_path)  # as `pip install` does, a step later
                if not parsed.constraint:
                    names.append(canonicalize_name(requirement.req.name) if requirement.req else "")
        except (Exception, SystemExit) as error:  # pip's exceptions have no common base, and options exit
            return error if isinstance(error, Exception) else RuntimeError(str(error))
    return names


def pip_column(error: Exception, line: str) -> int | None:
    """The column (from 1) of `line` that pip's message marks; None where it marks none.

    pip shows the part that it parsed: the marker alone, or the extras behind the word "placeholder".
    """
    shown = re.search(r"\n    (.*)\n    ( *)[~^]", str(error))
    if not shown:
        return None
    text, index = shown[1], len(shown[2])
    if text.startswith("placeholder"):
        text, index = text.removeprefix("placeholder"), index - len("placeholder")
    return line.find(text) + index + 1


@contextlib.contextmanager
def _inside(root: Path):
    before = Path.cwd()
    os.chdir(root)
    try:
        yield
    finally:
        os.chdir(before)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "pyproject.toml").write_text("[project]\nname = 'package'\nversion = '1'\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'app'\nversion = '1'\n")
    (tmp_path / "other.txt").write_text("requests\n")
    for name in ("flask-3.0.3-py3-none-any.whl", "flask.tar.gz"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def test_every_line_as_pip_reads_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(LINES) >= 150
    table: Counter[str] = Counter()
    differences = []
    for line in LINES:
        (root / "requirements.txt").write_text(f"{line}\n", encoding="utf-8", newline="")
        expected = pip_reading(root)
        found = requirements_file.read(Project(Tree(root), load_platform()), "requirements.txt")
        assert found is not None
        if isinstance(expected, Exception):
            agrees = bool(found.rejected)
            column = pip_column(expected, line)
            if agrees and column is not None and "\n" not in line and line == line.strip():
                starts = {problem.location.range.start.column for problem in found.rejected}
                table["  of these, pip shows a place, and vlint's is the same"] += column in starts
                table["  of these, pip shows a place, and vlint's is another"] += column not in starts
            table["pip refuses, vlint refuses" if agrees else "pip refuses, vlint is silent"] += 1
        else:
            names = [requirement.name for requirement in found.requirements if not requirement.constrains]
            agrees = not found.rejected and (sorted(names) == sorted(filter(None, expected)) or not found.complete)
            table["pip takes it, vlint takes it" if agrees else "pip takes it, vlint does not"] += 1
        if not agrees:
            differences.append((line, expected, found.rejected, found.requirements))
    with capsys.disabled():
        print(f"\nrequirement lines, vlint against pip: {len(LINES)}")
        for row, count in sorted(table.items()):
            print(f"  {row:58} {count:4}")
    assert not differences, "\n".join(map(repr, differences))
