"""What a project remembers: what it forgets to free memory, and what an interruption leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vlint.linter import examine, open_project
from vlint.project.project import Interrupted
from vlint.syntax.module import load_module

if TYPE_CHECKING:
    from pathlib import Path


def test_releasing_a_kind_forgets_what_was_made_of_it(tmp_path: Path) -> None:
    project = open_project(tmp_path)
    project.tree.set_overlay("api/a.py", "app = 1\n")
    made: list[str] = []

    def value(key: str) -> str:
        made.append(key)
        return key

    project.remember("apart", lambda: value("apart"))
    project.remember(("module", "a"), lambda: value("a"))
    project.remember("above", lambda: project.remember(("module", "a"), lambda: value("a")))
    load_module(project, "api/a.py")
    project.release("module")
    assert [project.knows(key) for key in ("apart", ("module", "a"), "above")] == [True, False, False]
    assert project.latest == {}
    project.remember(("module", "a"), lambda: value("a again"))
    assert made == ["apart", "a", "a again"]


def test_an_interrupted_computation_is_not_remembered(tmp_path: Path) -> None:
    project = open_project(tmp_path)
    project.tree.set_overlay("api/a.py", "app = len\n")
    answers = iter([False, False, True])
    project.interrupted = lambda: next(answers)
    with pytest.raises(Interrupted):
        project.remember("outer", lambda: [project.remember(f"inner {n}", lambda: 1) for n in range(5)])
    assert [project.knows(key) for key in ("outer", "inner 0", "inner 1")] == [False, True, False]
    project.interrupted = None
    assert project.remember("outer", lambda: project.remember("inner 1", lambda: 2)) == 2


def test_a_unit_that_is_interrupted_anywhere_finds_the_same_later(tmp_path: Path) -> None:
    text = "import os\n" + "".join(f"def f{n}(x):\n    return open(x + 'y{n}')\nf{n}('z')\n" for n in range(9))
    whole = open_project(tmp_path)
    whole.tree.set_overlay("api/a.py", text)
    wanted = examine(whole, "api/a.py")
    assert len(wanted) > 9
    project = open_project(tmp_path)
    project.tree.set_overlay("api/a.py", text)
    asked = 0

    def interrupted() -> bool:
        nonlocal asked
        asked += 1
        return asked % 7 == 0

    project.interrupted = interrupted
    stops = 0
    while not project.knows(("findings", "api/a.py")):
        try:
            examine(project, "api/a.py")
        except Interrupted:
            stops += 1
            if stops > 3:
                project.interrupted = None
    assert stops
    assert examine(project, "api/a.py") == wanted
