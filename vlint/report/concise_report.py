"""`--output-format concise`: one line a finding, `path:line:col: severity CODE message`, for editors and `grep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.report.report import visible

if TYPE_CHECKING:
    from vlint.report.report import Report, Style


def render(report: Report, style: Style) -> str:
    """One line a finding."""
    lines = [
        f"{visible(finding.path)}:{finding.range.start.line}:{finding.range.start.column}: "
        f"{finding.severity.value} {finding.code} {visible(finding.message)}\n"
        for finding in report.findings
    ]
    return "".join(lines)
