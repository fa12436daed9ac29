"""The formats that programs read, each by that program's own rules."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from tests.report.samples import EMPTY, EVERYTHING, FILES, finding, span
from vlint.finding import Severity
from vlint.report import FORMATS, render
from vlint.report.fingerprints import fingerprints
from vlint.report.report import Report, Style

PLAIN = Style()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_everything_and_nothing(name) -> None:
    for report in (EVERYTHING, EMPTY):
        text = render(name, report, PLAIN)
        assert not text or text.endswith("\n")
        assert "\x1b" not in text


def test_json_is_the_contract() -> None:
    first, *_ = json.loads(render("json", EVERYTHING, PLAIN))
    assert first == {
        "code": "VL201",
        "name": "api-relative-path",
        "severity": "error",
        "message": "'file.txt' is looked for from the project root",
        "help": "Write 'api/file.txt'",
        "path": "api/user.py",
        "range": {"start": {"line": 3, "column": 11}, "end": {"line": 3, "column": 21}},
        "url": "https://example.org/rule",
        "fix": {
            "title": "Write 'api/file.txt'",
            "applicability": "safe",
            "edits": [
                {
                    "path": "api/user.py",
                    "range": {"start": {"line": 3, "column": 12}, "end": {"line": 3, "column": 12}},
                    "text": "api/",
                },
                {
                    "path": "api/ünï côdé.py",
                    "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 1}},
                    "text": "",
                },
            ],
        },
    }
    assert json.loads(render("json", EMPTY, PLAIN)) == []


def test_concise_is_one_line_a_finding() -> None:
    assert render("concise", EVERYTHING, PLAIN).splitlines() == [
        "api/user.py:3:11: error VL201 'file.txt' is looked for from the project root",
        "api/ünï côdé.py:2:13: warning VL202 50 %: a, b␊and <c> & 'd' ␛[31m",
        "api/ünï côdé.py:2:1: info VL001 nothing",
    ]


_COMMAND = re.compile(r"^::(?P<command>\w+) (?P<properties>[^:]*)::(?P<message>.*)$")


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner reads it."""
    match = _COMMAND.match(line)
    assert match
    properties = dict(item.split("=", 1) for item in match["properties"].split(","))
    return match["command"], {name: unquote(value) for name, value in properties.items()}, unquote(match["message"])


def test_github_commands_come_back_as_they_were() -> None:
    lines = render("github", EVERYTHING, PLAIN).splitlines()
    assert len(lines) == 3
    command, properties, message = read_command(lines[0])
    assert (command, message) == ("error", "'file.txt' is looked for from the project root\nWrite 'api/file.txt'")
    assert properties == {
        "title": "vlint (VL201)",
        "file": "api/user.py",
        "line": "3",
        "endLine": "3",
        "col": "11",
        "endColumn": "21",
    }
    command, properties, message = read_command(lines[1])
    assert (command, message) == ("warning", "50 %: a, b\nand <c> & 'd' ␛[31m")
    assert properties["file"] == "api/ünï côdé.py"
    command, properties, _ = read_command(lines[2])
    assert command == "notice"
    assert "col" not in properties  # GitHub takes no columns for several lines


def test_github_escapes_what_would_end_a_property() -> None:
    report = Report((finding("a,b:c%.py", span(1, 1, 1, 2)),))
    line = render("github", report, PLAIN)
    assert "file=a%2Cb%3Ac%25.py," in line
    assert read_command(line.rstrip("\n"))[1]["file"] == "a,b:c%.py"


def test_gitlab_issues_have_what_gitlab_asks_for() -> None:
    issues = json.loads(render("gitlab", EVERYTHING, PLAIN))
    assert [issue["severity"] for issue in issues] == ["critical", "major", "info"]
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert issues[0]["location"] == {"path": "api/user.py", "lines": {"begin": 3, "end": 3}}
    assert set(issues[0]) == {"description", "check_name", "fingerprint", "severity", "location"}


def test_junit_counts_and_escapes() -> None:
    document = ElementTree.fromstring(render("junit", EVERYTHING, PLAIN))
    assert (document.get("tests"), document.get("failures"), document.get("errors")) == ("3", "2", "0")
    suites = document.findall("testsuite")
    assert [suite.get("name") for suite in suites] == list(FILES)
    failures = document.findall(".//failure")
    assert failures[1].get("message") == "50 %: a, b␊and <c> & 'd' ␛[31m"
    assert len(document.findall(".//system-out")) == 1  # information passes
    passing = ElementTree.fromstring(render("junit", EMPTY, PLAIN))
    assert (passing.get("tests"), passing.get("failures")) == ("1", "0")


def test_fingerprints_stay_when_lines_above_come_and_go() -> None:
    twice = finding("api/user.py", span(3, 1, 3, 2)), finding("api/user.py", span(3, 5, 3, 6))
    before = fingerprints(Report(twice, FILES.get))
    assert len(set(before.values())) == 2
    moved = {"api/user.py": "# new\n\n" + FILES["api/user.py"]}
    after = fingerprints(Report(tuple(replace(f, range=span(5, 1, 5, 2)) for f in twice[:1]), moved.get))
    assert next(iter(after.values())) == before[twice[0]]


def test_summary() -> None:
    assert EVERYTHING.summary() == "Found 1 error, 1 warning and 1 note in 2 files. 1 fixable with --fix"
    assert EMPTY.summary() == "No findings in 1 function"
    assert replace(EMPTY, fixed=EVERYTHING.findings).summary() == "No findings in 1 function (fixed 3)"
    errors = tuple(f for f in EVERYTHING.findings if f.severity is Severity.WARNING)
    assert replace(EVERYTHING, findings=errors).summary() == "Found 1 warning in 1 file"
