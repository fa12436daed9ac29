"""SARIF, judged by the standard's schema and by Microsoft's validator with the rules of GitHub code scanning."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest

from tests.report.samples import EMPTY, EVERYTHING
from vlint.report import render
from vlint.report.report import Report, Style
from vlint.report.sarif_report import uri
from vlint.rules.catalogue import describe_rules

REPOSITORY = Path(__file__).parent.parent.parent
PACKAGE = REPOSITORY / ".cache" / "sarif" / "node_modules" / "@microsoft" / "sarif-multitool-linux"


@pytest.fixture(scope="module")
def package() -> Path:
    if not PACKAGE.is_dir():
        pytest.skip("the SARIF validator is not installed: run make .cache/sarif/.ready")
    return PACKAGE


def log(report: Report) -> dict:
    return json.loads(render("sarif", report, Style()))


FAILED = Report(failures=("the rule VL101 failed on api/a.py: ZeroDivisionError: division by zero",))


@pytest.mark.parametrize("report", [EVERYTHING, EMPTY, FAILED], ids=["everything", "empty", "failed"])
def test_the_schema_of_the_standard(package, report) -> None:
    schema = json.loads((package / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    jsonschema.Draft202012Validator(schema).validate(log(report))


def validate(package: Path, directory: Path, text: str) -> list[str]:
    """What the validator has to say against `text`, as `level rule: message`."""
    program = package / "Sarif.Multitool"
    program.chmod(0o755)
    (directory / "log.sarif").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "validate", "log.sarif", "--rule-kind", "Sarif;Ghas", "--output", "out.sarif"],
        cwd=directory,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads((directory / "out.sarif").read_text(encoding="utf-8-sig"))["runs"][0].get("results")
    assert found is not None, done.stdout + done.stderr
    return [f"{one.get('level', 'warning')} {one['ruleId']}: {one['message']}" for one in found]


@pytest.mark.parametrize("report", [EVERYTHING, EMPTY], ids=["everything", "empty"])
def test_github_code_scanning_has_nothing_against_it(package, report, tmp_path) -> None:
    said = validate(package, tmp_path, render("sarif", report, Style()))
    assert [line for line in said if not line.startswith("note ")] == []


def test_the_validator_does_speak(package, tmp_path) -> None:
    broken = log(EVERYTHING)
    del broken["runs"][0]["results"][0]["locations"]
    broken["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] = "no address"
    said = validate(package, tmp_path, json.dumps(broken))
    assert any(line.startswith("error ") for line in said)


def test_every_rule_is_described_with_its_page() -> None:
    rules = log(EMPTY)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in describe_rules()]
    assert all(rule["help"]["markdown"] and rule["helpUri"].startswith("https://") for rule in rules)


def test_results_point_at_their_rule_place_fix_and_related_places() -> None:
    run = log(EVERYTHING)["runs"][0]
    first = run["results"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "VL201"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "api/user.py"
    assert place["region"] == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 21}
    assert first["message"]["text"] == "'file.txt' is looked for from the project root.\nWrite 'api/file.txt'."
    changes = first["fixes"][0]["artifactChanges"]
    assert [change["artifactLocation"]["uri"] for change in changes] == [
        "api/user.py",
        "api/%C3%BCn%C3%AF%20c%C3%B4d%C3%A9.py",
    ]
    assert first["relatedLocations"][0]["message"]["text"] == "the other one is here"
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_a_failure_is_told() -> None:
    (invocation,) = log(FAILED)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "VL101" in invocation["toolExecutionNotifications"][0]["message"]["text"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("api/a.py", "api/a.py"),
        ("api/[id].py", "api/%5Bid%5D.py"),
        ("/srv/a b.py", "file:///srv/a%20b.py"),
        ("C:/a b.py", "file:///C:/a%20b.py"),
    ],
)
def test_paths_as_uris(path, expected) -> None:
    assert uri(path) == expected
