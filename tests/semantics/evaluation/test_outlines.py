"""Outlines: what the text of a statement is taken to use and bind."""

from __future__ import annotations

import ast
import builtins
import sysconfig
from pathlib import Path

import pytest

from vlint.semantics.evaluation.outlines import outline_of
from vlint.syntax.module import Module


@pytest.mark.parametrize(
    ("text", "used", "bound"),
    [
        ("a = b\n", {"b"}, {"a"}),
        ("a, b = c = d\n", {"d"}, {"a", "b", "c"}),
        ("(a, *b) = [c, d] = e\n", {"e"}, {"a", "b"}),
        ("a <<= b\n", {"b"}, {"a"}),
        ("a == b <= c >= d != e\n", {"a", "b", "c", "d", "e"}, set()),
        ("a: Name = b\n", {"b"}, {"a"}),
        ("a.b = c\n", {"a", "c"}, set()),
        ("a['b'] = c\n", {"a", "c"}, set()),
        ("f(a=b, c=[d])\n", {"f", "b", "d"}, set()),
        ("import a.b as c\n", set(), {"c"}),
        ("from a import (\n    b,\n    c as d,\n)\n", set(), {"b", "d"}),
        ("for a in b:\n    c = a\n", {"b"}, {"a", "c"}),
        ("with a as b:\n    pass\n", {"a"}, {"b"}),
        ("def f(a, b: T = c, *d, e=g, **h) -> R:\n    i = j\n", {"c", "g"}, {"f"}),
        ("@a.b(c)\nclass D(E):\n    f = g\n    def h(self, i=j):\n        k\n", {"a", "c", "E", "g", "j"}, {"D"}),
        ("a = f'{b} c' + 'd'  # e\n", {"b"}, {"a"}),
        ('"""\nimport a\n"""\n', set(), set()),
        ("print((a := b))\n", {"b"}, {"a"}),
        ("if TYPE_CHECKING:\n    import a\n", set(), set()),
        ("class A:\n    b: C = d\n", {"d"}, {"A"}),
    ],
)
def test_of_a_statement(text: str, used: set[str], bound: set[str]) -> None:
    found = outline_of(text)
    assert used <= found.used
    assert bound <= found.bound


def test_annotations_are_told_apart() -> None:
    assert outline_of("def f(a: B = c) -> D:\n    pass\n").annotated == {"B", "D"}
    assert outline_of("class A:\n    b: C = d\n    e: 'F'\n").annotated == {"C"}


def test_what_functions_declare_global() -> None:
    assert outline_of("def f():\n    global a, b\n    a = b = 1\n").anywhere >= {"a", "b"}


def test_every_name_that_the_standard_library_binds_is_seen() -> None:
    """A name that a module binds at its top level, and that the outline leaves out, could be taken for unbound."""
    missed = []
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("[a-d]*.py")):
        module = Module(path.name, path.read_bytes())
        bound: set[str] = set()
        for statement in module.statements:
            bound |= outline_of(statement.text).bound
        for node in ast.parse(path.read_bytes()).body:
            for target in _bound_by(node):
                if target not in bound and not hasattr(builtins, target):
                    missed.append((path.name, node.lineno, target))
    assert missed == []


def _bound_by(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Import() | ast.ImportFrom():
            return [(alias.asname or alias.name).partition(".")[0] for alias in node.names if alias.name != "*"]
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.For() | ast.With() | ast.If() | ast.Try():
            if isinstance(node, ast.If) and "__main__" in ast.dump(node.test):
                return []
            stores = [one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
            inside = {
                id(sub) for d in ast.walk(node) if isinstance(d, ast.FunctionDef | ast.Lambda) for sub in ast.walk(d)
            }
            return [one.id for one in stores if id(one) not in inside]
    return []
