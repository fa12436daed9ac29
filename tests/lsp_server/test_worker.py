"""The session's thread: answers come after everything that had happened, and nothing that is overtaken is done."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from lsp_server.worker import Worker

FILE = Path("/project/api/index.py")
SECONDS = 60


class FakeSession:
    """Remembers what it was told; has `work` units to examine."""

    def __init__(self, work: int = 0) -> None:
        self.told: list[object] = []
        self.work = work
        self.during_edit = lambda: None

    def edit(self, path, text) -> None:
        self.told.append(text)
        during, self.during_edit = self.during_edit, lambda: None
        during()

    def changed(self, paths) -> None:
        self.told.append(paths)

    def configure(self, options) -> None:
        self.told.append(options)

    def step(self, overtaken, *, urgent_only=False) -> bool:
        self.work -= self.work > 0
        return self.work > 0

    def is_settled(self, path=None) -> bool:
        return not self.work


@pytest.fixture
def failures():
    return []


@pytest.fixture
def start(failures):
    workers = []

    def begin(session, after_work=lambda session: None) -> Worker:
        workers.append(Worker(lambda: session, after_work, failures.append))
        return workers[-1]

    yield begin
    for worker in workers:
        worker.stop()
        worker.join()


def told(session) -> list[object]:
    return list(session.told)


def test_a_question_is_answered_after_the_edits_before_it(start) -> None:
    """Also where both come while an earlier edit is being taken in."""
    session, answers = FakeSession(), []

    def meanwhile() -> None:
        worker.edit(FILE, "second")
        answers.append(worker.ask(told))

    session.during_edit = meanwhile
    worker = start(session)
    worker.edit(FILE, "first")
    worker.ask(told).result(SECONDS)
    assert answers[0].result(SECONDS) == ["first", "second"]


def test_of_several_texts_only_the_newest_is_taken_in(start) -> None:
    session = FakeSession()
    begun, go_on = threading.Event(), threading.Event()
    worker = start(session)

    def wait(_) -> None:
        begun.set()
        assert go_on.wait(SECONDS)

    worker.ask(wait)
    assert begun.wait(SECONDS)
    for text in ("a", "ab", "abc"):
        worker.edit(FILE, text)
    assert worker.overtaken(FILE)
    assert not worker.overtaken(FILE.with_name("other.py"))
    go_on.set()
    assert worker.ask(told).result(SECONDS) == ["abc"]
    assert not worker.overtaken(FILE)


def test_a_closed_document_may_have_changed_on_disk(start) -> None:
    worker = start(FakeSession())
    worker.edit(FILE, None)
    assert worker.ask(told).result(SECONDS) == [{FILE}, None]


def test_idle_questions_wait_for_all_work(start) -> None:
    session = FakeSession(work=1000)
    worker = start(session)
    assert worker.ask(lambda session: session.work, idle=True).result(SECONDS) == 0


def test_a_cancelled_question_is_not_asked(start) -> None:
    asked = []
    begun, go_on = threading.Event(), threading.Event()
    worker = start(FakeSession())
    worker.ask(lambda _: (begun.set(), go_on.wait(SECONDS)))
    assert begun.wait(SECONDS)
    overtaken = worker.ask(lambda _: asked.append("overtaken"))
    assert overtaken.cancel()
    go_on.set()
    worker.ask(lambda _: asked.append("next")).result(SECONDS)
    assert asked == ["next"]


def test_a_failure_is_told_and_the_thread_goes_on(start, failures) -> None:
    session = FakeSession()

    def fail() -> None:
        raise RuntimeError("a mistake of vlint's own")

    session.during_edit = fail
    worker = start(session)
    worker.edit(FILE, "first")
    worker.edit(FILE, "second")
    while worker.overtaken(FILE):
        time.sleep(0.001)
    assert worker.ask(lambda _: "still there").result(SECONDS) == "still there"
    assert [str(failure) for failure in failures] == ["a mistake of vlint's own"]
    with pytest.raises(ZeroDivisionError):
        worker.ask(lambda _: 1 / 0).result(SECONDS)
    assert worker.ask(told).result(SECONDS)


def test_a_session_that_cannot_be_opened_fails_what_is_asked(failures) -> None:
    def fail():
        raise OSError("no such folder")

    worker = Worker(fail, lambda session: None, failures.append)
    worker.join()
    assert [str(failure) for failure in failures] == ["no such folder"]
    with pytest.raises(CancelledError):
        worker.ask(told).result(SECONDS)


def test_what_is_asked_at_the_end_is_cancelled() -> None:
    begun, go_on = threading.Event(), threading.Event()
    worker = Worker(FakeSession, lambda session: None, lambda error: None)
    worker.ask(lambda _: (begun.set(), go_on.wait(SECONDS)))
    assert begun.wait(SECONDS)
    late = worker.ask(told)
    worker.stop()
    go_on.set()
    worker.join()
    with pytest.raises(CancelledError):
        late.result(SECONDS)
    with pytest.raises(CancelledError):
        worker.ask(told).result(SECONDS)


class LongWork(FakeSession):
    """Has one unit that takes for ever, unless it is overtaken."""

    def __init__(self, is_urgent: bool) -> None:
        super().__init__(work=1)
        self.is_urgent = is_urgent
        self.given_up = 0
        self.begun = threading.Event()

    def step(self, overtaken, *, urgent_only=False) -> bool:
        if urgent_only and not self.is_urgent:
            return False
        deadline = time.monotonic() + SECONDS
        self.begun.set()
        while time.monotonic() < deadline and not overtaken(self.is_urgent):
            time.sleep(0.001)
        self.given_up += time.monotonic() < deadline
        return True


@pytest.mark.parametrize("is_urgent", [True, False])
def test_work_is_given_up_when_an_edit_or_a_question_comes(start, is_urgent) -> None:
    session = LongWork(is_urgent)
    worker = start(session)
    assert session.begun.wait(SECONDS)
    worker.edit(FILE, "text")
    begun = time.monotonic()
    assert worker.ask(told).result(SECONDS) == ["text"]
    assert time.monotonic() - begun < SECONDS / 2
    assert session.given_up >= 1


@pytest.mark.parametrize(("is_urgent", "gives_up_for_ever"), [(True, False), (False, True)])
def test_what_concerns_an_open_document_is_not_put_off_for_long(
    start, is_urgent, gives_up_for_ever, monkeypatch
) -> None:
    monkeypatch.setattr("lsp_server.worker.PATIENCE", 0.05)
    answers = []

    class Steady(FakeSession):
        def step(self, overtaken, *, urgent_only=False) -> bool:
            time.sleep(0.02)
            worker.edit(FILE, "more")
            answers.append(overtaken(is_urgent))
            return True

    go_on = threading.Event()
    worker = Worker(lambda: go_on.wait(SECONDS) and Steady(), lambda session: None, lambda error: None)
    go_on.set()
    deadline = time.monotonic() + SECONDS
    while len(answers) < 20 and time.monotonic() < deadline:
        time.sleep(0.01)
    worker.stop()
    worker.join()
    assert answers[0]
    assert all(answers) == gives_up_for_ever


def test_the_rest_of_the_workspace_waits_for_a_pause_between_edits(start, monkeypatch) -> None:
    monkeypatch.setattr("lsp_server.worker.REST", 1.0)
    begun = []

    class Waiting(FakeSession):
        def step(self, overtaken, *, urgent_only=False) -> bool:
            if urgent_only or not self.work:
                return False
            self.work -= 1
            begun.append(time.monotonic())
            return True

    session = Waiting()
    worker = start(session)
    edited = []
    for number in range(10):
        edited.append(time.monotonic())
        worker.edit(FILE, str(number))
        assert worker.ask(told).result(SECONDS)[-1] == str(number)
        session.work = 1
        time.sleep(0.01)
    worker.ask(told, idle=True).result(SECONDS)
    # Whether one begins before the last edit depends on how busy the machine is; none follows an edit at once.
    assert begun
    assert all(begin - max(edit for edit in edited if edit <= begin) >= 1.0 for begin in begun)
