"""Syntax that is newer than the platforms' default Python: what a later version takes is no mistake where it is used.

The compiler at hand may be older than the Python that a project chooses. So each newer construct is written here as an
older one with the same names in it; a text that the compiler takes after that is right in the version that has it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = r"(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){0,300}"
_TYPE_PARAMETERS = re.compile(
    rf"^([ \t]*(?:class|def|async[ \t]+def|type)[ \t]+\w+)\[{_PART}=[ \t]*(?=[^\s,\]]){_PART}\]", re.MULTILINE
)
"""Type parameters with a default (PEP 696), which 3.13 brought."""

_TEMPLATE = re.compile(r"(?<![\w'\"])([tT][rR]?|[rR][tT])(?=['\"])")
"""What a template string (PEP 750) begins with, which 3.14 brought."""

_EXCEPT = re.compile(r"^([ \t]*except\*?[ \t]+)([^()\n:#]+,[^()\n:#]+)(?=:)", re.MULTILINE)
"""`except A, B:` without parentheses (PEP 758), which 3.14 brought."""


def older_forms(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The text with the syntax of 3.13, then with that of 3.14 too, in older form; each with the version that has it.

    Nothing where the text has none of it.
    """
    of_3_13 = _TYPE_PARAMETERS.sub(r"\1", text)
    if of_3_13 != text:
        yield (3, 13), of_3_13
    of_3_14 = _EXCEPT.sub(r"\1(\2)", _TEMPLATE.sub(_as_format, of_3_13))
    if of_3_14 != of_3_13:
        yield (3, 14), of_3_14


def _as_format(prefix: re.Match[str]) -> str:
    return prefix[1].translate(str.maketrans("tT", "fF"))
