"""The thread in which a session works, so that nothing it does keeps the server from reading messages.

What happens in the editor is put into an inbox and taken in before each piece of work: of several texts of one document
only the newest is looked at, and work that it overtakes is not begun, or is given up.
"""

from __future__ import annotations

import gc
import math
import threading
import time
from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import PurePath

    from lsp_server.session import Session

T = TypeVar("T")

REST = 0.15
"""Seconds after an edit in which only what concerns open documents is examined: the next is met by an idle thread."""

PATIENCE = 1.0
"""Seconds for which what comes may put off what concerns an open document: under steady typing it has its turn, too."""

FIRST_DOCUMENT = 0.1
"""Seconds for which the first piece of work waits for an open document, which comes first if there is one."""


class Worker:
    """A session and its thread. Every method may be called from any thread."""

    def __init__(
        self,
        open_session: Callable[[], Session],
        after_work: Callable[[Session], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Start the thread.

        Args:
            open_session: Makes the session, in the thread.
            after_work: Called in the thread after each piece of work, with what may be shown now.
            failed: Called in the thread with what went wrong; the thread goes on.
        """
        self._open_session = open_session
        self._after_work = after_work
        self._failed = failed
        self._texts: dict[PurePath, str | None] = {}
        self._changed: set[PurePath] = set()
        self._options: Mapping[str, Any] | None = None
        self._requests: deque[_Request] = deque()
        self._wake = threading.Condition()
        self._arrived = 0
        """Counts what has come, taken in or not."""
        self._put_off_since: float | None = None
        self._last_edit = -math.inf
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="vlint session", daemon=True)
        self._thread.start()

    def edit(self, path: PurePath, text: str | None) -> None:
        """The editor shows `text` for the file `path`; None: no longer. It may have changed on disk with that."""
        with self._wake:
            self._texts.pop(path, None)
            self._texts[path] = text
            if text is None:
                self._changed.add(path)
            self._last_edit = time.monotonic()
            self._notify()

    def changed(self, paths: set[PurePath]) -> None:
        """Files changed on disk."""
        with self._wake:
            self._changed |= paths
            self._notify()

    def configure(self, options: Mapping[str, Any]) -> None:
        """The editor's settings are these now."""
        with self._wake:
            self._options = options
            self._notify()

    def overtaken(self, path: PurePath) -> bool:
        """Whether a newer text of the file `path` has come that the session has not seen."""
        with self._wake:
            return path in self._texts

    def ask(
        self, question: Callable[[Session], T], *, settled: PurePath | None = None, idle: bool = False
    ) -> Future[T]:
        """Have a question answered by the session, after everything that has happened so far.

        The answer is cancelled where the session has ended, or ends before.

        Args:
            question: Called in the session's thread.
            settled: Wait until all is known about this file.
            idle: Wait until nothing is left to examine.
        """
        request = _Request(question, settled, idle)
        with self._wake:
            if self._stopped:
                request.future.cancel()
            else:
                self._requests.append(request)
            self._notify()
        return request.future

    def stop(self) -> None:
        """End the thread after its present piece of work; what was asked and not answered is cancelled."""
        with self._wake:
            self._stopped = True
            self._notify()

    def _notify(self) -> None:
        self._arrived += 1
        self._wake.notify()

    def join(self) -> None:
        """Wait for the end of the thread."""
        self._thread.join()

    def _run(self) -> None:
        try:
            session = self._open_session()
        except Exception as error:
            self._failed(error)
            self.stop()
        with self._wake:
            self._wake.wait_for(lambda: self._has_mail, FIRST_DOCUMENT)
        busy, frozen = True, False
        while not self._stopped:
            try:
                asked, taken_in = self._take_in(session, wait=not busy)
                busy = self._answer(session, asked) or self._work(session, taken_in, urgent_only=True)
                self._after_work(session)
                if not busy and not session.is_settled():
                    busy = True
                    if self._rests(taken_in):
                        self._work(session, taken_in)
                        self._after_work(session)
                if not busy and not frozen:
                    frozen = True
                    gc.collect()
                    gc.freeze()  # what is known by now stays for long: no later collection need walk all of it
            except Exception as error:
                busy = False
                self._failed(error)
                self._fail_requests(error)
        self._fail_requests(None)

    def _work(self, session: Session, taken_in: int, *, urgent_only: bool = False) -> bool:
        """As `Session.step`, as long as nothing comes after what has been `taken_in`."""
        was_put_off = False

        def overtaken(is_urgent: bool) -> bool:
            nonlocal was_put_off
            if self._arrived == taken_in:
                return False
            now = time.monotonic()
            if self._put_off_since is None:
                self._put_off_since = now
            was_put_off = not is_urgent or now - self._put_off_since < PATIENCE
            return was_put_off

        busy = session.step(overtaken, urgent_only=urgent_only)
        if not was_put_off:
            self._put_off_since = None
        return busy

    def _rests(self, taken_in: int) -> bool:
        """Wait until the last edit is a while ago; False where something comes before."""
        with self._wake:
            left = self._last_edit + REST - time.monotonic()
            return left <= 0 or not self._wake.wait_for(lambda: self._arrived != taken_in, left)

    def _take_in(self, session: Session, *, wait: bool) -> tuple[list[_Request], int]:
        """Tell the session what has happened; returned are the questions asked by then, and how much has come by then.

        One that comes later may follow an edit that is not taken in, so its time has not come.
        """
        with self._wake:
            while wait and not self._has_mail:
                self._wake.wait()
            texts, self._texts = self._texts, {}
            changed, self._changed = self._changed, set()
            options, self._options = self._options, None
            asked, arrived = list(self._requests), self._arrived
        if options is not None:
            session.configure(options)
        if changed:
            session.changed(changed)
        for path, text in texts.items():
            session.edit(path, text)
        return asked, arrived

    @property
    def _has_mail(self) -> bool:
        return bool(self._stopped or self._texts or self._changed or self._options is not None or self._requests)

    def _answer(self, session: Session, asked: list[_Request]) -> bool:
        """Answer the first question that can be; False where none can."""
        for request in asked:
            if request.can_be_answered(session):
                with self._wake:
                    self._requests.remove(request)
                request.answer(session)
                return True
        return False

    def _fail_requests(self, error: Exception | None) -> None:
        with self._wake:
            requests, self._requests = self._requests, deque()
        for request in requests:
            if error is None:
                request.future.cancel()
            elif request.future.set_running_or_notify_cancel():
                request.future.set_exception(error)


class _Request:
    """A question and when it may be answered."""

    def __init__(self, question: Callable[[Session], Any], settled: PurePath | None, idle: bool) -> None:
        self.future: Future[Any] = Future()
        self._question = question
        self._settled = settled
        self._idle = idle

    def can_be_answered(self, session: Session) -> bool:
        if self.future.cancelled():
            return True
        if self._settled is not None and not session.is_settled(self._settled):
            return False
        return not self._idle or session.is_settled()

    def answer(self, session: Session) -> None:
        if self.future.set_running_or_notify_cancel():
            try:
                self.future.set_result(self._question(session))
            except Exception as error:
                self.future.set_exception(error)
