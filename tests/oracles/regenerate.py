"""Writes what the platform does with entry point cases into their files.

`python -m tests.oracles.regenerate [TEXT...]`: the cases whose name has one of the texts, or all. With `--check`
nothing is written; the cases whose recorded truth is no longer true are printed, and the status is 1.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cases import all_cases, replace_sections
from tests.oracles.outcome import Outcome, read_outcome
from tests.oracles.platforms import PLATFORMS, Oracles

if TYPE_CHECKING:
    from tests.cases import Case

SILENT = "silent"
"""The folder of cases that fail for a reason which vlint does not know, or which the source does not hold."""

FOLDERS = (*(f"VL10{digit}" for digit in range(1, 10)), "VL405", "fails_on_import", "clean/entry_points", SILENT)
"""The folders whose cases the platform's own code judges."""


def judged_cases() -> list[Case]:
    """The cases that hold, or will hold, the platform's verdict."""
    return all_cases(*FOLDERS)


def truth(oracles: Oracles, case: Case, platform: str) -> list[Outcome]:
    """What the platform does with each function of a case."""
    with tempfile.TemporaryDirectory() as directory:
        root = case.write_project(Path(directory).resolve())
        return list(oracles.outcomes(root, platform))


def recorded(case: Case, platform: str) -> list[Outcome] | None:
    """What the case's file says that the platform does."""
    section = case.sections.get(f"runtime {platform}")
    return None if section is None else [read_outcome(line) for line in section.splitlines()]


def main() -> int:
    stale = 0
    texts = [argument for argument in sys.argv[1:] if argument != "--check"]
    with closing(Oracles()) as oracles:
        for case in judged_cases():
            if texts and not any(text in case.id for text in texts):
                continue
            text = case.path.read_text("utf-8")
            sections = {
                f"runtime {platform}": "".join(f"{outcome}\n" for outcome in truth(oracles, case, platform))
                for platform in PLATFORMS
            }
            updated = replace_sections(text, sections)
            if updated != text:
                stale += 1
                print(case.id)
                if "--check" not in sys.argv[1:]:
                    case.path.write_text(updated, "utf-8")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    raise SystemExit(main())
