"""What the path in a call can be: by the calls of the function around it, and in loops."""

from __future__ import annotations

import pytest

from tests.semantics.modules import evaluator
from vlint.semantics.files.file_uses import uses
from vlint.semantics.files.path_values import PathValues
from vlint.semantics.intrinsics.paths import text_of


def values(text: str) -> list[set[str | None]]:
    """The alternatives of the one path, for each way there."""
    own = evaluator(text)
    (use,) = uses(own.function_module, own)
    found = PathValues([own.function_module], own).of(use)
    return [{text_of(value) for value in alternatives} for alternatives, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open('a')", [{"a"}]),
        ("def f(p): open(p)\nf('a')", [{"a"}]),
        ("def f(p): open(p)\nf('a')\nf(p='b')", [{"a"}, {"b"}]),
        ("def f(p='d'): open(p)\nf()", [{"d"}]),
        ("def f(p): open('x/' + p)\nf('a')", [{"x/a"}]),
        ("def f(p):\n    q = 'x/' + p\n    open(q)\nf('a')", [{"x/a"}]),
        ("def f(p): open(p)\ndef g(p): f(p)\ng('a')", [{"a"}]),
        ("class A:\n    def f(self, p): open(p)\nA().f('a')", [{"a"}]),
        ("def f(p): open(p)", [{None}]),
        ("def f(p): open(p)\nf(input())", [{None}]),
        ("def f(p): open(p)\ntry: f('a')\nexcept OSError: pass\nf('b')", [{"b"}]),
        ("open('a' if x else 'b')", [{"a", "b"}]),
        ("for n in ('a', 'b'): open(n)", [{"a", "b"}]),
    ],
)
def test_what_a_path_can_be(text: str, expected: list[set[str | None]]) -> None:
    assert values(text + "\n") == expected


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("for n in ('a', 'b'): open(n)", True),
        ("for n in ('a', 'b'):\n    p = 'x/' + n\n    open(p)", True),
        ("for n in ('a', 'b'):\n    open(n)\n    break", False),
        ("def f():\n    for n in ('a', 'b'):\n        return open(n)", False),
        ("[open(n) for n in ('a', 'b')]", True),
        ("[open(n) for n in ('a', 'b') if ask(n)]", False),
        ("open('a' if x else 'b')", False),
    ],
)
def test_which_loops_use_each_value(text: str, each: bool) -> None:
    own = evaluator(text + "\n")
    (use,) = uses(own.function_module, own)
    assert PathValues([own.function_module], own).each_is_used(use) == each
