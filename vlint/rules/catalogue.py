"""What the rules are called and what their pages say, read from their files without importing them.

Listing the rules, or checking a code in a setting, must not pay for the parser that the rules themselves need.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vlint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.abc import Traversable


@dataclass(frozen=True, slots=True)
class RuleDescription:
    """A rule as people read about it; `documentation` is Markdown."""

    code: str
    name: str
    severity: Severity
    documentation: str

    @property
    def summary(self) -> str:
        """The first paragraph of the documentation, on one line."""
        return " ".join(self.documentation.strip().partition("\n\n")[0].split())


@cache
def rule_names() -> dict[str, str]:
    """The name of every rule, by code: both are in the names of the rules' files."""
    names = {}
    for entry in _rule_files():
        code, _, name = entry.name.removesuffix(".py").partition("_")
        names[code.upper()] = name.replace("_", "-")
    return dict(sorted(names.items()))


@cache
def describe_rules() -> tuple[RuleDescription, ...]:
    """Every rule, by code."""
    return tuple(sorted(map(_describe, _rule_files()), key=lambda rule: rule.code))


def codes_of(prefix: str) -> frozenset[str]:
    """The codes that `prefix` stands for: `VL2` → VL201, VL202, …; empty where it stands for none."""
    return frozenset(code for code in rule_names() if code.startswith(prefix))


def _rule_files() -> Iterator[Traversable]:
    for entry in files("vlint.rules").iterdir():
        if entry.name.startswith("vl") and entry.name.endswith(".py"):
            yield entry


def _describe(entry: Traversable) -> RuleDescription:
    module = ast.parse(entry.read_text(encoding="utf-8"))
    code, name, severity = next(arguments for node in module.body for arguments in _declarations(node))
    return RuleDescription(code, name, severity, ast.get_docstring(module) or "")


def _declarations(node: ast.stmt) -> Iterator[tuple[str, str, Severity]]:
    """The arguments of a `@rule(code, name, Severity.…)` above `node`."""
    if not isinstance(node, ast.FunctionDef):
        return
    for decorator in node.decorator_list:
        match decorator:
            case ast.Call(
                func=ast.Name(id="rule"),
                args=[ast.Constant(value=str(code)), ast.Constant(value=str(name)), ast.Attribute(attr=severity)],
            ):
                yield code, name, Severity[severity]
