"""Each entry of the table of frameworks is what the framework itself turns out to be, where it installs."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.oracles.setup import MAIN, environments, missing, python
from vlint.platform import read_table
from vlint.semantics.evaluation.frameworks import attributes_of_instances, entries, hierarchy

RUNNER = Path(__file__).parent / "run_examples.py"
ROWS = {row["names"][0]: row for row in read_table("frameworks")["callable"]}


@cache
def examples_of(environment: str) -> dict[str, dict]:
    """What the examples of an environment turned out to be, by the entry's first name."""
    asked = json.dumps([row for row in ROWS.values() if row.get("environment", MAIN) == environment])
    command = [python(environment), RUNNER]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.mark.proof
@pytest.mark.parametrize("name", ROWS)
def test_entry(name: str) -> None:
    row = ROWS[name]
    environment = row.get("environment", MAIN)
    reason = missing(environment)
    if reason:
        pytest.skip(reason)
    found = examples_of(environment)[name]
    assert "error" not in found, found["error"]
    interface = row.get("looks_like", row["interface"])
    assert found["called"] == interface
    assert found["shown"] == row.get("shown", interface if row.get("signature", True) else "neither")
    assert found["plain"] or not row.get("plain", False)
    assert found["callable"] == row.get("callable", row["interface"] != "neither")
    assert set(found["itself"]) - {"neither"} == ({row["itself"]} if "itself" in row else set())
    assert found["parts"] == row.get("attributes", {})
    assert not found["unknown"]
    assert not found["lacks"]
    assert found["serves"]
    returned = {method: kind for method, kind in row.get("methods", {}).items() if kind != "neither"}
    assert found["methods"] == returned


def test_each_environment_is_installed_and_used() -> None:
    others = {"openers", "uv"}  # tests/platform/opener_runs.py and tests/project/manifests/uv_runs.py use them
    assert {row.get("environment", MAIN) for row in ROWS.values()} == set(environments()) - others


def test_names_are_not_in_two_entries() -> None:
    names = [name for row in read_table("frameworks")["callable"] for name in row["names"]]
    assert len(names) == len(set(names)) == len(entries())


@pytest.mark.parametrize("name", read_table("frameworks")["hierarchy"])
def test_hierarchy_is_that_of_the_standard_library(name: str) -> None:
    from importlib import import_module

    module, _, attribute = name.rpartition(".")
    cls = getattr(import_module(module), attribute, None)
    if cls is None:
        pytest.skip(f"this Python has no {name}")
    ancestors = tuple(f"{base.__module__}.{base.__name__}" for base in cls.__mro__[1:])
    assert hierarchy(name) == ancestors


def test_attributes_of_request_handlers_are_all_there() -> None:
    from http.server import BaseHTTPRequestHandler

    known = attributes_of_instances("http.server.BaseHTTPRequestHandler")
    assert {name for name in dir(BaseHTTPRequestHandler) if not name.startswith("_")} <= known
    assert {"path", "headers", "command", "rfile", "wfile", "client_address"} <= known


CHECKS = """
import importlib, json, sys
from http.server import BaseHTTPRequestHandler
asked = json.load(sys.stdin)

def found(name):
    module, _, last = name.rpartition(".")
    return getattr(importlib.import_module(module), last)

wrong = []
for name in asked["unrelated"]:
    cls = found(name)
    if not isinstance(cls, type) or issubclass(cls, BaseHTTPRequestHandler):
        wrong.append(f"{name} may be a request handler")
for name, argument in asked["requires"]:
    try:
        found(name)()
    except TypeError as error:
        if argument not in str(error):
            wrong.append(f"{name} wants something else: {error}")
    else:
        wrong.append(f"{name} wants nothing")
for name in asked["decorators"]:
    if callable(found(name)) is not True:
        wrong.append(f"{name} is no decorator")
print(json.dumps(wrong))
"""


@pytest.mark.proof
def test_classes_and_constructors_are_as_the_table_says() -> None:
    reason = missing(MAIN)
    if reason:
        pytest.skip(reason)
    table = read_table("frameworks")
    requires = [(name, row["requires"]) for row in ROWS.values() if "requires" in row for name in row["names"]]
    asked = {"unrelated": table["unrelated"]["classes"], "requires": requires, "decorators": [*table["decorators"]]}
    command = [python(MAIN), "-c", CHECKS]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == []
