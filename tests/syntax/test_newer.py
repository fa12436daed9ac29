"""Syntax of later Pythons is told from what is wrong in every one, and what this Python takes is never a flaw."""

from __future__ import annotations

import sys

import pytest

from vlint.syntax.check import flaw
from vlint.syntax.module import Module

NEWER = [
    ('name = "x"\ngreeting = t"hello {name}"\n', (3, 14)),
    ("text = rT'a'\n", (3, 14)),
    ("try:\n    pass\nexcept ValueError, KeyError:\n    pass\n", (3, 14)),
    ("try:\n    pass\nexcept* a.B, c.D:\n    pass\n", (3, 14)),
    ("class Box[T = int]:\n    pass\n", (3, 13)),
    ("async def first[T: object = list[int]](items: T) -> T: ...\n", (3, 13)),
    ("type Name[T = str] = list[T]\n", (3, 13)),
    ("class Box[T = int]:\n    name = t'a'\n", (3, 14)),
]

WRONG = [
    "try:\n    pass\nexcept ValueError, KeyError as error:\n    pass\n",
    "text = t'{'\n",
    "print 'x'\n",
    "text = t'a'\nvalue = = 1\n",
    "text = 'a' b'b'\n",
    "class Box[T = ]:\n    pass\n",
    'it = "isn\'t right"\nvalue = \n',
]

RIGHT = [
    "(app): int = 1\n",
    "(app.name): str = 'x'\n",
    "type Name = str\n",
    "class Box[T]:\n    pass\n",
    "def first[T](items: list[T]) -> T: ...\n",
    "text = f'{'a' + f'{1!r}'}'\n",
    "text = f'{\n1\n}'\n",
    "try:\n    pass\nexcept* ValueError:\n    pass\n",
    "with (open('a') as f, open('b') as g,):\n    pass\n",
    "def f():\n    try:\n        pass\n    finally:\n        return 1\n",
    "def f(*args: *Ts): ...\n",
    "value = items[*a]\n",
    "value = items[a := 1]\n",
    "for x in *a, 1: pass\n",
    "type = match = case = 1\n",
    'it = "isn\'t"\n',
    "print(t, 'x')\n",
]


@pytest.mark.parametrize(("text", "since"), NEWER)
def test_syntax_of_later_versions(text: str, since: tuple[int, int]) -> None:
    found = flaw(text)
    if sys.version_info >= since:
        assert found is None
    elif found is not None:  # an older Python than the platforms' default asks libcst, which may know it
        assert found.since == since
    else:
        assert sys.version_info < (3, 12)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_in_every_version(text: str) -> None:
    found = flaw(text)
    assert found is not None
    assert found.since is None


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_platforms_default_takes(text: str) -> None:
    assert flaw(text) is None


def test_statement_of_a_later_version_stays_whole() -> None:
    text = "try:\n    a = 1\nexcept A, B:\n    a = 2\nb = 3\n"
    module = Module("api/index.py", text)
    assert [statement.text for statement in module.statements] == [text[:-6], "b = 3\n"]


def test_what_is_wrong_in_every_version_is_told_first() -> None:
    module = Module("api/index.py", "a = t'x'\nb = = 1\n")
    assert module.problem is not None
    assert module.problem.since is None
    assert module.problem.range.start.line == 2
