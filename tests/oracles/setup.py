"""Installs what the oracles run: `python tests/oracles/setup.py`.

The platform's Node packages and a Python 3.12 environment with the platform's runtime and the frameworks go to
`.cache/oracles/` at the root of the repository. Done once; a second run sees that nothing changed and returns at once.
With `--pin`, the newest versions of what requirements.in names are written to requirements.txt.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "oracles"
PYTHON_VERSION = "3.12"
"""The Python that both platforms use by default."""


def python() -> Path:
    """The interpreter of the oracles' environment, installed or not."""
    return CACHE / "python" / "bin" / "python"


def node_modules() -> Path:
    """Where the platform's Node packages are, installed or not."""
    return CACHE / "node_modules"


def missing() -> str | None:
    """Why the oracles cannot be run, or None."""
    if not python().exists():
        return "the oracles' Python environment is not there: run python tests/oracles/setup.py"
    if not node_modules().is_dir() or shutil.which("node") is None:
        return "the platform's Node packages are not there: run python tests/oracles/setup.py"
    return None


def main() -> int:
    if "--pin" in sys.argv[1:]:
        return pin()
    node = install_once("node", [HERE / "package.json", HERE / "package-lock.json"], install_node_packages)
    packages = install_once("python", [HERE / "requirements.txt"], install_python_packages)
    return 0 if node and packages else 1


def install_once(name: str, inputs: list[Path], install: object) -> bool:
    """Run `install` unless it has been done for just these inputs."""
    stamp = CACHE / f"{name}.stamp"
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return True
    CACHE.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    assert callable(install)
    problem = install()
    if problem:
        print(f"oracles: {problem}", file=sys.stderr)
        return False
    stamp.write_text(digest)
    return True


def install_node_packages() -> str | None:
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, CACHE / name)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=CACHE, check=True)
    return None


def install_python_packages() -> str | None:
    base = find_python()
    if base is None:
        return f"Python {PYTHON_VERSION} is not installed (looked on PATH and in pyenv)"
    shutil.rmtree(CACHE / "python", ignore_errors=True)
    subprocess.run([base, "-m", "venv", str(CACHE / "python")], check=True)
    pip = [str(python()), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=True)
    return None


def find_python() -> str | None:
    """An interpreter of version `PYTHON_VERSION`: this one, one on PATH, or one of pyenv's."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [
        sys.executable,
        shutil.which(f"python{PYTHON_VERSION}"),
        *sorted(map(str, pyenv.glob(f"{PYTHON_VERSION}.*/bin/python"))),
    ]
    return next((path for path in candidates if path and version_of(path) == PYTHON_VERSION), None)


def version_of(interpreter: str) -> str | None:
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([interpreter, "-c", program], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None


def pin() -> int:
    base = find_python()
    if base is None:
        return 1
    options = ["--dry-run", "--ignore-installed", "-q", "--disable-pip-version-check", "--report", "-"]
    report = subprocess.run(
        [base, "-m", "pip", "install", *options, "-r", str(HERE / "requirements.in")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    import json

    pins = sorted(
        f"{item['metadata']['name']}=={item['metadata']['version']}" for item in json.loads(report)["install"]
    )
    (HERE / "requirements.txt").write_text("# Written by setup.py --pin.\n" + "\n".join(pins) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
