"""What vlint takes for the entry point of a module's syntax is what the platform's own `findAppOrHandler` takes.

Over every Python file of the oracles' environment and of its standard library, and over generated modules.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracles.setup import python
from vlint.platform import load_platform
from vlint.semantics.entry_points.detection import detect
from vlint.syntax.module import Module

if TYPE_CHECKING:
    from tests.oracles.platforms import Oracles

pytestmark = pytest.mark.proof
PLATFORM = load_platform("2026-08")


def detected(content: bytes) -> str | None:
    """The variable that vlint names."""
    found = detect(Module("api/user.py", content), PLATFORM)
    return None if found is None else found.variable


def library_files() -> list[Path]:
    """The Python files of the standard library and of the packages that the oracles use."""
    program = "import sysconfig; print(sysconfig.get_path('stdlib')); print(sysconfig.get_path('purelib'))"
    folders = subprocess.run([python(), "-c", program], capture_output=True, text=True, check=True).stdout.split()
    return sorted({path for folder in folders for path in Path(folder).rglob("*.py")})


def test_every_file_of_the_library(oracles: Oracles, capsys: pytest.CaptureFixture[str]) -> None:
    named: Counter[str | None] = Counter()
    disagreements = []
    for path in library_files():
        content = path.read_bytes()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            continue  # the builder reads every file as UTF-8, and so cannot be asked about this one
        theirs, ours = oracles.detect(text), detected(content)
        named[theirs] += 1
        if theirs != ours:
            disagreements.append(f"{path}: the platform finds {theirs}, vlint {ours}")
    with capsys.disabled():
        print(f"\nentry points by syntax, over {named.total()} files: {dict(named)},")
        print(f"  {len(disagreements)} disagreements with findAppOrHandler")
    assert not disagreements, "\n".join(disagreements)


NAMES = st.sampled_from(["app", "application", "handler", "Handler", "HANDLER", "App", "other", "app2"])
VALUES = st.sampled_from(["1", "Flask(__name__)", "lambda a, b: 1", "(x := app)", "[app for app in y]"])

SIMPLE = st.one_of(
    st.builds("{0} = {1}".format, NAMES, VALUES),
    st.builds("{0} = {1} = {2}".format, NAMES, NAMES, VALUES),
    st.builds("{0}: {1} = {2}".format, NAMES, NAMES, VALUES),
    st.builds("{0}: {1}".format, NAMES, NAMES),
    st.builds("({0}) = {1}".format, NAMES, VALUES),
    st.builds("{0} += {1}".format, NAMES, VALUES),
    st.builds("{0}, {1} = {2}".format, NAMES, NAMES, VALUES),
    st.builds("[{0}] = {1}".format, NAMES, VALUES),
    st.builds("*{0}, = {1}".format, NAMES, VALUES),
    st.builds("x.{0} = {1}".format, NAMES, VALUES),
    st.builds("x[{0}] = {1}".format, NAMES, VALUES),
    st.builds("({0} := {1})".format, NAMES, VALUES),
    st.builds("import {0}".format, NAMES),
    st.builds("import x as {0}".format, NAMES),
    st.builds("import {0}.x".format, NAMES),
    st.builds("from x import {0}".format, NAMES),
    st.builds("from . import {0}".format, NAMES),
    st.builds("from x import {0} as {1}".format, NAMES, NAMES),
    st.builds("from x import (a, {0} as b, c as {1})".format, NAMES, NAMES),
    st.builds("from {0} import *".format, NAMES),
    st.builds("del {0}".format, NAMES),
    st.builds("type {0} = {1}".format, NAMES, NAMES),
    st.builds("'''\n{0} = 1\n'''".format, NAMES),
    st.builds("# {0} = 1".format, NAMES),
    st.builds("pass; {0} = {1}; pass".format, NAMES, VALUES),
    st.builds("{0} = \\\n  {1}".format, NAMES, VALUES),
)
DEFINITIONS = st.one_of(
    st.builds("def {0}(a, b): pass".format, NAMES),
    st.builds("async def {0}(a, b):\n    return {1}".format, NAMES, NAMES),
    st.builds("@{0}\ndef {1}(a, b): pass".format, NAMES, NAMES),
    st.builds("def {0}[T](a: T): pass".format, NAMES),
    st.builds("class {0}: pass".format, NAMES),
    st.builds("class {0}(x.Y, metaclass=Z):\n    {1} = 1".format, NAMES, NAMES),
    st.builds("@{0}\nclass {1}: pass".format, NAMES, NAMES),
    st.builds("class {0}[T]: pass".format, NAMES),
)
BLOCKS = [
    "if x:",
    "if True:",
    "for app in y:",
    "while True:",
    "try:\n    pass\nexcept E as app:",
    "try:\n    pass\nfinally:",
    "with x as app:",
    "match x:\n  case app:",
    "def f():",
    "class C:",
]
COMPOUND = st.builds("{0}\n    {1}".format, st.sampled_from(BLOCKS), SIMPLE.filter(lambda text: "\n" not in text))
MODULES = st.lists(st.one_of(SIMPLE, DEFINITIONS, COMPOUND), min_size=1, max_size=6).map("\n".join)


def test_generated_modules(oracles: Oracles) -> None:
    @settings(max_examples=2000, deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck])
    @given(MODULES)
    def agree(text: str) -> None:
        assert oracles.detect(text) == detected(text.encode())

    agree()
