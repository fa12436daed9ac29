"""What the evaluator finds, expression by expression: right values, and unknown where it has to be."""

from __future__ import annotations

import pytest

from tests.semantics.modules import evaluator, final
from vlint.semantics.evaluation.values import (
    CallResult,
    ClassValue,
    Constant,
    External,
    Fails,
    FunctionValue,
    InstanceValue,
    ListValue,
    ModuleValue,
    Partial,
    TupleValue,
    Unbound,
    Unknown,
    Value,
    choice,
    options,
)

CONSTANTS = [
    ("app = 1", 1),
    ("app = other = 'x'", "x"),
    ("a, (b, app) = 1, (2, 3)", 3),
    ("app, *rest = [1, 2, 3]", 1),
    ("first, *app = 'xyz'\napp = app[1]", "z"),
    ("app: int = 4", 4),
    ("app = 1\napp += 2", 3),
    ("(app := 5)", 5),
    ("x = [(app := 6)]", 6),
    ("if (app := 7): pass", 7),
    ("app = 'a' 'b'", "ab"),
    ("name = 'b'\napp = f'a{name}c'", "abc"),
    ("app = 'a-%s' % 'b'", "a-b"),
    ("app = 1\nif True:\n    app = 2", 2),
    ("app = 1\nif False:\n    app = 2", 1),
    ("app = 1\nif __name__ == '__main__':\n    app = 2", 1),
    ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    app = 1\nelse:\n    app = 2", 2),
    ("import sys\nif sys.version_info >= (3, 9):\n    app = 1\nelse:\n    app = 2", 1),
    ("import sys\napp = 1 if sys.version_info[:2] < (3, 9) else 2", 2),
    ("for app in (1,): pass", 1),
    ("app = 3\nfor app in (): pass", 3),
    ("for i in range(3): pass\nelse:\n    app = 1", 1),
    ("try:\n    app = 1\nfinally:\n    app = 2", 2),
    ("try:\n    from api.none import x\nexcept ImportError:\n    app = 1", 1),
    ("match 2:\n    case 1:\n        app = 1\n    case 2:\n        app = 3", 3),
    ("match (1, 2):\n    case (a, app): pass", 2),
    ("def f():\n    global app\n    app = 1\nf()", 1),
    ("def f():\n    global app\n    app = 1\ndef g():\n    f()\ng()", 1),
    ("def f(x, y=2): return x + y\napp = f(1)", 3),
    ("def f(x):\n    if x: return 1\n    return 2\napp = f(False)", 2),
    ("def f(): return g()\ndef g(): return 4\napp = f()", 4),
    ("def outer(x):\n    def inner(): return x\n    return inner\napp = outer(5)()", 5),
    ("app = (lambda x: x + 1)(1)", 2),
    ("import functools\napp = functools.partial(lambda x, y: y, 1)(2)", 2),
    ("class A:\n    x = 1\nclass B(A): pass\napp = B.x", 1),
    ("class A:\n    def __init__(self, x): self.x = x\napp = A(3).x", 3),
    ("class A:\n    @staticmethod\n    def f(): return 1\napp = A.f()", 1),
    ("class A:\n    x = 2\n    @classmethod\n    def f(cls): return cls.x\napp = A().f()", 2),
    ("class A:\n    def f(self): return 1\nclass B(A):\n    def f(self): return super().f() + 1\napp = B().f()", 2),
    ("app = {'a': 1, **{'b': 2}}['b']", 2),
    ("app = [1, 2, 3][-1]", 3),
    ("app = None or 'x'", "x"),
    ("app = not []", True),
    ("app = type('A', (), {'x': 1}).x", 1),
    ("globals()['app'] = 9", 9),
    ("app = __name__", "api.index"),
]


@pytest.mark.parametrize(("source", "expected"), CONSTANTS, ids=[source for source, _ in CONSTANTS])
def test_constants(source: str, expected: object) -> None:
    assert final(source) == Constant(expected)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("def app(): pass", FunctionValue),
        ("class app: pass", ClassValue),
        ("class A: pass\napp = A()", InstanceValue),
        ("from functools import partial\napp = partial(print, 1)", Partial),
        ("import api as app", ModuleValue),
        ("app = [1]", ListValue),
        ("app = 1, 2", TupleValue),
        ("from flask import Flask\napp = Flask(__name__)", CallResult),
        ("import os.path\napp = os.path.join", External),
        ("app = 1\ndel app", Unbound),
        ("try: pass\nexcept Exception as app: pass\ndel app", Unbound),
        ("def f(): app = 1", Unbound),
        ("app: int", Unbound),
        ("app = missing", Fails),
        ("from api.none import app", Fails),
        ("from .. import app", Fails),
        ("class A(B): pass\napp = A", Fails),
        ("class A: pass\napp = A(1)", Fails),
        ("app = app2(1)\ndef app2(): pass", Fails),
        ("class X: pass\nclass Y(X): pass\nclass app(X, Y): pass", Fails),
        ("def f(): return f()\napp = f()", Unknown),
        ("app = undecidable(__file__)[0] if 0 else open('x')", CallResult),
        ("import os\napp = os.environ['X']", Unknown),
        ("class M(type): pass\nclass A(metaclass=M): pass\napp = A()", Unknown),
    ],
)
def test_kinds(source: str, kind: type[Value]) -> None:
    assert isinstance(final(source), kind)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import os\nif os.environ.get('X'):\n    app = 1\nelse:\n    app = 2", {1, 2}),
        ("import os\napp = 1\nif os.environ.get('X'):\n    app = 2", {1, 2}),
        ("import os\napp = 1 if os.environ.get('X') else 2", {1, 2}),
        ("try:\n    import x\n    app = 1\nexcept ImportError:\n    app = 2", {1, 2}),
        ("app = 1\nfor x in y:\n    app = 2", {1, 2}),
        ("import z\nz.x and (app := 1)\nif z.y:\n    app = 2", {1, 2}),
    ],
)
def test_undecided_branches_give_a_choice(source: str, expected: set[int]) -> None:
    found = {option.value for option in options(final(source)) if isinstance(option, Constant)}
    assert found == expected


def test_imports_within_the_project() -> None:
    files = {
        "api/index.py": "from lib.a import *\nfrom .near import y\nimport pkg.sub as s\napp = (x, y, s.z)",
        "lib/a.py": "__all__ = ['x']\nfrom lib.b import x, hidden",
        "lib/b.py": "from lib.a import nothing\nx = 1\nhidden = 2",
        "api/near.py": "y = 2",
        "pkg/__init__.py": "",
        "pkg/sub.py": "z = 3",
    }
    assert final(files) == TupleValue((Constant(1), Constant(2), Constant(3)))


def test_module_adds_its_directory_to_the_path() -> None:
    files = {
        "api/index.py": "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nfrom near import app",
        "api/near.py": "app = 1",
    }
    assert final(files) == Constant(1)


def test_only_statements_that_mention_the_name_are_parsed() -> None:
    source = (
        "import nothing\n" * 50 + "def unrelated(): pass\n" * 50 + "from flask import Flask\napp = Flask(__name__)\n"
    )
    found = evaluator(source)
    scope = found.function_module
    found.final("app", scope)
    parsed = [number for number in range(len(scope.module.statements)) if number in scope.block._made]
    assert len(parsed) == 2


def test_choice_is_flat_and_bounded() -> None:
    assert choice([Constant(1), choice([Constant(1), Constant(2)])]) == choice([Constant(1), Constant(2)])
    assert choice([Constant(True), Constant(1)]) != Constant(1)
    assert isinstance(choice(Constant(n) for n in range(100)), Unknown)
