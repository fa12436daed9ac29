"""Paths are completed where a string is the end of one, whatever its first parts are made of."""

from __future__ import annotations

import pytest

from tests.semantics.modules import evaluator
from vlint.project.tree import Kind
from vlint.semantics.files.path_completion import Candidate, completions

ROOT, API, DATA = {"api", "conf", "data"}, {"index.py", "words.txt"}, {"file.txt", "more"}

FILES = {
    "api/words.txt": "",
    "conf/settings.py": "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n",
    "data/file.txt": "",
    "data/more/deep.txt": "",
}

HEAD = """import os
from os.path import dirname, join
from pathlib import Path
from conf.settings import BASE_DIR

HERE = Path(__file__).parent
DATA = join(dirname(__file__), "..", "data")

"""


def offered(text: str, behind: str = "") -> set[str]:
    """The names that are offered where `text` ends."""
    own = evaluator({**FILES, "api/index.py": text + behind})
    return {candidate.name for candidate in completions(own.project, "api/index.py", len(text))[1]}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ('open(join(dirname(__file__), "', API),
        ("open(join(dirname(__file__), '..', '", ROOT),
        ('open(join(dirname(__file__), "../', ROOT),
        ('open(join(dirname(__file__), "../data/', DATA),
        ("open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '''", API),
        ('open(os.path.join(DATA, "', DATA),
        ('open(os.path.join("data", "', DATA),
        ('os.path.join("', ROOT),
        ('open(join(os.getcwd(), r"', ROOT),
        ('Path(__file__).parent / "', API),
        ('open(Path(__file__).parent / "', API),
        ('open(Path(__file__).parent.parent / "data" / "mo', DATA),
        ('open(Path(__file__).resolve().parents[1] / "', ROOT),
        ('open(HERE / "', API),
        ('open((HERE.parent / "data") / "', DATA),
        ('open(HERE /\n    "../data/', DATA),
        ('open(BASE_DIR / "data" / f"', DATA),
        ('open(HERE.joinpath("', API),
        ('HERE.parent.joinpath("data", "', DATA),
        ('Path(__file__).with_name("', API),
        ('Path("', ROOT),
        ('Path("data", "', DATA),
        ('Path(HERE, "', API),
        ('Path("data").rename("', ROOT),
    ],
)
def test_ends_of_paths(typed: str, names: set[str]) -> None:
    assert offered(HEAD + typed) == names
    assert offered(f"{HEAD}text = {typed}") == names
    assert offered(f"{HEAD}with {typed}", f"{'x'}\n    pass\nlater = 1\n") == names


@pytest.mark.parametrize(
    "typed",
    [
        'print("',
        '"',
        'x = ["',
        '", ".join("',
        'text.join("',
        "sep = '/'\nsep.join(\"",
        'open("a", "',
        'HERE.open("',
        'open(f"{HERE}/',
        "open(f\"{open('",
        'open(f"{names["',
        'open(HERE / f"{name}/',
        'open("/',
        'open(HERE / "/',
        'open("../',
        'open(HERE / "../../',
        'open(unknown / "',
        'open(join(unknown, "',
        'open(join("/tmp", "',
        'Path("/tmp") / "',
        '3 / "',
        'Path(__file__).with_name("more/',
        'Path(__file__).with_suffix("',
        '# open("',
        '"""Call open("',
    ],
)
def test_strings_that_are_no_ends_of_paths(typed: str) -> None:
    assert offered(HEAD + typed) == set()


def test_names_of_the_function_around() -> None:
    """The whole function counts, with what stands below the line, as far as it parses without it."""
    function = f"{HEAD}def read(name):\n    data = HERE.parent / 'data'\n    HERE = None\n"
    assert offered(f"{function}    return open(data / '") == set(), "HERE is local, and bound too late"
    function = f"{HEAD}def read(name):\n    data = HERE.parent / 'data'\n"
    assert offered(f"{function}    return open(data / '") == DATA
    assert offered(f"{function}    with open(data / '", "') as file:\n        return file.read()\n\napp = 1\n") == DATA
    behind = "')\n    except OSError:\n        pass\n"
    assert offered(f"{function}    try:\n        text = open(data / '", behind) == DATA
    assert offered(f"{function}    if name:\n        text = open(data / '", "')\n    else:\n        pass\n") == DATA
    assert offered(f"{function}    open(name / '", "')\n") == set()
    assert offered(f"{function}    try:\n        open(HERE / '") == API, "what is bound at the top, while it is broken"


def test_a_class_and_what_comes_later() -> None:
    text = f"{HEAD}class Reader:\n    base = HERE\n    def read(self):\n        return open(self.base / '"
    assert offered(text, "')\n\nreader = Reader()\n") in (API, set())
    assert offered("def read():\n    return open(HERE / '", f"')\n\n{HEAD}") == API


def test_what_a_candidate_says() -> None:
    own = evaluator({**FILES, "api/index.py": "open('data/m"})
    typed, found = completions(own.project, "api/index.py", len("open('data/m"))
    assert typed == "m"
    assert Candidate("more", Kind.DIRECTORY, "data/more", continues=True) in found
    assert Candidate("file.txt", Kind.FILE, "data/file.txt", continues=True) in found
    text = f"{HEAD}Path('data/file.txt').with_name('"
    own = evaluator({**FILES, "api/index.py": text})
    _, found = completions(own.project, "api/index.py", len(text))
    assert not any(candidate.continues for candidate in found), "a name has no slash in it"


def test_names_that_the_string_cannot_hold_as_they_are() -> None:
    files = {"data/it's.txt": "", "data/a{b}.txt": "", "data/plain.txt": "", "data/.hidden": "", "data/b\\c": ""}
    for typed, names in {
        "open('data/": {"a{b}.txt", "plain.txt"},
        'open("data/': {"a{b}.txt", "plain.txt", "it's.txt"},
        'open(f"data/': {"plain.txt", "it's.txt"},
    }.items():
        own = evaluator({**files, "api/index.py": typed})
        assert {c.name for c in completions(own.project, "api/index.py", len(typed))[1]} == names


def test_what_is_ignored_is_not_offered() -> None:
    own = evaluator({"data/a.txt": "", "data/b.log": "", ".gitignore": "*.log\n", "api/index.py": "open('data/"})
    assert [c.name for c in completions(own.project, "api/index.py", len("open('data/"))[1]] == ["a.txt"]
