"""Runs the linter over the units of one or more roots: in this process, or in several where that pays."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from vlint.linter import examine, open_project, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext
    from pathlib import Path

    from vlint.finding import Finding
    from vlint.project.project import Project
    from vlint.settings import Settings

WORTH_A_PROCESS = 100_000
"""Bytes of functions for each process; below that, starting one takes longer than the work it would save."""

MODULES_IN_MEMORY = 1000
"""Modules of a root that are kept with their trees (about 1 MB each); beyond, all are dropped, and parsed again where
they are needed. Functions that import more than half of this share them with one other at least."""

PIECES = 4
"""Pieces of work for each process, so that none waits long for the others at the end."""


@dataclass(frozen=True)
class Work:
    """A root to examine: all that a process needs to know, so it pickles. `overlay` is as in `vlint.lint`."""

    root: Path
    settings: Settings
    overlay: Mapping[str, str] = field(default_factory=dict)

    def open(self) -> Project:
        """The project, freshly opened."""
        return open_project(self.root, overlay=self.overlay, settings=self.settings)


@dataclass
class Examined:
    """What was found in a root: findings before suppressions, the files that were read, and what failed."""

    findings: set[Finding] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)

    def update(self, other: Examined) -> None:
        """Add what `other` holds."""
        self.findings |= other.findings
        self.read |= other.read
        self.failures += other.failures


def examine_units(project: Project, names: Iterable[str], done: Callable[[int], None]) -> Examined:
    """Examine the units `names`; `done` is told of each. A rule that fails does not keep the others."""
    examined = Examined()
    limit = 0
    for name in names:
        examined.findings.update(examine(project, name, lambda failure: examined.failures.append(str(failure))))
        record = project.recall(("findings", name))
        examined.read |= record.reads if record else set()
        limit = limit or max(MODULES_IN_MEMORY, 2 * len(project.latest))
        if len(project.latest) > limit:
            project.release("module")
            limit = 0
        done(1)
    return examined


def examine_all(
    works: Sequence[Work], projects: Sequence[Project], jobs: int | None, done: Callable[[int], None]
) -> list[Examined]:
    """Examine all units of every root; the outcome is the same with any number of processes."""
    processes = min(jobs or os.cpu_count() or 1, _size(projects) // WORTH_A_PROCESS)
    if processes < 2:
        return [examine_units(project, units(project), done) for project in projects]
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import active_children

    examined = [Examined() for _ in works]
    with ProcessPoolExecutor(processes, _context(), _end_when_interrupted) as executor:
        waiting: dict[Future[Examined], tuple[int, int]] = {}
        try:
            for index, (work, project) in enumerate(zip(works, projects, strict=True)):
                for piece in _pieces(units(project), processes * PIECES):
                    waiting[executor.submit(_examine_piece, work, piece)] = (index, len(piece))
            for future in as_completed(waiting):
                index, count = waiting[future]
                examined[index].update(future.result())
                done(count)
        except BaseException:
            for process in active_children():
                process.terminate()  # so that the executor ends before this process does: it writes to a closed pipe
            executor.shutdown(cancel_futures=True)
            raise
    for each in examined:
        each.failures.sort()
    return examined


def _context() -> BaseContext:
    """How processes are started: not by a fork of this one, which may have threads; from one that has all imported."""
    from multiprocessing import get_all_start_methods, get_context

    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    semantics = ["vlint.semantics.entry_points.entry_point", "vlint.semantics.files.files"]
    context.set_forkserver_preload(["vlint.cli.examining", *semantics])
    return context


def _end_when_interrupted() -> None:
    """Let an interruption end this process at once: nobody waits for what it does."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _examine_piece(work: Work, names: Sequence[str]) -> Examined:
    return examine_units(_opened(_Key(work)), names, lambda count: None)


class _Key:
    """A work that is equal to another of the same root, to keep its project from piece to piece."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def __hash__(self) -> int:
        return hash(self.work.root)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.work.root == other.work.root


@cache
def _opened(key: _Key) -> Project:
    return key.work.open()


def _pieces(names: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    """`names` in at most `count` runs: neighbours import the same modules."""
    size = -(-len(names) // count)
    for start in range(0, len(names), size):
        yield names[start : start + size]


def _size(projects: Iterable[Project]) -> int:
    """Bytes of all functions, without reading them."""
    size = 0
    for project in projects:
        for name in units(project)[1:]:
            try:
                size += (project.tree.root / name).stat().st_size
            except OSError:
                continue
    return size
