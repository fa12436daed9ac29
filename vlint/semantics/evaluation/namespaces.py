"""Names of a module that are bound through its namespace: `globals()["app"] = …`, `exec`, `sys.modules[__name__]`.

A literal key at the top level is an ordinary binding. Anything else is only recognized in the text, so that what may
have been bound in such a way is taken to be unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.syntax.nodes import descendants
from vlint.syntax.quiet import string_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.syntax.module import Module

READS_LOCALS = frozenset({"locals", "vars", "eval", "exec", "_getframe", "currentframe", "stack"})
"""Names by which a function may reach its parameters without naming them."""
PASSES_ON = re.compile(
    r"[(,]\s*(?:\w+\s*=\s*)?globals\(\s*\)\s*[,)]|^\S[^\n]*[(,]\s*(?:vars|locals)\(\s*\)\s*[,)]", re.MULTILINE
)
"""Where the namespace is an argument: the function that gets it may put names into it."""
_NAMESPACE = r"\b(?:globals|vars|locals)\(\s*\)"
_LITERAL = re.compile(rf"^[ \t]+.*?{_NAMESPACE}\[\s*['\"](\w+)['\"]\s*\]\s*[^=\s]?=[^=]", re.MULTILINE)
_ANY = re.compile(
    rf"{_NAMESPACE}\s*(?:\[\s*[^'\"\s][^\]]*\]\s*[^=\s]?=[^=]|\.(?:update|setdefault|__setitem__|pop|clear)\b|\|=)"
    rf"|=\s*{_NAMESPACE}(?!\s*(?:\[|\.(?:get|items|keys|values)\b))|\bexec\s*\("
)
_MODULE_OBJECT = re.compile(r"\bsys\.modules\b|\b__dict__\b|\bfrom\s+sys\s+import\b[^\n]*\bmodules\b")


_ANY_NAME = "*"
"""Stands for every name there is."""

_WORDS = ("globals", "vars", "locals", "exec")
"""One of these is in every text that the patterns above find anything in."""


def rebinds_secretly(name: str, module: Module) -> bool:
    """Whether a module may give the name a value through its namespace, whatever its statements bind it to."""
    bound = module.gathered("bound secretly", _bound_secretly)
    return bool(bound) and (name in bound or _ANY_NAME in bound)


def _bound_secretly(text: str) -> tuple[str, ...]:
    """The names that a statement may bind through the namespace."""
    if not any(word in text for word in _WORDS):
        return ()
    if _ANY.search(text) is not None:
        return (_ANY_NAME,)
    return tuple(match[1] for match in _LITERAL.finditer(text))


def binds_secretly(name: str, module: Module) -> bool:
    """Whether a module itself may bind a name that none of its statements bind."""
    return rebinds_secretly(name, module) or module.matches(_MODULE_OBJECT)


def takers(node: cst.CSTNode) -> Iterator[cst.Call]:
    """The calls in a statement that get the namespace as an argument."""
    for part in (node, *descendants(node)):
        if isinstance(part, cst.Call) and any(_is_namespace(argument.value) for argument in part.args):
            yield part


def _is_namespace(node: cst.CSTNode) -> bool:
    match node:
        case cst.Call(func=cst.Name(value="globals" | "vars" | "locals"), args=[]):
            return True
    return False


def literal_key(target: cst.Subscript) -> cst.SimpleString | None:
    """The key of `globals()["name"]`, or None for other targets."""
    match target:
        case cst.Subscript(
            value=namespace, slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]
        ):
            return key if _is_namespace(namespace) and isinstance(string_value(key), str) else None
    return None
