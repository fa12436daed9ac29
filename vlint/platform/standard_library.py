"""The names of Python's standard library, from `standard_library.toml`."""

from __future__ import annotations

from functools import cache

from vlint.platform import read_table


@cache
def standard_library(version: str) -> frozenset[str]:
    """The top-level names of the standard library of a Python version ("3.12").

    Of a version that the table does not know, all names of any version: better to take a package for a standard one
    than to miss one.
    """
    table = read_table("standard_library")
    versions: dict[str, list[str]] = table["versions"]
    known = [versions[version]] if version in versions else versions.values()
    return frozenset(table["always"]).union(*known)


@cache
def former_modules(version: str) -> frozenset[str]:
    """The top-level names that some Python version had, and this one has not; none of a version that is not known."""
    versions: dict[str, list[str]] = read_table("standard_library")["versions"]
    if version not in versions:
        return frozenset()
    return frozenset().union(*versions.values()) - standard_library(version)


@cache
def builtin_modules() -> frozenset[str]:
    """The modules compiled into the interpreter, which no file can stand in for."""
    return frozenset(read_table("standard_library")["builtin"])


@cache
def certain_modules(version: str) -> frozenset[str]:
    """The modules of the standard library, by their full names, that an import certainly finds in a Python version.

    Of a version that the table does not know, those that each version has.
    """
    table = read_table("standard_library")
    tops = {*table["always"], *table["versions"].get(version, ())}
    return frozenset(tops.difference(table["perhaps"]).union(table["submodules"], table["builtin"]))
