"""The modules that an import certainly finds: each is found here, and those of other systems are not among them."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from vlint.platform import read_table
from vlint.platform.standard_library import certain_modules

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.skipif(sys.platform != "linux", reason="the table is that of Linux")
def test_certain_modules_are_found() -> None:
    certain = certain_modules(VERSION)
    assert len(certain) > 200
    assert [name for name in sorted(certain - {"__main__"}) if find_spec(name) is None] == []


@pytest.mark.parametrize("name", ["winreg", "msvcrt", "tkinter", "curses", "no_such_module", "json.no_such_module"])
def test_other_modules_are_not_certain(name: str) -> None:
    assert name not in certain_modules("3.12")


def test_a_version_without_a_list_has_what_all_have() -> None:
    assert "json.decoder" in certain_modules("3.99")
    assert "tomllib" in certain_modules("3.12")
    assert "tomllib" not in certain_modules("3.99")


def test_doubtful_modules_are_names_of_the_standard_library() -> None:
    table = read_table("standard_library")
    names = {*table["always"]}.union(*table["versions"].values())
    assert {*table["perhaps"]} <= names
