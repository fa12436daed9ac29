"""With any number of processes a run says the same, in the same order."""

from __future__ import annotations

import json

import pytest

from vlint.cli import examining

BROKEN = "def handler(event, context):\n    return open('absent.txt')\n"


@pytest.fixture
def several_processes(monkeypatch) -> None:
    monkeypatch.setattr(examining, "WORTH_A_PROCESS", 1)


def write_projects(shell) -> None:
    for root in ("a", "b"):
        for number in range(30):
            shell.write(f"{root}/api/hook{number}.py", BROKEN)
            shell.write(f"{root}/api/unused{number}.py", "from api._lib import app  # vlint: ignore[VL202]\n")
        shell.write(f"{root}/api/_lib.py", "def app(environ, start_response):  # vlint: ignore[VL104]\n    return []\n")
        shell.write(f"{root}/Pipfile", "[")


@pytest.mark.usefixtures("several_processes")
def test_the_same_output_in_the_same_order(shell) -> None:
    write_projects(shell)
    runs = {jobs: shell.run("a", "b", "--output-format", "json", "--jobs", jobs) for jobs in ("1", "2", "3")}
    assert runs["1"].status == 1
    codes = {finding["code"] for finding in json.loads(runs["1"].out)}
    assert {"VL001", "VL102", "VL306"} <= codes
    assert runs["1"] == runs["2"] == runs["3"]


@pytest.mark.usefixtures("several_processes")
def test_fixes_are_the_same(shell) -> None:
    write_projects(shell)
    one = shell.run("a", "b", "--diff", "--jobs", "1")
    assert one.out.count("--- a/") == 62
    assert shell.run("a", "b", "--diff", "--jobs", "2") == one


def test_a_small_project_starts_no_process(shell, monkeypatch) -> None:
    import concurrent.futures

    def refuse(*arguments):
        raise AssertionError("a process was started")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", refuse)
    shell.write("api/hook.py", BROKEN)
    assert shell.run("--jobs", "8").status == 1


def test_the_same_output_where_modules_do_not_stay_in_memory(shell, monkeypatch) -> None:
    write_projects(shell)
    whole = shell.run("a", "b", "--output-format", "json", "--jobs", "1")
    monkeypatch.setattr(examining, "MODULES_IN_MEMORY", 1)
    assert shell.run("a", "b", "--output-format", "json", "--jobs", "1") == whole
