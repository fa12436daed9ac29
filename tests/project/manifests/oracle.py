"""The frame of the tests that hold vlint against the platform's own reading of manifests."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.oracles.setup import HERE, node_modules

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

    from tests.project.manifests.layouts import Layout


def write_layouts(layouts: Iterable[Layout], directory: Path) -> list[Path]:
    """Each layout as a project of its own below `directory`, with a function where it is said to be."""
    roots = []
    for number, (_, files, function) in enumerate(layouts):
        root = directory / f"layout{number}"
        for name, text in {**files, f"{function}/index.py".lstrip("/"): "app = 1\n"}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8", newline="")
        roots.append(root)
    return roots


def answers(program: str, questions: list[dict[str, str]], **environment: str) -> list[dict[str, Any]]:
    """What a program beside the oracles answers to a list of questions."""
    run = subprocess.run(
        ["node", str(HERE / program)],
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NODE_PATH": str(node_modules()), **environment},
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


@dataclass
class Agreement:
    """How often both say the same, by the kind of answer."""

    title: str
    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, kind: str, name: str, said: object, true: object, more: str = "") -> None:
        """Compare what vlint said with what is true."""
        self.counts[f"{kind:34}{'same' if said == true else 'DIFFERENT'}"] += 1
        if said != true:
            self.differences.append(f"{name}: vlint {said}, the platform {true} {more}")

    def conclude(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Print the table, and fail if anything differs."""
        with capsys.disabled():
            print(f"\n{self.title}: {self.counts.total()}")
            for row, count in sorted(self.counts.items()):
                print(f"  {row:46}{count:4}")
        assert not self.differences, "\n".join(self.differences)
