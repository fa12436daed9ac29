"""The table of the standard library's names: each module and class is imported, and its names are looked at."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import types
import warnings

import pytest

from vlint.platform import read_table
from vlint.platform.standard_names import has_name, is_function, known_modules, known_versions

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

pytestmark = [
    pytest.mark.allow_skip("the table is of the platforms' versions of Python"),
    pytest.mark.skipif(VERSION not in known_versions(), reason="the table is of other versions of Python"),
]


def found(name: str) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            module, _, last = name.rpartition(".")
            return getattr(importlib.import_module(module), last)


@pytest.mark.parametrize("name", sorted(known_modules()))
def test_no_name_is_left_out(name: str) -> None:
    owner = found(name)
    names = {one for one in dir(owner) if not one.startswith("_")}
    if isinstance(owner, types.ModuleType):
        names |= {one.name for one in pkgutil.iter_modules(getattr(owner, "__path__", ()))}
        names -= {one for one in names if f"{name}.{one}" in sys.modules and not hasattr(owner, one)}
    missing = {one for one in names if has_name(name, one, VERSION) is False}
    assert not {one for one in missing if not one.startswith("test")}


@pytest.mark.parametrize(
    "name", [f"{m}.{n}" for m, names in read_table("standard_names")["functions"].items() for n in names]
)
def test_functions_have_no_attributes(name: str) -> None:
    function = found(name)
    assert isinstance(function, types.FunctionType | types.BuiltinFunctionType)
    assert not [one for one in dir(function) if not one.startswith("_")]
    assert is_function(name)


def test_what_is_not_known_is_not_said() -> None:
    assert has_name("datetime", "now", "3.12") is False
    assert has_name("datetime", "datetime", "3.12") is True
    assert has_name("time.time", "time", "3.12") is False
    assert has_name("datetime", "now", "3.9") is None
    assert has_name("datetime", "_now", "3.12") is None
    assert has_name("flask", "Flask", "3.12") is None
