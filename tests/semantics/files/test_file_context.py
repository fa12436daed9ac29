"""What surrounds a use: whether it is reached, caught or asked for first, and what a main guard alone leads to."""

from __future__ import annotations

import textwrap

import pytest

from tests.semantics.modules import evaluator
from vlint.semantics.files import file_context
from vlint.semantics.files.file_uses import Site, uses
from vlint.semantics.files.path_values import PathValues


def site(text: str) -> tuple[Site, object]:
    own = evaluator(textwrap.dedent(text))
    (use,) = uses(own.function_module, own)
    return use.site, own


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("try: open('a')\nexcept OSError: pass", True),
        ("try: open('a')\nexcept: pass", True),
        ("try: open('a')\nexcept (KeyError, FileNotFoundError): pass", True),
        ("try:\n    try: open('a')\n    except KeyError: pass\nexcept Exception: pass", True),
        ("try:\n    with open('a'): pass\nexcept IOError: pass", True),
        ("import contextlib\nwith contextlib.suppress(OSError):\n    open('a')", True),
        ("try: open('a')\nexcept KeyError: pass", False),
        ("try: pass\nexcept OSError: open('a')", False),
        ("try: pass\nexcept OSError: pass\nelse: open('a')", False),
        ("try: pass\nexcept OSError: pass\nfinally: open('a')", False),
        ("with contextlib.suppress(KeyError):\n    open('a')", False),
        ("try:\n    def f(): open('a')\nexcept OSError: pass", False),
        ("try:\n    f = lambda: open('a')\nexcept OSError: pass", True),
    ],
)
def test_what_catches(text: str, caught: bool) -> None:
    assert file_context.is_caught(site(text)[0]) == caught


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("if os.path.exists('a'): open('a')", True),
        ("if not os.path.exists('a'): raise SystemExit\nopen('a')", True),
        ("there = os.path.isfile('a')\nif there: open('a')", True),
        ("x = open('a') if os.path.isfile('a') else None", True),
        ("x = os.path.isfile('a') and open('a')", True),
        ("assert os.path.exists('a')\nopen('a')", True),
        ("if os.path.exists('b'): open('a')", False),
        ("if True: open('a')", False),
        ("open('a')\nif os.path.exists('a'): pass", False),
    ],
)
def test_who_asks_first(text: str, guarded: bool) -> None:
    own = evaluator(f"import os\n{text}\n")
    (use,) = uses(own.function_module, own)
    assert file_context.is_guarded(use.site, use.node, ["a"], own) == guarded


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("open('a')", True),
        ("if __name__ == '__main__':\n    open('a')", False),
        ("if __name__ != '__main__':\n    open('a')", True),
        ("if __name__ == '__main__':\n    pass\nelse:\n    open('a')", True),
        ("if False:\n    open('a')", False),
        ("def main():\n    open('a')\nif __name__ == '__main__':\n    main()", False),
        ("def main():\n    inner()\ndef inner():\n    open('a')\nif __name__ == '__main__':\n    main()", False),
        ("def main():\n    open('a')\nif __name__ == '__main__':\n    main()\nmain()", True),
        ("def main():\n    open('a')", True),
        ("@route\ndef main():\n    open('a')\nif __name__ == '__main__':\n    main()", True),
    ],
)
def test_what_runs_on_the_platform(text: str, runs: bool) -> None:
    own = evaluator(text + "\n")
    (use,) = uses(own.function_module, own)
    assert PathValues([own.function_module], own).runs(use.site) == runs


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("import os\nos.chdir('api')", True),
        ("def f():\n    import os\n    os.fchdir(3)", True),
        ("import os\nif __name__ == '__main__':\n    os.chdir('api')", False),
        ("chdirs = 1", False),
        ("import builtins\nbuiltins.open = print", True),
        ("import builtins\nprint(builtins.open == open)", False),
    ],
)
def test_who_changes_what_is_opened(text: str, moves: bool) -> None:
    assert file_context.changes_opening(evaluator(text + "\n").function_module) == moves
