"""Modules that a call imports by a literal name: `importlib.import_module("api.settings")`."""

from __future__ import annotations

import re

_CALL = re.compile(r"\b(?:import_module|__import__)\(\s*['\"](\w[\w.]*)['\"]")


def named_imports(text: str) -> tuple[str, ...]:
    """The absolute names of the modules that calls in a text import, found without parsing it."""
    return tuple(_CALL.findall(text)) if "import" in text else ()
