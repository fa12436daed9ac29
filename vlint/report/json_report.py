"""`--output-format json`: one array of findings. Lines and columns count from 1, columns in characters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vlint.finding import Finding, Fix
    from vlint.report.report import Report, Style
    from vlint.text import Range


def render(report: Report, style: Style) -> str:
    """The array, in ASCII, so that no terminal's or pipe's encoding can spoil it."""
    return json.dumps([finding_object(finding) for finding in report.findings], indent=2) + "\n"


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "path": finding.path,
        "range": range_object(finding.range),
        "url": finding.url,
        "fix": None if finding.fix is None else _fix_object(finding.fix),
    }


def range_object(span: Range) -> dict[str, Any]:
    """A range as plain values."""
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }


def _fix_object(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{"path": edit.path, "range": range_object(edit.range), "text": edit.text} for edit in fix.edits],
    }
