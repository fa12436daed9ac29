"""Runs the rules over a root: for the command line, the editor and the public API alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Finding
from vlint.project.project import Project
from vlint.project.tree import Tree
from vlint.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike

    from vlint.finding import Problem
    from vlint.rules.registry import Rule

PROJECT_UNIT = ""
"""The unit of work that stands for the root as a whole; every other unit is a function's path."""


def units(project: Project) -> tuple[str, ...]:
    """What can be examined on its own: the root as a whole, then each function."""
    from vlint.project.functions import functions

    return (PROJECT_UNIT, *(function.path for function in functions(project)))


def examine(project: Project, unit: str) -> tuple[Finding, ...]:
    """The findings of one unit, suppressions not yet applied; remembered until something it asked for changes."""
    return project.remember(("findings", unit), lambda: tuple(_examine(project, unit)))


def lint(
    root: str | PathLike[str], *, platform: str | None = None, overlay: Mapping[str, str] | None = None
) -> list[Finding]:
    """See `vlint.lint`."""
    from vlint.platform import DEFAULT_PLATFORM, load_platform

    project = Project(Tree(root, overlay), load_platform(platform or DEFAULT_PLATFORM))
    found = {finding for unit in units(project) for finding in examine(project, unit)}
    return sorted(found, key=lambda finding: finding.sort_key)


def _examine(project: Project, unit: str) -> Iterable[Finding]:
    scope, subject = ("project", project) if unit == PROJECT_UNIT else ("function", _function_module(project, unit))
    for rule in all_rules():
        if rule.scope == scope:
            for problem in rule.check(subject):
                yield _finding(project, rule, problem)


def _function_module(project: Project, path: str) -> object:
    from vlint.project.functions import functions
    from vlint.rules.context import FunctionModule
    from vlint.syntax.module import load_module

    function = next(function for function in functions(project) if function.path == path)
    return FunctionModule(project, function, load_module(project, path))


def _finding(project: Project, rule: Rule, problem: Problem) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=problem.severity or rule.severity,
        message=problem.message,
        path=problem.location.path,
        range=problem.location.range,
        url=project.platform.address(rule.code),
        help=problem.help,
        fix=problem.fix,
        related=problem.related,
        unnecessary=problem.unnecessary,
    )
