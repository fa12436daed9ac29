"""JSON documents: values as `JSON.parse` has them, and where every key and value stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlint.project.json_document import JsonDocument

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def every_path(value: object, path: tuple = ()):
    yield path, value
    if isinstance(value, dict):
        for key, member in value.items():
            yield from every_path(member, (*path, key))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from every_path(element, (*path, index))


@given(VALUES, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans())
def test_every_value_and_key_is_found_where_it_stands(value, indent, ascii_only) -> None:
    document = JsonDocument("file.json", "\n " + json.dumps(value, indent=indent, ensure_ascii=ascii_only) + "\r\n")
    assert document.problem is None
    assert document.value == value
    assert document.duplicates == ()
    for path, inner in every_path(value):
        where = document.value_range(path)
        assert where is not None
        assert json.loads(document.source.slice(where)) == inner
        key = document.key_range(path)
        if path and isinstance(path[-1], str):
            assert key is not None
            assert json.loads(document.source.slice(key)) == path[-1]
        else:
            assert key is None


def test_a_path_that_is_not_there_has_no_range() -> None:
    document = JsonDocument("file.json", '{"a": [1], "b": "text"}')
    for path in [("c",), ("a", 1), ("a", "0"), ("a", 0, "x"), ("b", 0)]:
        assert document.value_range(path) is None
        assert document.key_range(path) is None


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("", "it is empty", (1, 1)),
        (" \n", "it is empty", (1, 1)),
        ("{", "it ends too early", (1, 2)),
        ("[1,]", "a comma stands before the closing bracket", (1, 3)),
        ('{"a": 1,\n}', "a comma stands before the closing bracket", (1, 8)),
        ('{"a" 1}', "a colon is expected here", (1, 6)),
        ("{a: 1}", "a key in double quotes is expected here", (1, 2)),
        ("{'a': 1}", "a string takes double quotes", (1, 2)),
        ('{"a": NaN}', "NaN is not a value of JSON", (1, 7)),
        ('["NaN", -Infinity]', "-Infinity is not a value of JSON", (1, 9)),
        ("[1 2]", "a comma or a closing bracket is expected here", (1, 4)),
        ('{\n"a": "x', "a string has no closing quote", (2, 6)),
        ("\ufeff{}", "it starts with a byte order mark", (1, 1)),
        ('["a\nb"]', "a control character stands in a string", (1, 4)),
        ("// comment\n{}", "it has a comment, which JSON does not know", (1, 1)),
        ('{"😀": 1} x', "something follows the end of the value", (1, 10)),
        ("tru", "a value is expected here", (1, 1)),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(text, message, place) -> None:
    document = JsonDocument("file.json", text)
    assert document.problem is not None
    assert document.problem.message == message
    assert (document.problem.range.start.line, document.problem.range.start.column) == place
    assert document.value is None
    assert document.value_range() is None


def test_repeated_keys_are_told_and_the_last_counts() -> None:
    document = JsonDocument("file.json", '{"a": 1, "b": [0, {"x": 1, "\\u0078": 2}], "a": {"x": 1}}')
    assert [(path, document.source.slice(where)) for path, where in document.duplicates] == [
        (("b", 1, "x"), '"\\u0078"'),
        (("a",), '"a"'),
    ]
    assert document.value["a"] == {"x": 1}
    where = document.value_range(("a", "x"))
    assert where is not None
    assert document.source.slice(where) == "1"


def test_deep_nesting_is_a_problem_with_a_place_and_no_crash() -> None:
    document = JsonDocument("file.json", "[" * 200_000 + "]" * 200_000)
    assert document.problem is not None
    assert document.problem.message == "it is nested too deeply"
    assert document.problem.range.start.column == 200_000


def test_a_number_too_long_for_an_integer_is_a_float() -> None:
    assert JsonDocument("file.json", "1" + "0" * 10_000).value == float("inf")


def test_five_megabytes_are_read_and_searched() -> None:
    text = '{"k": [' + ",".join(f'{{"name": "abc{index}", "v": [1, 2, 3]}}' for index in range(150_000)) + "]}"
    assert len(text) > 5_000_000
    document = JsonDocument("file.json", text)
    where = document.value_range(("k", 149_999, "v", 2))
    assert where is not None
    assert document.source.slice(where) == "3"


@given(VALUES, st.data())
def test_a_text_cut_anywhere_is_a_document(value, data) -> None:
    text = json.dumps(value)
    cut = text[: data.draw(st.integers(0, len(text)))]
    document = JsonDocument("file.json", cut)
    if document.problem is None:
        assert json.loads(cut) == document.value
    else:
        assert document.problem.range.end <= document.source.position(len(cut))
