"""Applications with a directory of their own: where they, and what belongs to none, look for a path."""

from __future__ import annotations

import pytest

from tests.semantics.modules import PATH, evaluator
from vlint.semantics.files.file_calls import reached_modules
from vlint.semantics.files.file_uses import uses
from vlint.semantics.intrinsics.applications import application_directory, directory_of_use


@pytest.mark.parametrize(
    ("expression", "directory"),
    [
        ("Flask(__name__)", "api"),
        ("Flask('shop')", "shop"),
        ("Flask('shop.views')", "shop"),
        ("Flask(import_name='shop')", "shop"),
        ("Flask(__name__, root_path='/x')", None),
        ("Flask(name())", None),
        ("Flask('somewhere')", None),
        ("Blueprint('b', __name__)", "api"),
        ("Blueprint('b', 'shop')", "shop"),
        ("print(__name__)", None),
    ],
)
def test_the_directory_of_an_application(expression: str, directory: str | None) -> None:
    text = f"from flask import Blueprint, Flask\napp = {expression}\n"
    own = evaluator({PATH: text, "shop/__init__.py": "", "shop/views.py": ""})
    assert application_directory(own.final("app", own.function_module), own) == directory


@pytest.mark.parametrize(
    ("more", "directory"),
    [
        ("app = Flask(__name__)", "api"),
        ("app = Flask('shop')", "shop"),
        ("app = Flask(__name__)\nother = Flask('shop')", None),
        ("part = Blueprint('b', 'shop')\napp = Flask(__name__)", "api"),
        ("app = None", None),
    ],
)
def test_what_belongs_to_no_application(more: str, directory: str | None) -> None:
    text = f"from flask import Blueprint, Flask, send_file\n{more}\ndef f():\n    return send_file('a')\n"
    own = evaluator({PATH: text, "shop/__init__.py": ""})
    modules = reached_modules(own)
    (use,) = uses(own.function_module, own)
    assert directory_of_use(use, modules, own) == directory
