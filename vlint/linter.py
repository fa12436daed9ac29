"""Runs the rules over a root: for the command line, the editor and the public API alike."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vlint.finding import Finding
from vlint.project.project import Project
from vlint.project.tree import Tree
from vlint.rules.registry import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from os import PathLike

    from vlint.finding import Problem
    from vlint.rules.context import FunctionModule
    from vlint.rules.registry import Rule
    from vlint.settings import Settings

_WORD = re.compile(r"[a-z]+[ ,:;]")

PROJECT_UNIT = ""
"""The unit of work that stands for the root as a whole; every other unit is a function's path."""


class RuleError(Exception):
    """A rule failed: a mistake of vlint's own, whose cause is `__cause__`.

    Attributes:
        code: The rule.
        path: What it was looking at: a function's path, or the empty string for the root.
    """

    def __init__(self, code: str, path: str) -> None:
        super().__init__(code, path)
        self.code = code
        self.path = path

    def __str__(self) -> str:
        cause = self.__cause__
        reason = f"{type(cause).__name__}: {cause}".splitlines()[0] if cause else "unknown reason"
        return f"the rule {self.code} failed on {self.path or 'the project'}: {reason}"


def open_project(
    root: str | PathLike[str],
    *,
    platform: str | None = None,
    overlay: Mapping[str, str] | None = None,
    settings: Settings | None = None,
) -> Project:
    """The project at `root` with its settings read; `settings` stands in for them, `platform` for the one they name.

    Raises:
        NotADirectoryError: `root` is not a directory.
        vlint.settings.SettingsError: the settings are invalid, or `platform` is unknown.
    """
    from vlint.platform import load_platform
    from vlint.settings import load_settings

    place = Path(root).resolve()
    if not place.is_dir():
        raise NotADirectoryError(str(root))
    settings = settings or load_settings(place, overlay=overlay)
    if platform is not None:
        settings = settings.with_values({"platform": platform}, "the argument platform")
    return Project(Tree(place, overlay), load_platform(settings.platform), settings)


def lint(
    root: str | PathLike[str], *, platform: str | None = None, overlay: Mapping[str, str] | None = None
) -> list[Finding]:
    """See `vlint.lint`."""
    return check(open_project(root, platform=platform, overlay=overlay))


def check(project: Project) -> list[Finding]:
    """All findings of `project`, with settings and suppressions applied, ordered by path, line, column and code."""
    found = {finding for unit in units(project) for finding in examine(project, unit)}
    return filter_findings(project, found)


def units(project: Project) -> tuple[str, ...]:
    """What can be examined on its own: the root as a whole, then each function."""
    from vlint.project.functions import functions

    return (PROJECT_UNIT, *(function.path for function in functions(project)))


def examine(project: Project, unit: str, failed: Callable[[RuleError], None] | None = None) -> tuple[Finding, ...]:
    """The findings of one unit, suppressions not yet applied; remembered until something it asked for changes.

    Args:
        project: The project.
        unit: One of `units(project)`.
        failed: Told of each rule that fails, once for what is remembered; the others' findings are returned.

    Raises:
        RuleError: a rule failed, and nobody is told of that.
    """
    return project.remember(("findings", unit), lambda: tuple(_examine(project, unit, failed or _raise)))


def examined_files(project: Project) -> frozenset[str]:
    """The files that the units examined so far have read."""
    records = (project.recall(("findings", unit)) for unit in units(project))
    return frozenset(path for record in records if record is not None for path in record.reads)


def filter_findings(
    project: Project,
    findings: Iterable[Finding],
    files: Iterable[str] | None = None,
    failed: Callable[[RuleError], None] | None = None,
) -> list[Finding]:
    """The findings that neither the settings nor a comment silence, in the order of reports.

    What rules about comments find (a comment that silences nothing) is added. So `findings` must be all that the
    units found in the files concerned.

    Args:
        project: The project.
        findings: What `examine` returned, for one file or for many units.
        files: The files whose comments are judged, besides those with findings; None means all that the examined
            units have read.
        failed: Told of each rule about comments that fails; the other findings are returned.

    Raises:
        RuleError: a rule failed, and nobody is told of that.
    """
    by_path: dict[str, set[Finding]] = defaultdict(set)
    for path in examined_files(project) if files is None else files:
        by_path[path] = set()
    for finding in findings:
        by_path[finding.path].add(finding)
    kept = [finding for path, found in by_path.items() for finding in _silence(project, path, found, failed or _raise)]
    if project.settings is not None:
        kept = [finding for finding in kept if not project.settings.ignores(finding.code, finding.path)]
    return sorted(kept, key=lambda finding: finding.sort_key)


def _silence(
    project: Project, path: str, findings: Iterable[Finding], failed: Callable[[RuleError], None]
) -> Iterator[Finding]:
    from vlint.suppressions import silence, silenced_by_name, suppressions

    if not suppressions(project, path):
        yield from findings
        return
    ran = frozenset(rule.code for rule in _rules(project))
    kept, comments = silence(project, path, findings, ran)
    yield from kept
    for rule in _rules(project):
        if rule.scope == "comments":
            about_comments = _found(project, rule, comments, path, failed)
            yield from (finding for finding in about_comments if not silenced_by_name(project, finding))


def _examine(project: Project, unit: str, failed: Callable[[RuleError], None]) -> Iterator[Finding]:
    module = None if unit == PROJECT_UNIT else _function_module(project, unit)
    scopes = {"project"} if module is None else {"function", "running"} if module.is_built else {"function"}
    for rule in _rules(project):
        if rule.scope in scopes:
            yield from _found(project, rule, module or project, unit, failed)


def _found(
    project: Project, rule: Rule, subject: object, path: str, failed: Callable[[RuleError], None]
) -> Iterator[Finding]:
    """What a rule finds in its subject; where it fails, what it had found by then."""
    try:
        for problem in rule.check(subject):
            yield _finding(project, rule, problem)
    except Exception as error:
        failure = RuleError(rule.code, path)
        failure.__cause__ = error
        failed(failure)


def _raise(failure: RuleError) -> None:
    raise failure


def _rules(project: Project) -> list[Rule]:
    """The rules that the project's settings let run."""
    settings = project.settings
    return [rule for rule in all_rules() if settings is None or settings.runs(rule.code)]


def _function_module(project: Project, path: str) -> FunctionModule:
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
        message=_sentence(problem.message),
        path=problem.location.path,
        range=problem.location.range,
        url=project.platform.address(rule.code),
        help=problem.help and _sentence(problem.help),
        fix=problem.fix,
        related=tuple(
            replace(related, location=related.location.settled(), message=_sentence(related.message))
            for related in problem.related
        ),
        unnecessary=problem.unnecessary,
    )


def _sentence(text: str) -> str:
    """`text` with a capital at its start, if that is a word, and no full stop at its end: as reports expect it."""
    text = text.removesuffix(".")
    return text[0].upper() + text[1:] if _WORD.match(text) else text
