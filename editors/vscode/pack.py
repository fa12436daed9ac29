"""Packs the extension with the server in it: `python editors/vscode/pack.py [--target linux-x64] [--output dist]`.

Needs Node.js 20 or later with npm. What Node needs is installed where it is not there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

import bundle

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Pack it; the file's name is printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", choices=bundle.PLATFORMS, default=bundle.this_platform())
    parser.add_argument("--output", type=Path, default=bundle.REPOSITORY / "dist", help="a directory")
    options = parser.parse_args()
    output = options.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    if not (HERE / "node_modules" / ".package-lock.json").exists():
        npm("ci", "--no-audit", "--no-fund")
    bundle.make(options.target)
    # The icon and the pictures of the README travel in the package, so links to them stay as they are.
    links = ["--no-rewrite-relative-links", "--allow-missing-repository"]
    npm("exec", "--", "vsce", "package", "--target", options.target, *links, "--out", str(output))
    return 0


def npm(*arguments: str) -> None:
    """Run npm in the extension's folder."""
    program = shutil.which("npm")
    if program is None:
        raise SystemExit("npm is needed to pack the extension: install Node.js 20 or later")
    subprocess.run([program, *arguments], cwd=HERE, check=True)


if __name__ == "__main__":
    raise SystemExit(main())
