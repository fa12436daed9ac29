"""`--output-format gitlab`: a code quality report, as GitLab's merge requests show it.

The form is that of GitLab's documentation, "Code Quality: code quality report format".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vlint.finding import Severity
from vlint.report.fingerprints import fingerprints

if TYPE_CHECKING:
    from vlint.report.report import Report, Style

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report, style: Style) -> str:
    """One array of issues."""
    names = fingerprints(report)
    issues = [
        {
            "description": f"{finding.code}: {finding.message}",
            "check_name": finding.name,
            "fingerprint": names[finding],
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": finding.path,
                "lines": {"begin": finding.range.start.line, "end": finding.range.end.line},
            },
        }
        for finding in report.findings
    ]
    return json.dumps(issues, indent=2) + "\n"
