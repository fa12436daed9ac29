"""What certainly raises while a function is loaded: where it is found, and what keeps it from being certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vlint.linter import open_project
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.loading.failing import load_failure

if TYPE_CHECKING:
    from pathlib import Path

    from vlint.semantics.loading.failing import LoadFailure


def failure_of(root: Path, source: str, **others: str) -> LoadFailure | None:
    (root / "api").mkdir()
    (root / "api" / "user.py").write_text(source)
    for name, text in others.items():
        (root / f"{name}.py").write_text(text)
    return load_failure(Evaluator(open_project(root), "api/user.py"))


@pytest.mark.parametrize(
    ("source", "exception", "line"),
    [
        ("x = undefined\n", "NameError", 1),
        ("x = 1\nassert x == 2\n", "AssertionError", 2),
        ("x = (1, 2)\na, b, c = x\n", "ValueError", 2),
        ("def f(a): pass\nx = [f()]\n", "TypeError", 2),
        ("def f():\n    g()\ndef g():\n    raise KeyError('x')\nf()\n", "KeyError", 4),
        ("x = {'a': 1}\nif True:\n    y = x['b']\n", "KeyError", 3),
        ("try:\n    x = 1 / 0\nfinally:\n    pass\n", "ZeroDivisionError", 2),
        ("try:\n    pass\nfinally:\n    x = 1 / 0\n", "ZeroDivisionError", 4),
        ("import os\nif os.environ.get('A'):\n    1 / 0\nelse:\n    1 / 0\n", "ZeroDivisionError", 3),
    ],
)
def test_failures(source: str, exception: str, line: int, tmp_path: Path) -> None:
    found = failure_of(tmp_path, source)
    assert found is not None
    assert (found.failure.exception, found.location.range.start.line) == (exception, line)


def test_a_module_that_is_imported_fails(tmp_path: Path) -> None:
    found = failure_of(tmp_path, "import helper\n", helper="x = undefined\n")
    assert found is not None
    assert found.location.path == "helper.py"


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import helper\nexcept ValueError:\n    pass\n",
        "import contextlib\nwith contextlib.suppress(NameError):\n    import helper\n",
        "import os\nif os.environ.get('A'):\n    import helper\n",
        "def f():\n    import helper\n",
    ],
)
def test_an_import_that_may_not_count_is_not_followed(source: str, tmp_path: Path) -> None:
    assert failure_of(tmp_path, source, helper="x = undefined\n") is None


def test_what_is_called_is_told_apart(tmp_path: Path) -> None:
    found = failure_of(tmp_path, "def f():\n    raise OSError\n\n\nf()\n")
    assert found is not None
    assert found.is_called
    assert found.through.location().range.start.line == 5
