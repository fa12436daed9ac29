from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vlint.linter import open_project
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.imports.importers import importer_of

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = [
    "from api.helper import greet",
    "import api.helper",
    "import os, api.helper as h",
    "from api import (  # the helpers (all)\n    other,\n    # and\n    helper,\n)",
    "from api \\\n    import helper",
    "from \\\n  api.helper \\\n  import greet",
    "import os; from api import helper",
    "if True: from api import helper",
    "import os, \\\r\n    api.helper",
    "from api import other; import os; from api import (helper)",
    "import (\nfrom api import helper",
]


@pytest.fixture
def project(tmp_path: Path):
    (tmp_path / "api").mkdir()
    for name in ("helper", "other", "index"):
        (tmp_path / "api" / f"{name}.py").write_text("greet = 1\n")
    return open_project(tmp_path)


@pytest.mark.parametrize("text", IMPORTS[:-1])
def test_an_import_in_any_form_is_found(project, text: str) -> None:
    project.tree.set_overlay("api/index.py", f"x = 1\n{text}\n")
    found = importer_of(Evaluator(project, "api/helper.py"))
    assert found is not None
    assert found.path == "api/index.py"


def test_an_import_below_a_broken_one_is_found(project) -> None:
    project.tree.set_overlay("api/index.py", f"{IMPORTS[-1]}\n")
    assert importer_of(Evaluator(project, "api/helper.py")) is not None


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        ("api/sub/deep.py", "from ..helper import greet"),
        ("api/sub/deep.py", "from .. import helper"),
        ("lib/page.py", "import sys\nsys.path.append('api')\nimport helper"),
        ("lib/page.py", "import sys as system\nsystem.path.append('api')\nimport helper"),
        ("lib/page.py", "from sys import path\npath.append('api')\nimport helper"),
        ("lib/page.py", "from site import addsitedir\naddsitedir('api')\nimport helper"),
    ],
)
def test_an_import_from_anywhere_is_found(project, importer: str, text: str) -> None:
    project.tree.set_overlay(importer, f"{text}\n")
    found = importer_of(Evaluator(project, "api/helper.py"))
    assert found is not None
    assert found.path == importer


def test_a_module_that_cannot_mean_this_one_is_not_parsed(project) -> None:
    project.tree.set_overlay("lib/page.py", "from tools import helper\n")
    assert importer_of(Evaluator(project, "api/helper.py")) is None
    assert not project.knows(("module", "lib/page.py"))


@pytest.mark.parametrize("text", ["from api import other", "# import api.helper", "'''import api.helper'''", "helper"])
def test_what_imports_something_else_is_not(project, text: str) -> None:
    project.tree.set_overlay("api/index.py", f"{text}\n")
    assert importer_of(Evaluator(project, "api/helper.py")) is None


def test_an_edit_of_an_import_counts_and_any_other_forgets_nothing(project) -> None:
    def importer():
        return importer_of(Evaluator(project, "api/helper.py"))

    project.tree.set_overlay("api/index.py", "import os\n")
    assert importer() is None
    project.tree.set_overlay("api/index.py", "import os\n\n\ndef f():\n    return 1\n")
    assert project.knows("importing words")
    project.tree.set_overlay("api/index.py", "import api.helper\n")
    assert not project.knows("importing words")
    assert importer() is not None


def test_a_hostile_text_takes_no_long(project) -> None:
    for text in (
        "# import (\n" * 5_000,
        "import() " * 10_000,
        "import " * 10_000,
        "import \\\n" * 5_000,
        "import a \\\n\\x\nimport b\n",
    ):
        project.tree.set_overlay("api/index.py", text)
        assert importer_of(Evaluator(project, "api/other.py")) is None
