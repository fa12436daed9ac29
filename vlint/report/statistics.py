"""`--statistics`: how often each rule spoke."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.report.report import Report


def render_statistics(report: Report, *, as_json: bool) -> str:
    """The rules that spoke, the most frequent first: count, code, name, and how many of the findings carry a fix."""
    counts = Counter((finding.code, finding.name) for finding in report.findings)
    fixable = Counter(finding.code for finding in report.findings if finding.fix)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if as_json:
        rows = [
            {"code": code, "name": name, "count": count, "fixable": fixable[code]} for (code, name), count in ordered
        ]
        return json.dumps(rows, indent=2) + "\n"
    width = len(str(max(counts.values(), default=0)))
    return "".join(
        f"{count:>{width}}  {code}  {name}{f'  ({fixable[code]} fixable)' if fixable[code] else ''}\n"
        for (code, name), count in ordered
    )
