"""Calls of a function that opens its parameter: found again where the module that makes them is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.semantics.modules import PATH, evaluator
from vlint.linter import examine, open_project
from vlint.semantics.files.file_calls import function_around, given, reached_modules
from vlint.semantics.files.file_uses import uses
from vlint.semantics.files.path_values import PathValues
from vlint.semantics.intrinsics.paths import text_of

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "from flask import Flask\nfrom helper import read\napp = Flask(__name__)\n\ndef one():\n    return read('{}')\n"


def test_callers_are_found_again_after_an_edit(tmp_path: Path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.txt").write_text("x")
    (tmp_path / "requirements.txt").write_text("flask\n")
    (tmp_path / "helper.py").write_text("def read(path):\n    return open(path).read()\n")
    (tmp_path / "api/index.py").write_text(INDEX.format("data/x.txt"))
    project = open_project(tmp_path)
    assert examine(project, "api/index.py") == ()

    project.tree.set_overlay("api/index.py", INDEX.format("../data/x.txt"))

    assert [finding.code for finding in examine(project, "api/index.py")] == ["VL201"]


@pytest.mark.parametrize(
    "statement",
    [
        "import shop.views",
        "from shop import views",
        "from shop.views import page",
        "from shop import (\n    other,  # first\n    views as v,\n)",
        "def f():\n    import shop.views as x, os",
        "from ..shop import views",
        "import api.helper",
        "from .helper import views",
    ],
)
def test_modules_that_are_imported_are_reached(statement: str) -> None:
    files = {"shop/__init__.py": "", "shop/views.py": "", "api/helper.py": "import shop.views", "unused.py": ""}
    own = evaluator({PATH: f"{statement}\n", **files})
    reached = {module.module.path for module in reached_modules(own)}
    assert "unused.py" not in reached
    assert ("shop/views.py" in reached) == (".." not in statement)  # `api` is the top: nothing lies above it


@pytest.mark.parametrize(
    ("call", "source"),
    [
        ("f('a', 'b')", "'b'"),
        ("f('a', path='b')", "'b'"),
        ("f('a')", "'default'"),
        ("f(*names)", None),
    ],
)
def test_the_expression_that_a_call_gives(call: str, source: str | None) -> None:
    own = evaluator(f"def f(first, path='default'):\n    open(path)\nnames = ('a', 'b')\n{call}\n")
    (use,) = uses(own.function_module, own)
    scope = function_around(use.site.place)
    assert scope is not None
    (caller,) = PathValues([own.function_module], own).callers(scope)
    found = given(caller, "path", scope)
    assert (found and repr(text_of(own.evaluate(*found)))) == source
