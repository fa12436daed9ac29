"""The reading of requirements files on 2026-08: the builder's own parser, then uv over the project that it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.manifests.oracle import Agreement, answers
from tests.project.manifests.requirement_lines import LINES
from tests.project.manifests.uv_runs import NOT_THERE, Uv, is_about_the_resolution, write_wheel
from vlint.platform import load_platform
from vlint.project.manifests import requirements_file
from vlint.project.project import Project
from vlint.project.tree import Tree

pytestmark = [pytest.mark.proof, pytest.mark.skipif(NOT_THERE is not None, reason=str(NOT_THERE))]

MORE = [
    "flask==3.0.3 \\\n    --hash=sha256:00\n",
    "git+https://example.com/flask",
    "git+https://example.com/flask@main",
    "https://example.com/flask-3.0.3.zip",
    "https://example.com/flask",
    "svn+https://example.com/flask#egg=flask",
    "flask @ hg+https://example.com/flask",
    "--index https://example.com/simple",
    "-ihttps://example.com/simple",
    "-e./package",
    "-e ./package[extra]",
    "-e https://example.com/flask.zip",
    "-e flask @ git+https://example.com/flask",
    "-f ./links",
    "-f file:///links",
    "flask --pre",
    "flask --hash=sha256:00 --config-settings=x",
    "flask -r other.txt",
    "--pypi-url https://example.com/simple",
    "-C a=b",
    "-c https://example.com/constraints.txt",
    "flask (>=1,)",
    "flask==1 ;",
    "flask#x",
    ".",
]


def project(root: Path, text: str) -> None:
    """A project with that text as its requirements."""
    (root / "package").mkdir(parents=True)
    (root / "package" / "pyproject.toml").write_text("[project]\nname = 'package'\nversion = '1'\n")
    (root / "other.txt").write_text("requests\n")
    write_wheel(root, "flask", "3.0.3")
    (root / "flask.tar.gz").write_bytes(b"")
    (root / "requirements.txt").write_text(text, encoding="utf-8", newline="")


def test_every_line_as_the_platform_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [text if text.endswith("\n") else f"{text}\n" for text in [*LINES, *MORE]]
    roots = [tmp_path / f"project{number}" for number in range(len(texts))]
    for root, text in zip(roots, texts, strict=True):
        project(root, text)
    questions = [{"root": str(root), "directory": ""} for root in roots]
    agreement = Agreement("requirement lines, vlint against the builder of 2026 and its uv")
    uv = Uv(tmp_path)
    (tmp_path / "wheels").mkdir()
    for root, text, answer in zip(roots, texts, answers("manifests_2026.cjs", questions), strict=True):
        found = requirements_file.read(Project(Tree(root), load_platform("2026-08")), "requirements.txt")
        assert found is not None
        by, why = "the builder's parser", answer.get("message")
        if why is None:
            (root / "pyproject.toml").write_text(answer["converted"], encoding="utf-8")
            by, why = "uv", uv.lock(root)
            if why is not None and is_about_the_resolution(why, root):
                why = None
        kind = f"{by} refuses" if why else "taken"
        agreement.add(kind, repr(text), bool(found.rejected), why is not None, f"{why} {found.rejected}")
    agreement.conclude(capsys)
