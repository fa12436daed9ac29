"""Positions in TOML: every range holds just its key or value, whatever the document looks like."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ending import ends
from vlint.project.manifests.toml_document import TomlDocument
from vlint.text import Position

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def at(values: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        values = values[step]
    return values


def check(text: str) -> int:
    """Hold every range of a document against its value; the number of values."""
    document = TomlDocument(text)
    assert document.problem is None, document.problem
    for path in document.paths:
        value_range, key_range = document.value_range(*path), document.key_range(*path)
        key, shown = document.source.slice(key_range), document.source.slice(value_range)
        if isinstance(path[-1], str):
            assert tomllib.loads(f"{key} = 1") == {path[-1]: 1}
        if key and value_range.start <= key_range.start <= key_range.end <= value_range.end:
            assert isinstance(at(document.values, path), (dict, list))  # a table by its header, or part of a dotted key
        else:
            assert repr(tomllib.loads(f"value = {shown}")) == repr({"value": at(document.values, path)})
    assert all_paths(document.values) == set(document.paths)
    return len(document.paths)


def all_paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path} if path else set()
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found |= all_paths(item, (*path, key))
    return found


EXAMPLES = {
    "comments": '# first\na = 1 # one\n\n[t] # table\nb = "x # no comment" # two\n',
    "dotted": "a.b.c = 1\na.b.d = 2\n'q.r'.s = 3\n[x.y]\nz . w = 4\n",
    "inline": 'p = {version = "*", extras = [\'a\', "b"], sub = {k = 1, l.m = 2}}\n',
    "arrays": "a = [1, [2, 3,], # c\n  [],\n  {x = 1},\n]\n",
    "array_of_tables": "[[source]]\nname = 'a'\n[source.sub]\nx = 1\n[[source]]\nname = 'b'\n[[source.deep]]\ny = 1\n",
    "deep_array_of_tables": "[[a]]\n[[a.b]]\nx = 1\n[[a.b]]\nx = 2\n[a.b.c]\ny = 3\n[[a]]\n[[a.b]]\nz = 4\n",
    "out_of_order": "[a.b]\nx = 1\n[c]\ny = 2\n[a]\nz = 3\n[a.d]\nw = 4\n",
    "basic_strings": 'a = ""\nb = "q\\"\\u00e9\\n]"\nc = "#"\n',
    "literal_strings": "a = ''\nb = 'w\\'\nc = '\"'\n",
    "long_strings": "a = "
    + '"""\nx\n"""\nb = """a"""""\nc = """\\""""\nd = """x \\\n   y"""\n'
    + "e = '''\ny'''''\nf = ''''''\n",
    "dates": "a = 1979-05-27 07:32:00Z\nb = 1979-05-27T07:32:00-07:00\nc = 07:32:00\nd = 1979-05-27 # x\n",
    "numbers": "a = inf\nb = -nan\nc = 0xDEAD_BEEF\nd = 1e-3\ne = true\nf = +1_000\n",
    "crlf": "a = 1\r\n[b]\r\nc = " + '"""\r\nx\r\n"""\r\nd = [\r\n 1,\r\n]\r\n',
    "keys": '"" = 1\n\'x y\' = 2\n"\\u0041" = 3\n3.14 = 4\n-_ = 5\n',
    "brackets": 'a = "]"\nb = [ "}", \'{\', "#" ]\n[\'t]\'.x]\nc = 1\n',
    "unicode": '"😀" = "é😀"  # 😀\nb = {"ä" = [\'ö\']}\n',
    "no_line_end": "a = [1, 2]",
    "spaces": "  a   =   1   \n\t[ b . c ]\t\n [[ d ]] \n e = [ 1 , 2 ]\n",
}


@pytest.mark.parametrize("text", EXAMPLES.values(), ids=EXAMPLES)
def test_examples(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize("text", EXAMPLES.values(), ids=EXAMPLES)
def test_values_stand_where_tomlkit_has_them(text: str) -> None:
    """tomlkit keeps the text of every value: in the order of rendering, each is found at our range."""
    document = TomlDocument(text)
    kept = tomlkit.parse(text)
    for path in document.paths:
        if isinstance(at(document.values, path), (dict, list, bool)):
            continue  # of a truth value tomlkit gives the bare value
        item = at(kept, path)
        assert document.source.slice(document.value_range(*path)) == item.as_string().strip()


keys = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'\"\\"), max_size=4).map("'{}'".format),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\"\\"), max_size=4).map('"{}"'.format),
)  # fmt: skip
space = st.sampled_from(["", " ", "  ", "\t"])
blank = st.sampled_from(["", " ", "\n", " # c ] }\n", "\n\n  "])
plain = st.characters(exclude_categories=["Cs", "Cc"])
scalars = st.one_of(
    st.integers(-(2**60), 2**60).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr).filter(lambda text: "e" not in text),
    st.booleans().map(lambda value: str(value).lower()),
    st.datetimes().map(lambda value: value.isoformat(" ")),
    st.dates().map(str),
    st.text(plain.filter(lambda c: c not in '"\\'), max_size=8).map('"{}"'.format),
    st.text(plain.filter(lambda c: c != "'"), max_size=8).map("'{}'".format),
    st.text(plain.filter(lambda c: c not in '"\\') | st.just("\n"), max_size=8).map('"""{}"""'.format),
    st.text(plain.filter(lambda c: c != "'") | st.just("\n"), max_size=8).map("'''{}'''".format),
)


def nested(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(blank, values, blank), max_size=4)
    pairs = st.lists(
        st.tuples(keys, space, values), max_size=3, unique_by=lambda pair: tomllib.loads(f"{pair[0]}=1").popitem()[0]
    )
    return items.map(lambda found: "[" + ",".join(f"{a}{b}{c}" for a, b, c in found) + "]") | pairs.map(
        lambda found: "{" + ", ".join(f"{key}{gap}={gap}{value}" for key, gap, value in found) + "}"
    )


values = st.recursive(scalars, nested, max_leaves=6)
dotted = st.lists(keys, min_size=1, max_size=3)
lines = st.one_of(
    st.tuples(dotted, space, values).map(
        lambda parts: f"{f'{parts[1]}.{parts[1]}'.join(parts[0])}{parts[1]}={parts[1]}{parts[2]}"
    ),
    dotted.map(lambda parts: f"[{'.'.join(parts)}]"),
    dotted.map(lambda parts: f"[[ {' . '.join(parts)} ]]"),
    st.just("# a comment [ = "),
    st.just(""),
)


@settings(max_examples=250, deadline=None)
@given(st.lists(lines, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_generated_documents(parts: list[str], line_end: str) -> None:
    """Lines are added as long as they leave the document valid."""
    text = ""
    for part in parts:
        longer = text + part.replace("\n", line_end) + line_end
        try:
            tomllib.loads(longer)
        except (tomllib.TOMLDecodeError, ValueError):
            continue
        text = longer
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("[]{}=\"'.,#\n\\ab1 ", max_size=40))
def test_any_text_has_values_or_a_problem_inside_of_it(text: str) -> None:
    document = TomlDocument(text)
    if document.problem:
        end = document.source.position(len(text))
        assert Position(1, 1) <= document.problem.range.start <= end
        assert document.paths == ()
    else:
        check(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = ", 1, 5),
        ("a = 1\nb = \nc = 3\n", 2, 5),
        ("a = 1\r\nb = x\r\n", 2, 5),
        ("a = 1\na = 2\n", 2, 6),
        ("[t\n", 1, 3),
        ('a = """x', 1, 9),
        ("a = " + "[" * 3000, 1, 105),
        ("a = " + "{b=" * 3000, 1, 305),
    ],
)
def test_problems_have_a_place(text: str, line: int, column: int) -> None:
    problem = TomlDocument(text).problem
    assert problem is not None
    assert problem.range.start.line == line
    assert abs(problem.range.start.column - column) <= 1
    assert problem.message
    assert "line" not in problem.message


def test_a_date_that_is_none_is_a_problem() -> None:
    assert TomlDocument("a = 2020-13-45\n").problem is not None


def test_five_megabytes() -> None:
    text = "[packages]\n" + "".join(
        f'package-{number} = {{version = "*", extras = ["x"]}}\n' for number in range(100_000)
    )
    assert len(text) > 4_500_000
    with ends():
        document = TomlDocument(text)
        assert document.value_range("packages", "package-99999").start.line == 100_001
