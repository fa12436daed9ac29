"""`--output-format github`: workflow commands, which GitHub Actions shows as annotations.

The form and its escaping are those of GitHub's documentation, "Workflow commands for GitHub Actions", and of the
`@actions/core` package: `%`, CR and LF in the message, and `:` and `,` too in the properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Severity
from vlint.report.report import visible_lines

if TYPE_CHECKING:
    from vlint.finding import Finding
    from vlint.report.report import Report, Style

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, style: Style) -> str:
    """One command a finding."""
    return "".join(f"{_command(finding)}\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    start, end = finding.range.start, finding.range.end
    properties = {"title": f"vlint ({finding.code})", "file": finding.path, "line": start.line, "endLine": end.line}
    if start.line == end.line:  # GitHub takes columns for a range within one line only
        properties |= {"col": start.column, "endColumn": end.column}
    listed = ",".join(f"{name}={_escaped_property(str(value))}" for name, value in properties.items())
    text = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return f"::{_COMMANDS[finding.severity]} {listed}::{_escaped(visible_lines(text))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
