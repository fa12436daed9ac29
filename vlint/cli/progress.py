"""A progress bar on standard error, where that is a terminal and the run is long."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

PATIENCE = 0.5
"""Seconds after which a bar is shown; a short run shows none."""


@contextmanager
def progress(total: int, *, wanted: bool) -> Iterator[Callable[[int], None]]:
    """What is to be called with the number of units done; draws a bar of `total` units if that takes long."""
    if not wanted or not sys.stderr.isatty():
        yield lambda count: None
        return
    bar = _Bar(total)
    try:
        yield bar.advance
    finally:
        bar.close()


class _Bar:
    """A bar that is drawn from `PATIENCE` seconds on."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._start = time.monotonic()
        self._drawn: Progress | None = None

    def advance(self, count: int) -> None:
        """Count `count` units as done."""
        self._done += count
        if self._drawn is None and time.monotonic() - self._start > PATIENCE:
            self._drawn = self._open()
        if self._drawn is not None:
            self._drawn.update(self._drawn.task_ids[0], completed=self._done)

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._drawn is not None:
            self._drawn.stop()

    def _open(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        drawn = Progress(
            TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True
        )
        drawn.add_task("Checking", total=self._total)
        drawn.start()
        return drawn
