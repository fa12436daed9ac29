"""The workspace folders, each with its worker, and which of them a file belongs to."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from lsp_server.session import Session
from lsp_server.uris import relative
from lsp_server.worker import Worker
from vlint.project.roots import root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Workspace:
    """Workers by folder. A file outside of all folders gets a session for the root that it would belong to."""

    def __init__(
        self,
        after_work: Callable[[Session], None],
        failed: Callable[[BaseException], None],
        options: Callable[[PurePath], Mapping[str, Any]],
    ) -> None:
        """`options` gives the editor's settings for a folder."""
        self._after_work = after_work
        self._failed = failed
        self._options = options
        self._workers: dict[PurePath, Worker] = {}
        self._folders: set[PurePath] = set()

    def __iter__(self) -> Iterator[Worker]:
        return iter(self._workers.values())

    @property
    def directories(self) -> list[PurePath]:
        """The directories that have a worker."""
        return list(self._workers)

    def worker(self, path: PurePath) -> Worker | None:
        """The worker of the folder that `path` lies in, or None where there is none (yet)."""
        best = max(
            (d for d in self._workers if relative(path, d) is not None), key=lambda d: len(d.parts), default=None
        )
        return None if best is None else self._workers[best]

    def ensure(self, path: PurePath) -> Worker:
        """The worker for an open file; one is started for a file outside of all folders."""
        return self.worker(path) or self._start(root_of(Path(path)))

    def add(self, folder: PurePath) -> Worker:
        """Take in a workspace folder."""
        if folder not in self._folders:
            self._folders.add(folder)
            lonely = self._workers.pop(folder, None)
            if lonely is not None:
                lonely.stop()
        return self._workers.get(folder) or self._start(folder)

    def remove(self, folder: PurePath) -> Worker | None:
        """Let a workspace folder go, or the session of a file outside of all folders."""
        self._folders.discard(folder)
        worker = self._workers.pop(folder, None)
        if worker is not None:
            worker.stop()
        return worker

    def without_use(self, documents: Iterable[PurePath]) -> list[PurePath]:
        """The directories of sessions that are no workspace folder's and hold none of the open `documents`."""
        used = {id(self.worker(path)) for path in documents}
        return [d for d, worker in self._workers.items() if d not in self._folders and id(worker) not in used]

    def configure(self) -> None:
        """The editor's settings have changed."""
        for folder, worker in self._workers.items():
            worker.configure(self._options(folder))

    def restart(self) -> None:
        """Begin every session again."""
        folders = list(self._workers)
        self.stop()
        for folder in folders:
            self._start(folder)

    def stop(self) -> None:
        """End all threads."""
        for worker in self._workers.values():
            worker.stop()
        self._workers.clear()

    def _start(self, folder: PurePath) -> Worker:
        options = self._options(folder)
        nested = folder in self._folders
        worker = Worker(lambda: Session(Path(folder), options, nested=nested), self._after_work, self._failed)
        self._workers[folder] = worker
        return worker
