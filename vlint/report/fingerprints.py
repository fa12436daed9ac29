"""Names for findings that stay when lines above them come and go: how services tell a known finding from a new one."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.finding import Finding
    from vlint.report.report import Report


def fingerprints(report: Report) -> dict[Finding, str]:
    """A fingerprint for each finding: made of rule, path, the text of its line, and a count of equal ones."""
    seen: Counter[str] = Counter()
    made = {}
    for finding in report.findings:
        parts = "\0".join((finding.code, finding.path, _line(report, finding)))
        digest = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[digest] += 1
        made[finding] = f"{digest}:{seen[digest]}"
    return made


def _line(report: Report, finding: Finding) -> str:
    source = report.source(finding.path)
    if source is None or finding.range.start.line > source.line_count:
        return ""
    return source.line(finding.range.start.line).strip()
