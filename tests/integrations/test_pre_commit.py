"""The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself against a sample repository.

pre-commit and the hook's own environment are installed from the package index into directories of the test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent.parent
SHIPPED = ("vlint", "lsp_server", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")

pytestmark = pytest.mark.proof


def git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=directory, check=True, capture_output=True)


@pytest.fixture(scope="module")
def pre_commit(tmp_path_factory) -> Path:
    """pre-commit, in an environment of its own."""
    place = tmp_path_factory.mktemp("pre-commit")
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    program = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [program / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "pre-commit>=4"]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pre-commit cannot be installed: {done.stderr.splitlines()[-1:]}")
    return program / "pre-commit"


@pytest.fixture(scope="module")
def hooks(tmp_path_factory) -> Path:
    """A repository with the package and its hooks as they are in the working tree."""
    place = tmp_path_factory.mktemp("hooks")
    for name in SHIPPED:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    git(place, "init", "-q")
    git(place, "add", ".")
    git(place, "commit", "-qm", "The package")
    return place


@pytest.fixture
def sample(tmp_path) -> Path:
    """A repository whose functions go wrong."""
    place = tmp_path / "sample"
    (place / "api").mkdir(parents=True)
    (place / "api" / "hook.py").write_text("def handler(event, context):\n    return None\n")
    (place / "api" / "works.py").write_text(
        "def app(environ, start_response):\n    start_response('200 OK', [])\n    return []  # vlint: ignore[VL101]\n"
    )
    (place / "setup.py").write_text("open('absent.txt')\n")
    git(place, "init", "-q")
    git(place, "add", ".")
    return place


def try_repo(pre_commit: Path, hooks: Path, sample: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PRE_COMMIT_HOME": str(hooks.parent / "pre-commit-home"), "PRE_COMMIT_COLOR": "never"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        [pre_commit, "try-repo", hooks, *arguments],
        cwd=sample,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_hook_reports_and_fails(pre_commit, hooks, sample) -> None:
    done = try_repo(pre_commit, hooks, sample, "vlint", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "error[VL102]" in done.stdout
    assert "api/hook.py:1:5" in done.stdout
    assert "setup.py" not in done.stdout


def test_the_hook_passes_where_nothing_is_wrong(pre_commit, hooks, sample) -> None:
    done = try_repo(pre_commit, hooks, sample, "vlint", "--files", "setup.py", "api/works.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_the_fixing_hook_mends_and_says_so(pre_commit, hooks, sample) -> None:
    done = try_repo(pre_commit, hooks, sample, "vlint-fix", "--files", "api/works.py")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert (
        sample / "api" / "works.py"
    ).read_text() == "def app(environ, start_response):\n    start_response('200 OK', [])\n    return []\n"
