"""The tables of the standard library's classes: each name is imported, and looked at."""

from __future__ import annotations

import abc
import builtins
import importlib
import inspect
import sys
import warnings

import pytest

from vlint.platform.standard_classes import final_classes, plain_classes, plain_functions

READ_FROM = (3, 12)


def found(name: str) -> object:
    module, _, last = name.rpartition(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(importlib.import_module(module), last, None)


@pytest.mark.parametrize("name", sorted(plain_classes()))
def test_instances_cannot_be_called(name: str) -> None:
    cls = found(name)
    if cls is None or not inspect.isclass(cls):
        assert sys.version_info[:2] != READ_FROM, "it is not there"
        return
    assert not any({"__call__", "__get__"} & set(vars(ancestor)) for ancestor in cls.__mro__)
    assert type(cls) in (type, abc.ABCMeta)


@pytest.mark.parametrize("name", sorted(final_classes()))
def test_final_classes_refuse_to_be_inherited_from(name: str) -> None:
    cls = found(name)
    if cls is None:
        assert sys.version_info[:2] != READ_FROM, "it is not there"
        return
    with pytest.raises(TypeError):
        type("Derived", (cls,), {})


@pytest.mark.parametrize("name", sorted(plain_functions()))
def test_functions_refuse_to_be_inherited_from(name: str) -> None:
    function = found(name)
    assert inspect.isfunction(function)
    with pytest.raises(TypeError):
        builtins.type(function)("Derived", (function,), {})
