"""Installs what the oracles run: `python tests/oracles/setup.py`.

The platform's Node packages and a Python 3.12 environment with the platform's runtime and the frameworks go to
`.cache/oracles/` at the root of the repository, and so does an environment for each framework that does not go together
with the others. Done once; a second run sees that nothing changed and returns at once.
With `--pin`, the newest versions of what requirements.in names are written to requirements.txt, and likewise in
environments/; names behind it (`--pin hug`) choose the environments.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "oracles"
PYTHON_VERSION = "3.12"
"""The Python that both platforms use by default."""


MAIN = "python"
"""The environment that holds the runtime and most frameworks; the others are named in environments/."""


def environments() -> dict[str, Path]:
    """The pinned requirements of each environment, by its name."""
    return {MAIN: HERE / "requirements.txt"} | {p.stem: p for p in sorted((HERE / "environments").glob("*.txt"))}


def python(environment: str = MAIN) -> Path:
    """The interpreter of one of the oracles' environments, installed or not."""
    return CACHE / environment / "bin" / "python"


def node_modules() -> Path:
    """Where the platform's Node packages are, installed or not."""
    return CACHE / "node_modules"


def missing(environment: str = MAIN) -> str | None:
    """Why the oracles cannot be run in an environment, or None."""
    if not python(environment).exists():
        return f"the oracles' environment {environment!r} is not there: run python tests/oracles/setup.py"
    if not node_modules().is_dir() or shutil.which("node") is None:
        return "the platform's Node packages are not there: run python tests/oracles/setup.py"
    return None


def main() -> int:
    if sys.argv[1:2] == ["--pin"]:
        return pin(sys.argv[2:])
    done = [install_once("node", [HERE / "package.json", HERE / "package-lock.json"], install_node_packages)]
    for name, requirements in environments().items():
        done.append(install_once(name, [requirements], partial(install_python_packages, name, requirements)))
    return 0 if all(done) else 1


def install_once(name: str, inputs: list[Path], install: Callable[[], str | None]) -> bool:
    """Run `install`, which returns what is amiss, unless it has been done for just these inputs."""
    stamp = CACHE / f"{name}.stamp"
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs)).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return True
    CACHE.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
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


def install_python_packages(environment: str, requirements: Path) -> str | None:
    base = find_python()
    if base is None:
        return f"Python {PYTHON_VERSION} is not installed (looked on PATH and in pyenv)"
    shutil.rmtree(CACHE / environment, ignore_errors=True)
    subprocess.run([base, "-m", "venv", str(CACHE / environment)], check=True)
    # What is not compiled here is compiled when it is imported; the frameworks hold far more than is.
    pip = [str(python(environment)), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    compiling = [] if environment == MAIN else ["--no-compile"]
    subprocess.run([*pip, *compiling, "-r", str(requirements)], check=True)
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


def pin(names: list[str]) -> int:
    base = find_python()
    if base is None:
        return 1
    wanted = {MAIN: HERE / "requirements.in"} | {p.stem: p for p in sorted((HERE / "environments").glob("*.in"))}
    for name in names or wanted:
        pins = newest(base, wanted[name])
        wanted[name].with_suffix(".txt").write_text("# Written by setup.py --pin.\n" + "\n".join(pins) + "\n")
    return 0


def newest(base: str, requirements: Path) -> list[str]:
    """The newest versions, on the Python at `base`, of what `requirements` names and of all it needs."""
    options = ["--dry-run", "--ignore-installed", "-q", "--disable-pip-version-check", "--report", "-"]
    command = [base, "-m", "pip", "install", *options, "-r", str(requirements)]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return sorted(f"{item['metadata']['name']}=={item['metadata']['version']}" for item in report["install"])


if __name__ == "__main__":
    raise SystemExit(main())
