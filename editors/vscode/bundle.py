"""Puts vlint and what it needs into `bundled/`, for one platform: `python bundle.py [--target linux-x64]`.

All that vlint needs is pure Python, except libcst. Its wheels, one for each version of Python, differ only in one
compiled file whose name says which interpreter it is for; those files lie side by side in one folder, and each Python
takes its own.
"""

from __future__ import annotations

import argparse
import email
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
BUNDLED = HERE / "bundled"

VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
"""The versions of Python that can run the bundle."""

NATIVE = "libcst"
"""The one dependency that is compiled."""

LEFT_OUT = {"pyyaml", "pyyaml-ft"}
"""Declared by libcst for its code generator alone, which vlint does not use; they are compiled."""

PLATFORMS = {
    "linux-x64": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "alpine-x64": ("musllinux_1_2_x86_64",),
    "alpine-arm64": ("musllinux_1_2_aarch64",),
    "darwin-x64": ("macosx_11_0_x86_64", "macosx_10_13_x86_64", "macosx_10_12_x86_64"),
    "darwin-arm64": ("macosx_11_0_arm64",),
    "win32-x64": ("win_amd64",),
    "win32-arm64": ("win_arm64",),
}
"""VS Code's names of platforms, and the tags of the wheels that run there."""


def main() -> int:
    """Make the bundle for the platform that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=PLATFORMS, default=this_platform())
    make(parser.parse_args().target)
    return 0


def make(target: str, directory: Path = BUNDLED) -> None:
    """Make the bundle for a platform in a directory; what is in it is printed."""
    libraries, wheels = directory / "libs", directory / "wheel"
    for part in (libraries, wheels):
        shutil.rmtree(part, ignore_errors=True)
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(REPOSITORY))
    (wheel,) = wheels.glob("vlint-*.whl")
    install([str(wheel)], target, libraries)
    while missing := [needed for name, needed in requirements(libraries).items() if name not in installed(libraries)]:
        install(missing, target, libraries)
    add_compiled_files(target, libraries)
    for leftover in [libraries / "bin", *libraries.rglob("__pycache__"), *libraries.rglob("tests")]:
        shutil.rmtree(leftover, ignore_errors=True)
    print(f"bundled for {target}: {', '.join(sorted(installed(libraries)))}")


def this_platform() -> str:
    """VS Code's name of the platform that this runs on."""
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    if system == "linux" and platform.libc_ver()[0] != "glibc":
        system = "alpine"
    return f"{system}-{'arm64' if platform.machine().lower() in ('arm64', 'aarch64') else 'x64'}"


def pip(*arguments: str) -> None:
    """Run pip, and end with its words where it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"pip {' '.join(arguments)}\n{done.stdout}{done.stderr}")


def install(what: list[str], target: str, libraries: Path) -> None:
    """Put distributions into the bundle without what they need."""
    where = ["--target", str(libraries), "--upgrade", "--no-compile"]
    pip("install", "--no-deps", *where, *wheels_for(target, VERSIONS[0]), *what)


def wheels_for(target: str, version: str) -> list[str]:
    """The options that make pip take wheels for a platform and a version of Python."""
    tags = [word for tag in PLATFORMS[target] for word in ("--platform", tag)]
    return ["--only-binary", ":all:", "--python-version", version, "--implementation", "cp", *tags]


def installed(libraries: Path) -> set[str]:
    """The distributions in the bundle."""
    return {canonicalize_name(read(path)["Name"]) for path in libraries.glob("*.dist-info/METADATA")}


def requirements(libraries: Path) -> dict[str, str]:
    """What the distributions in the bundle need on any of the versions; pip itself would look at one alone."""
    needed: dict[str, SpecifierSet] = {}
    for path in libraries.glob("*.dist-info/METADATA"):
        for line in read(path).get_all("Requires-Dist", []):
            requirement = Requirement(line)
            name = canonicalize_name(requirement.name)
            if name not in LEFT_OUT and is_needed(requirement):
                needed[name] = needed.get(name, SpecifierSet()) & requirement.specifier
    return {name: f"{name}{specifier}" for name, specifier in sorted(needed.items())}


def is_needed(requirement: Requirement) -> bool:
    """Whether a requirement applies on any version of Python."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({"python_version": version, "python_full_version": f"{version}.0", "extra": ""})
        for version in VERSIONS
    )


def read(path: Path) -> email.message.Message:
    """A distribution's metadata."""
    return email.message_from_string(path.read_text(encoding="utf-8"))


def add_compiled_files(target: str, libraries: Path) -> None:
    """Put the compiled files of the wheels for the other versions beside the first one's."""
    (metadata,) = libraries.glob(f"{NATIVE}-*.dist-info/METADATA")
    release = f"{NATIVE}=={read(metadata)['Version']}"
    with tempfile.TemporaryDirectory() as directory:
        for version in VERSIONS[1:]:
            pip("download", "--no-deps", "--dest", directory, *wheels_for(target, version), release)
        for path in Path(directory).glob("*.whl"):
            with zipfile.ZipFile(path) as wheel:
                for name in wheel.namelist():
                    if name.endswith((".so", ".pyd")):
                        wheel.extract(name, libraries)


if __name__ == "__main__":
    raise SystemExit(main())
