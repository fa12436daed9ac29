"""`--output-format sarif`: SARIF 2.1.0, with what GitHub code scanning asks for.

Sources: the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", and GitHub's "SARIF
support for code scanning" (which properties are read, and what fingerprints are for).
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from vlint.finding import Severity
from vlint.platform import load_platform
from vlint.report.fingerprints import fingerprints
from vlint.rules.catalogue import describe_rules

if TYPE_CHECKING:
    from vlint.finding import Finding, Fix, Location
    from vlint.report.report import Report, Style
    from vlint.rules.catalogue import RuleDescription
    from vlint.text import Range

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
CATEGORY = "vlint/"
"""GitHub keeps the alerts of runs with different categories apart; a slash ends the category."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def render(report: Report, style: Style) -> str:
    """A SARIF log of one run."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}, indent=2) + "\n"


def _run(report: Report) -> dict[str, Any]:
    from vlint import __version__

    rules = describe_rules()
    indexes = {rule.code: index for index, rule in enumerate(rules)}
    names = fingerprints(report)
    return {
        "tool": {
            "driver": {
                "name": "vlint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": load_platform().documentation["VL"],
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": CATEGORY},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, indexes[finding.code], names[finding]) for finding in report.findings],
    }


def _invocation(report: Report) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.failures}
    if report.failures:
        invocation["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": failure}} for failure in report.failures
        ]
    return invocation


def _rule(rule: RuleDescription) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.documentation.strip(), "markdown": rule.documentation.strip()},
        "helpUri": load_platform().address(rule.code),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["vercel", "python"],
            "precision": "very-high",
            "problem.severity": _PROBLEM_SEVERITIES[rule.severity],
        },
    }


def _result(finding: Finding, index: int, fingerprint: str) -> dict[str, Any]:
    text = f"{finding.message}.\n{finding.help}." if finding.help else f"{finding.message}."
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(finding)],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.location), "message": {"text": related.message}}
            for number, related in enumerate(finding.related, start=1)
        ]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix)]
    return result


def _location(place: Finding | Location) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.path)}, "region": _region(place.range)}}


def _region(span: Range) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit.range), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.path, []).append(replacement)
    return {
        "description": {"text": f"{fix.title} ({fix.applicability.value})"},
        "artifactChanges": [
            {"artifactLocation": {"uri": uri(path)}, "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def uri(path: str) -> str:
    """A path as a URI reference: relative as it is, absolute with the scheme `file`."""
    if PurePosixPath(path).is_absolute():
        return f"file://{quote(path)}"
    if len(path) > 1 and path[1] == ":":  # a Windows drive
        return f"file:///{quote(path, safe='/:')}"
    return quote(path)
