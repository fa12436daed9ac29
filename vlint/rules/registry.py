"""How a rule is declared and found.

A rule is a module in this folder whose name starts with its code (`vl101_missing_entrypoint.py`), with one function
under the `rule` decorator. The module's docstring is the rule's documentation.
"""

from __future__ import annotations

import pkgutil
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vlint.finding import Problem, Severity

Scope = Literal["function", "running", "project", "comments"]
"""What a rule looks at: one function (its module and what it imports), the same if the platform builds it at all, the
root as a whole, or, when all the others have spoken, the comments that silence them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule; `check` takes a `FunctionModule`, a `Project` or a `FileComments`, after its scope."""

    code: str
    name: str
    severity: Severity
    scope: Scope
    documentation: str
    check: Callable[[Any], Iterator[Problem]]

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.strip().splitlines()[0]


_declared: dict[str, Rule] = {}


def rule(
    code: str, name: str, severity: Severity, *, scope: Scope = "function"
) -> Callable[[Callable[[Any], Iterator[Problem]]], Callable[[Any], Iterator[Problem]]]:
    """Declare the decorated function as the check of a rule."""

    def declare(check: Callable[[Any], Iterator[Problem]]) -> Callable[[Any], Iterator[Problem]]:
        documentation = sys.modules[check.__module__].__doc__ or ""
        _declared[code] = Rule(code, name, severity, scope, documentation, check)
        return check

    return declare


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    import vlint.rules

    for module in pkgutil.iter_modules(vlint.rules.__path__):
        if module.name.startswith("vl"):
            import_module(f"vlint.rules.{module.name}")
    return tuple(_declared[code] for code in sorted(_declared))
