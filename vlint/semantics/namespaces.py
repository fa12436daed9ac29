"""Names of a module that are bound through its namespace: `globals()["app"] = …`, `exec`, `sys.modules[__name__]`.

A literal key at the top level is an ordinary binding. Anything else is only recognized in the text, so that what may
have been bound in such a way is taken to be unknown.
"""

from __future__ import annotations

import re
from functools import lru_cache

import libcst as cst

from vlint.syntax.quiet import string_value

_NAMESPACE = r"\b(?:globals|vars|locals)\(\s*\)"
_LITERAL = re.compile(rf"^[ \t]+.*?{_NAMESPACE}\[\s*['\"](\w+)['\"]\s*\]\s*[^=\s]?=[^=]", re.MULTILINE)
_ANY = re.compile(
    rf"{_NAMESPACE}\s*(?:\[\s*[^'\"\s][^\]]*\]\s*[^=\s]?=[^=]|\.(?:update|setdefault|__setitem__|pop|clear)\b|\|=)"
    rf"|=\s*{_NAMESPACE}|\bexec\s*\("
)
_MODULE_OBJECT = re.compile(r"\bsys\.modules\b|\b__dict__\b|\bfrom\s+sys\s+import\b[^\n]*\bmodules\b")


_WORDS = ("globals", "vars", "locals", "exec")
"""One of these is in every text that the patterns above find anything in."""


def rebinds_secretly(name: str, text: str) -> bool:
    """Whether a module may give the name a value through its namespace, whatever its statements bind it to."""
    if not any(word in text for word in _WORDS):
        return False
    may_bind_any, bound = _bound_secretly(text)
    return may_bind_any or name in bound


@lru_cache(maxsize=64)
def _bound_secretly(text: str) -> tuple[bool, frozenset[str]]:
    """Whether a module may bind any name, and which names it certainly may; its callers ask for many names."""
    if _ANY.search(text) is not None:
        return True, frozenset()
    return False, frozenset(match[1] for match in _LITERAL.finditer(text))


def binds_secretly(name: str, text: str) -> bool:
    """Whether a module may bind a name that none of its statements bind."""
    return rebinds_secretly(name, text) or _reaches_module_object(text)


@lru_cache(maxsize=64)
def _reaches_module_object(text: str) -> bool:
    return _MODULE_OBJECT.search(text) is not None


def literal_key(target: cst.Subscript) -> cst.SimpleString | None:
    """The key of `globals()["name"]`, or None for other targets."""
    match target:
        case cst.Subscript(
            value=cst.Call(func=cst.Name(value="globals" | "vars" | "locals"), args=[]),
            slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))],
        ):
            return key if isinstance(string_value(key), str) else None
    return None
