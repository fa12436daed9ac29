"""Route conflicts among many files; what counts as a conflict is proved against the platform elsewhere."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from tests.ending import ends
from vlint.project.collation import collation_key
from vlint.project.routes import RouteConflict, repeated_segment, route_conflicts, segment_name


@pytest.mark.parametrize(
    ("segment", "name"),
    [
        ("[id]", "id"),
        ("[id].py", "id"),
        ("[...slug].py", "...slug"),
        ("id", None),
        ("[id", None),
        ("[]", ""),
        ("[", None),
        ("[a].b.py", None),
        (".[a]", None),
    ],
)
def test_names_in_brackets(segment, name) -> None:
    assert segment_name(segment) == name


def test_a_name_that_stands_twice() -> None:
    assert repeated_segment("api/[a]/[b]/[a].py") == "a"
    assert repeated_segment("api/[a]/[b].py") is None
    assert repeated_segment("api/[]/[].py") is None


def test_every_side_of_a_conflict_is_found() -> None:
    files = ["api/[a]/x.py", "api/[b]/y.py", "api/[b]/z.txt", "api/c.py"]
    assert list(route_conflicts(["api/[a]/x.py", "api/[b]/y.py", "api/c.py"], files)) == [
        RouteConflict("api/[a]/x.py", ("api/[b]/y.py", "api/[b]/z.txt")),
        RouteConflict("api/[b]/y.py", ("api/[a]/x.py",)),
    ]


def test_many_files_take_little_time() -> None:
    files = [f"api/p{index % 100}/[id]/m{index}.py" for index in range(20_000)]
    with ends():
        assert list(route_conflicts(files, files)) == []
        hostile = [f"api/[n{index}]/x.py" for index in range(5_000)]
        assert len(list(islice(route_conflicts(hostile, hostile), 20))) == 20


def test_names_sort_as_javascript_sorts_them() -> None:
    names = ["a", "A", "a_b", "a-b", "a.b", "a1", "ab", "aB", "Ab", "b", "B", "e", "é", "éa", "eb", "f"]
    shuffled = names.copy()
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=collation_key) == names
