"""Whether specifiers can be met, against trying very many versions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from vlint.project.manifests.satisfiable import is_satisfiable

VERSIONS = [
    Version(f"{release}{suffix}")
    for release in (
        *(".".join(map(str, parts)) for parts in itertools.product(range(5), range(4))),
        *(".".join(map(str, parts)) for parts in itertools.product(range(4), range(3), range(3))),
        "0.0.0.1", "1.2.0.0.1", "2.9", "3.9", "3.999", "9", "100", "1!0", "1!9",
    )
    for suffix in ("", ".dev1", "a1", "b2", "rc1", ".post1", ".post9", "rc1.post1")
]  # fmt: skip

numbers = st.integers(0, 3).map(str)
releases = st.lists(numbers, min_size=1, max_size=3).map(".".join)
suffixes = st.sampled_from(["", "", "", "rc1", "a1", ".post1", ".dev1"])
plain = st.tuples(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), releases, suffixes).map("".join)
prefixes = st.tuples(st.sampled_from(["==", "!="]), releases).map(lambda parts: f"{parts[0]}{parts[1]}.*")
compatible = st.lists(numbers, min_size=2, max_size=3).map(lambda parts: f"~={'.'.join(parts)}")


@settings(max_examples=400, deadline=None)
@given(st.lists(plain | plain | prefixes | compatible, min_size=1, max_size=4))
def test_unsatisfiable_means_that_no_version_meets_it(parts: list[str]) -> None:
    specifiers = SpecifierSet(",".join(parts))
    met = any(specifiers.contains(version, prereleases=True) for version in VERSIONS)
    if met:
        assert is_satisfiable(specifiers), f"{specifiers} is met"


@pytest.mark.parametrize(
    "text",
    ["<1,>=1", ">2,<1", "==1,==2", "==1.*,>=2", "~=1.4,<1.4", "!=1.0,==1.0", "<0.dev0", "==1.2.*,==1.3.*", ">1,<=1",
     ">=1,<3,!=1.*,!=2.*", "==1,!=1.*"],
)  # fmt: skip
def test_unsatisfiable(text: str) -> None:
    assert not is_satisfiable(SpecifierSet(text))


@pytest.mark.parametrize(
    "text",
    ["", ">=1,<=1", ">=1,<1.0.1", ">1,<1.0.0.1", "!=1.*", ">1.0,<1.1", "==1.*,!=1.0", "~=1.4,!=1.4", ">=1!0",
     "===x,==1", ">1.0,<1.0.1", ">=2.0rc1,<2.0.1", "<1", "==1.0+local", ">=1,<2,!=1.0,!=1.5"],
)  # fmt: skip
def test_satisfiable(text: str) -> None:
    assert is_satisfiable(SpecifierSet(text))
