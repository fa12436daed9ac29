"""`--output-format junit`: a suite for each file, a test case for each finding, as continuous integration shows them.

The form is the one that Jenkins, GitLab and others read. A finding of severity `info` never fails a run, so it is a
test case that passes and says what was found.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vlint.finding import Severity
from vlint.report.report import visible, visible_lines

if TYPE_CHECKING:
    from vlint.finding import Finding
    from vlint.report.report import Report, Style


def render(report: Report, style: Style) -> str:
    """The document."""
    document = Element("testsuites", name="vlint")
    for path, findings in groupby(report.findings, key=lambda finding: finding.path):
        _suite(document, path, list(findings))
    if not report.findings:
        suite = SubElement(document, "testsuite", name="vlint", tests="1", failures="0", errors="0")
        SubElement(suite, "testcase", name="No findings", classname="vlint")
    for total in ("tests", "failures", "errors"):
        document.set(total, str(sum(int(suite.get(total, "0")) for suite in document)))
    indent(document)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(document, encoding="unicode") + "\n"


def _suite(document: Element, path: str, findings: list[Finding]) -> None:
    failing = sum(finding.severity is not Severity.INFO for finding in findings)
    suite = SubElement(
        document, "testsuite", name=visible(path), tests=str(len(findings)), failures=str(failing), errors="0"
    )
    for finding in findings:
        start = finding.range.start
        case = SubElement(
            suite,
            "testcase",
            name=f"{finding.code} {finding.name} ({start.line}:{start.column})",
            classname=visible(path),
            file=visible(path),
            line=str(start.line),
        )
        text = f"{path}:{start.line}:{start.column}: {finding.message}"
        if finding.help:
            text += f"\nhelp: {finding.help}"
        if finding.severity is Severity.INFO:
            SubElement(case, "system-out").text = visible_lines(text)
        else:
            failure = SubElement(case, "failure", message=visible(finding.message), type=finding.severity.value)
            failure.text = visible_lines(text)
