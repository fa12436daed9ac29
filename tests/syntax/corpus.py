"""Real modules to prove the syntax on: the standard library's and those of the installed packages."""

from __future__ import annotations

import sysconfig
from functools import cache
from pathlib import Path


@cache
def corpus() -> tuple[Path, ...]:
    """Every Python file of this interpreter's library folders, in a stable order."""
    roots = {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    return tuple(sorted({path for root in roots for path in root.rglob("*.py") if path.is_file()}))


def share(items: tuple[Path, ...], index: int, of: int) -> tuple[Path, ...]:
    """Every `of`-th item from `index`: how a long proof is spread over several tests."""
    return items[index::of]
