"""The text of what assigns to an attribute."""

from __future__ import annotations

import pytest

from tests.ending import ends
from vlint.semantics.classes.set_members import assigning


@pytest.mark.parametrize(
    "text",
    [
        "a.x = 1",
        "a . x=1",
        "a.b.x: int = 1",
        "a.x += 1",
        "a.x //= 2",
        "a.x <<= 2",
        "a.x, b.y = 1, 2",
        "(b.y, a.x) = 1, 2",
        "    [b.y, *a.x] = value",
        "for a.x in b: pass",
        "for i, a.x in b: pass",
        "with f() as a.x: pass",
        "with f(1) as (b, a.x): pass",
        "if 1:\n    b.y, a.x = value",
    ],
)
def test_assigns(text: str) -> None:
    assert assigning("x").search(text)


@pytest.mark.parametrize(
    "text",
    [
        "a.x == 1",
        "a.x <= 1",
        "a.x >= 1",
        "a.x != 1",
        "a.xy = 1",
        "b = a.x",
        "f(a.x, y=1)",
        "b.y = f(a.x, c)",
        "x = 1",
        "def f(x=1): return a.x",
    ],
)
def test_only_reads(text: str) -> None:
    assert not assigning("x").search(text)


def test_ends() -> None:
    for text in ("a.b, ", "for ", "as ", " ", "(", "a.x, "):
        with ends():
            assert not assigning("x").search(text * 20_000)
