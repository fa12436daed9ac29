"""Import resolution against Python itself: every layout is imported by a real interpreter too."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from vlint.project.imports import resolve_import
from vlint.project.tree import Tree

NAMES = ["a", "a.b", "a.b.c", "a.c", "b", "b.a", "api.user", "api.helper", "x"]

LAYOUTS = [
    ["a.py"],
    ["a/__init__.py"],
    ["a/b.py"],
    ["a.py", "a/b.py"],
    ["a.py", "a/__init__.py", "a/b.py"],
    ["a/b/c.py", "a/__init__.py"],
    ["a/b/__init__.py", "a/b.py", "a/c.py"],
    ["a/b/c/__init__.py"],
    ["api/user.py", "api/helper.py"],
    ["api/__init__.py", "api/user.py"],
    ["api.py", "api/user.py"],
    ["lib/a.py", "a/b.py"],
    ["lib/a/b.py", "a/c.py"],
    ["lib/a/__init__.py", "a/c.py"],
    ["lib/a/c.py", "a/__init__.py"],
    ["A.py", "B/__init__.py"],
    ["a.txt", "b"],
    ["a/readme"],
]

PROGRAM = """
import importlib, json, sys
sys.dont_write_bytecode = True
root, names, entries = json.loads(sys.argv[1])
sys.path[:0] = [root + "/" + entry if entry else root for entry in entries]
answers = {}
for name in names:
    before = set(sys.modules)
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        answers[name] = {"missing": error.name}
    else:
        file = getattr(module, "__file__", None)
        answers[name] = {"file": file and file[len(root) + 1:]}
    for new in set(sys.modules) - before:
        del sys.modules[new]
print(json.dumps(answers))
"""


@pytest.mark.parametrize("entries", [[""], ["", "lib"], ["lib", ""]], ids=str)
@pytest.mark.parametrize("layout", LAYOUTS, ids=" ".join)
def test_names_lead_where_python_finds_them(tmp_path, layout, entries) -> None:
    for path in layout:
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("")
    arguments = json.dumps([str(tmp_path.resolve()), NAMES, entries])
    done = subprocess.run([sys.executable, "-I", "-c", PROGRAM, arguments], capture_output=True, text=True, check=True)
    tree = Tree(tmp_path)
    for name, real in json.loads(done.stdout).items():
        answer = resolve_import(tree, name, entries)
        assert answer.found == ("file" in real), name
        if answer.found:
            assert answer.file == real["file"], name
        else:
            assert answer.missing == real["missing"], name
            assert not any((tmp_path / path).is_file() for path in answer.looked_for)


def test_what_was_looked_for_and_what_runs(tmp_path) -> None:
    for path in ["pkg/__init__.py", "pkg/sub/mod.py"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    tree = Tree(tmp_path)
    found = resolve_import(tree, "pkg.sub.mod")
    assert found.executed == ("pkg/__init__.py", "pkg/sub/mod.py")
    missing = resolve_import(tree, "pkg.sub.other")
    assert (missing.missing, missing.begins) == ("pkg.sub.other", True)
    assert missing.looked_for == ("pkg/sub/other/__init__.py", "pkg/sub/other.py")
    nowhere = resolve_import(tree, "helper", ["", "api"])
    assert not nowhere.begins
    assert nowhere.looked_for == ("helper/__init__.py", "helper.py", "api/helper/__init__.py", "api/helper.py")


def test_creating_the_module_is_noticed(tmp_path) -> None:
    tree = Tree(tmp_path)
    with tree.recording() as record:
        assert not resolve_import(tree, "pkg.mod").found
    assert record.touches(["pkg/mod.py"])
    assert record.touches(["pkg.py"])


def test_a_compiled_module_is_found_and_has_no_file(tmp_path) -> None:
    for name in ["fast.cpython-312-x86_64-linux-gnu.so", "both.py", "both.so", "old.pyc", "new.py", "new.pyc"]:
        (tmp_path / name).write_text("")
    tree = Tree(tmp_path)
    for name in ["fast", "both", "old"]:
        assert (resolve_import(tree, name).found, resolve_import(tree, name).file) == (True, None)
    assert resolve_import(tree, "new").file == "new.py"


def test_what_a_compiled_module_may_bring_along(tmp_path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "plain").mkdir()
    for name in ["fast.so", "package/__init__.cpython-312-x86_64-linux-gnu.so", "slow.py"]:
        (tmp_path / name).write_text("")
    tree = Tree(tmp_path)
    found = {name: resolve_import(tree, f"{name}.part") for name in ["fast", "package", "plain", "slow"]}
    assert not any(one.found for one in found.values())
    assert [name for name, one in found.items() if one.is_of_compiled] == ["fast", "package"]
