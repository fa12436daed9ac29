"""Writes what vlint finds into case files: `python -m tests.write_expected FOLDER...`, such as VL102 or clean.

To be read before it is committed, line by line: what vlint says today is not what it should say until somebody has
looked. Both platforms are written.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.cases import all_cases, describe, replace_sections
from vlint import lint
from vlint.platform import DEFAULT_PLATFORM, platform_names


def main() -> int:
    for case in all_cases(*sys.argv[1:]):
        sections = {}
        for platform in platform_names():
            with tempfile.TemporaryDirectory() as directory:
                findings = lint(case.write_project(Path(directory)), platform=platform)
            name = "expected" if platform == DEFAULT_PLATFORM else f"expected {platform}"
            sections[name] = "".join(f"{describe(finding)}\n" for finding in findings)
        text = case.path.read_text("utf-8")
        updated = replace_sections(text, sections)
        if updated != text:
            case.path.write_text(updated, "utf-8")
            print(case.id)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
