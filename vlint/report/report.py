"""What a format is given: the findings of a run and the texts that they point into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vlint.finding import Applicability, Severity
from vlint.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from vlint.finding import Finding

_UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@dataclass(frozen=True)
class Style:
    """How text looks: whether it is coloured, and the terminal's width in cells (None: no terminal, no limit)."""

    color: bool = False
    width: int | None = None
    quiet: bool = False


@dataclass(frozen=True)
class Report:
    """The outcome of a run over one or more roots.

    Attributes:
        findings: In order; their paths (those of related places and of edits too) are as they are shown.
        read: The text of a file by its shown path, as the ranges count it; None where it cannot be read.
        functions: How many functions were checked.
        roots: How many project roots were checked.
        fixed: The findings that were mended.
        empty: Whether nothing was found that could be checked.
        failures: What went wrong in vlint itself, one line each.
    """

    findings: tuple[Finding, ...] = ()
    read: Callable[[str], str | None] = lambda path: None
    functions: int = 0
    roots: int = 1
    fixed: tuple[Finding, ...] = ()
    empty: bool = False
    failures: tuple[str, ...] = ()

    @cached_property
    def _sources(self) -> dict[str, Source | None]:
        return {}

    def source(self, path: str) -> Source | None:
        """The text of the file shown as `path`, or None where it cannot be read."""
        if path not in self._sources:
            text = self.read(path)
            self._sources[path] = None if text is None else Source(text)
        return self._sources[path]

    def count(self, severity: Severity) -> int:
        """How many findings are of `severity`."""
        return sum(finding.severity is severity for finding in self.findings)

    def fixable(self, applicability: Applicability) -> int:
        """How many findings carry a fix of that kind."""
        return sum(finding.fix is not None and finding.fix.applicability is applicability for finding in self.findings)

    def summary(self) -> str:
        """The run in one sentence or two, without a line end."""
        if self.empty:
            return "Nothing was found to check: no function below api/ and no manifest"
        fixed = f" (fixed {len(self.fixed)})" if self.fixed else ""
        if not self.findings:
            return f"No findings in {_number(self.functions, 'function')}{fixed}"
        counts = [
            _number(self.count(severity), noun)
            for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
            if self.count(severity)
        ]
        files = len({finding.path for finding in self.findings})
        found = f"Found {_listed(counts)} in {_number(files, 'file')}{fixed}"
        return ". ".join([found, *self._fix_hints()])

    def _fix_hints(self) -> list[str]:
        safe, unsafe = self.fixable(Applicability.SAFE), self.fixable(Applicability.UNSAFE)
        hints = [f"{safe} fixable with --fix"] if safe else []
        if unsafe:
            hints.append(f"{unsafe} {'more ' * bool(safe)}with --fix --unsafe-fixes")
        return [", ".join(hints)] if hints else []


def visible(text: str) -> str:
    """`text` with each character that would move the cursor, colour the terminal or reorder the line made visible."""
    return _UNSEEN.sub(lambda match: _picture(ord(match[0])), text)


def visible_lines(text: str) -> str:
    """As `visible`, with line ends kept."""
    return "\n".join(map(visible, text.split("\n")))


def _picture(code: int) -> str:
    """The control picture of a control character (U+2400 …), or the replacement character."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
