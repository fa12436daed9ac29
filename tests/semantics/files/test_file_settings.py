"""Settings of a framework: which module they are in, and which paths they name."""

from __future__ import annotations

import pytest

from tests.semantics.modules import PATH, evaluator
from vlint.semantics.files.file_calls import reached_modules
from vlint.semantics.files.file_settings import settings_modules, settings_uses
from vlint.semantics.intrinsics.paths import text_of

SETTINGS = """
DATABASES = {
    'a': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x.db'},
    'b': {'ENGINE': 'another', 'NAME': 'y'},
    **more,
}
"""


@pytest.mark.parametrize(
    "statement",
    [
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')",
        'os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"',
        "def f():\n    os.environ.setdefault(\n        'DJANGO_SETTINGS_MODULE',\n        'config.settings',\n    )",
    ],
)
def test_settings_that_the_environment_names(statement: str) -> None:
    files = {PATH: f"import os\n{statement}\n", "config/settings.py": SETTINGS, "other/settings.py": SETTINGS}
    own = evaluator(files)
    (module,) = settings_modules(reached_modules(own), own)
    assert module.module.path == "config/settings.py"
    (use,) = settings_uses(module, own)
    assert text_of(own.evaluate(use.node, use.site.place)) == "x.db"


def test_settings_that_nobody_names() -> None:
    own = evaluator({PATH: "print('DJANGO_SETTINGS_MODULE')\n", "config/settings.py": "DATABASES = {}\n"})
    assert settings_modules(reached_modules(own), own) == ()
