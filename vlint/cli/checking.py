"""From paths on the command line to a report: the roots, what the linter finds in them, and paths as they are shown."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vlint.cli import UsageError
from vlint.cli.examining import Examined, Work, examine_all
from vlint.cli.fixing import mend
from vlint.cli.options import existing_path, settings_for
from vlint.cli.progress import progress
from vlint.cli.shown import shown_finding, shown_path
from vlint.linter import filter_findings, units
from vlint.project.file_text import file_text
from vlint.project.ignore import GIT_IGNORE, VERCEL_IGNORE
from vlint.project.roots import Root as ChosenRoot
from vlint.project.roots import find_roots, root_of
from vlint.report.report import Report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from vlint.finding import Finding
    from vlint.project.project import Project


@dataclass
class Root:
    """A root and what was found in it. `only` limits what is reported to files, by their paths from the root."""

    work: Work
    project: Project
    only: frozenset[str] | None
    findings: list[Finding] = field(default_factory=list)
    fixed: tuple[Finding, ...] = ()
    empty: bool = False

    def settle(self, examined: Examined) -> None:
        """Make `findings` of what was examined."""
        found = filter_findings(self.project, examined.findings, examined.read)
        self.findings = [finding for finding in found if self.concerns(finding)]
        there = (path for path in examined.read if path not in (GIT_IGNORE, VERCEL_IGNORE))
        self.empty = len(units(self.project)) == 1 and not any(map(self.project.tree.is_file, there))

    def concerns(self, finding: Finding) -> bool:
        """Whether `finding` is to be reported: it stands in one of the files asked for, or points there."""
        if self.only is None:
            return True
        places = {finding.path, *(related.location.path for related in finding.related)}
        return not places.isdisjoint(self.only)

    @property
    def failing(self) -> bool:
        """Whether a finding is at or above what the settings fail on."""
        least = self.work.settings.fail_on.rank
        return any(finding.severity.rank >= least for finding in self.findings)


@dataclass(frozen=True)
class Checked:
    """What a run found.

    Attributes:
        report: For the formats.
        failing: Whether a finding is at or above what its root's settings fail on.
        output: What goes to standard output in place of the report (a diff, or standard input mended), or None.
    """

    report: Report
    failing: bool
    output: bytes | None = None


def check_paths(options: argparse.Namespace) -> Checked:
    """Check everything that the command line names.

    Raises:
        vlint.cli.UsageError: a path does not exist.
        vlint.settings.SettingsError: settings are invalid.
        OSError: a file cannot be written.
    """
    roots = list(_opened(options))
    total = sum(len(units(root.project)) for root in roots)
    with progress(total, wanted=not options.quiet) as done:
        works, projects = [root.work for root in roots], [root.project for root in roots]
        examined = examine_all(works, projects, options.jobs, done)
    for root, found in zip(roots, examined, strict=True):
        root.settle(found)
        if options.verbose:
            print(_described(root), file=sys.stderr)
    output = mend(roots, options) if options.fix or options.diff else None
    failures = tuple(failure for found in examined for failure in found.failures)
    return Checked(_report(roots, failures), any(root.failing for root in roots), output)


def _opened(options: argparse.Namespace) -> Iterator[Root]:
    overlay: dict[str, str] = {}
    if options.stdin_filename:
        path = Path(options.stdin_filename).absolute()
        directory = root_of(path, Path.cwd())
        if not directory.is_dir() or sys.stdin is None:
            what = "standard input is closed" if sys.stdin is None else "no such directory"
            raise UsageError(f"--stdin-filename {options.stdin_filename}: {what}")
        name = path.relative_to(directory).as_posix()
        overlay[name] = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        chosen: tuple[ChosenRoot, ...] = (ChosenRoot(directory, frozenset({name})),)
    else:
        chosen = find_roots([existing_path(name) for name in options.paths])
    for root in chosen:
        work = Work(root.directory, settings_for(root.directory, options), overlay)
        yield Root(work, work.open(), root.files)


def _report(roots: Sequence[Root], failures: tuple[str, ...]) -> Report:
    places = {}
    findings = []
    for root in roots:
        for finding in root.findings:
            for path in _paths(finding):
                places[shown_path(root.work.root, path)] = (root, path)
            findings.append(shown_finding(root.work.root, finding))

    def read(shown: str) -> str | None:
        if shown not in places:
            return None
        root, path = places[shown]
        return file_text(root.project.tree, path)

    return Report(
        findings=tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key)),
        read=read,
        functions=sum(len(units(root.project)) - 1 for root in roots),
        roots=len(roots),
        fixed=tuple(finding for root in roots for finding in root.fixed),
        empty=all(root.empty for root in roots),
        failures=failures,
    )


def _paths(finding: Finding) -> Iterator[str]:
    yield finding.path
    yield from (related.location.path for related in finding.related)
    if finding.fix:
        yield from (edit.path for edit in finding.fix.edits)


def _described(root: Root) -> str:
    settings = root.work.settings
    count = len(units(root.project)) - 1
    place = shown_path(root.work.root, "")
    source = f"settings of {shown_path(settings.file, '')}" if settings.file else "default settings"
    functions = f"{count} function{'' if count == 1 else 's'}"
    return f"vlint: checked {place}: {functions}, platform {settings.platform}, {source}"
