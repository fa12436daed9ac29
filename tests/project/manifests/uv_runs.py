"""uv as the builder of 2026 calls it, with nothing but wheels that are made here, and without a network."""

from __future__ import annotations

import os
import subprocess
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.oracles.setup import missing, python

PYTHON = python("uv")
UV = PYTHON.with_name("uv")
NOT_THERE = missing() or missing("uv")
_RESOLUTION = (
    "No solution found when resolving dependencies",
    "Network connectivity is disabled",
    "Git operation failed",
)


def write_wheel(directory: Path, name: str, version: str = "1.0", *requires: str) -> Path:
    """A wheel with one empty module."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}-{version}-py3-none-any.whl"
    folder = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {line}\n" for line in requires)
    files = {
        f"{name}.py": "",
        f"{folder}/METADATA": metadata,
        f"{folder}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{folder}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{folder}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return path


@dataclass
class Uv:
    """A directory with what uv needs: its cache, a virtual environment, and wheels to find."""

    directory: Path

    @cached_property
    def environment(self) -> dict[str, str]:
        venv = self.directory / "venv"
        variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))},
            "UV_FIND_LINKS": str(self.directory / "wheels"),
            "UV_NO_INDEX": "1",
            "UV_OFFLINE": "1",
            "UV_CACHE_DIR": str(self.directory / "cache"),
            "UV_PYTHON_DOWNLOADS": "never",
            "VIRTUAL_ENV": str(venv),
        }
        subprocess.run([UV, "venv", "-q", "--no-project", "--python", PYTHON, venv], check=True, env=variables)
        return variables

    def run(self, root: Path, *arguments: str) -> str | None:
        """What uv says where it fails in `root`; None where it does not."""
        found = subprocess.run(
            [UV, *arguments], cwd=root, env=self.environment, capture_output=True, text=True, check=False
        )
        return " ".join(found.stderr.split()) if found.returncode else None

    def lock(self, root: Path) -> str | None:
        """As the builder makes a lock where the project has none."""
        return self.run(root, "lock", "--python", f"{self.environment['VIRTUAL_ENV']}/bin/python")

    def sync(self, root: Path, *, frozen: bool) -> str | None:
        """As the builder installs."""
        options = ["sync", "--active", "--no-dev", "--link-mode", "hardlink", "--frozen" if frozen else "--locked"]
        return self.run(root, *options, "--no-editable")

    def installed(self) -> set[str]:
        """The distributions in the environment, by their names."""
        packages = Path(self.environment["VIRTUAL_ENV"]) / "lib" / "python3.12" / "site-packages"
        return {path.name.partition("-")[0] for path in packages.glob("*.dist-info")}


def is_about_the_resolution(message: str, root: Path) -> bool:
    """Whether uv understood everything and only did not find it: on an index, or outside of the project."""
    outside = "Distribution not found at: file:" in message and f"file://{root}/" not in message
    return outside or any(phrase in message for phrase in _RESOLUTION)
