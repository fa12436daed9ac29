"""A rule that fails is told of, and takes nothing from the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vlint.linter import RuleError, check, examine, filter_findings, open_project, units
from vlint.rules.registry import all_rules

MODULE = "app = 'text'\nopen('../data/file.txt')  # vlint: ignore[VL205]\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "api").mkdir()
    (tmp_path / "api/index.py").write_text(MODULE)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/file.txt").write_text("x")
    return open_project(tmp_path)


@pytest.fixture
def failing(monkeypatch):
    """Have a rule fail: at once, or after it has found everything."""

    def fail(code: str, *, late: bool = False) -> None:
        def broken(rule):
            def find(subject):
                if late:
                    yield from rule.check(subject)
                raise ZeroDivisionError("division by zero")

            return replace(rule, check=find)

        rules = [broken(rule) if rule.code == code else rule for rule in all_rules()]
        monkeypatch.setattr("vlint.linter.all_rules", lambda: rules)

    return fail


def found(project, failures) -> list[str]:
    findings = {f for unit in units(project) for f in examine(project, unit, failures.append)}
    return [f.code for f in filter_findings(project, findings, failed=failures.append)]


def test_the_other_rules_of_the_unit_still_speak(project, failing) -> None:
    assert found(project, []) == ["VL103", "VL201", "VL001"]
    failing("VL103")
    project = open_project(project.tree.root)
    failures: list[RuleError] = []
    assert found(project, failures) == ["VL201", "VL001"]
    assert [str(error) for error in failures] == [
        "the rule VL103 failed on api/index.py: ZeroDivisionError: division by zero"
    ]
    assert isinstance(failures[0].__cause__, ZeroDivisionError)
    assert failures[0].__cause__.__traceback__ is not None
    assert found(project, failures) == ["VL201", "VL001"]
    assert len(failures) == 1, "what is remembered has been told of"


def test_what_a_rule_found_before_it_failed_stays(project, failing) -> None:
    failing("VL103", late=True)
    failures: list[RuleError] = []
    assert found(project, failures) == ["VL103", "VL201", "VL001"]
    assert [error.code for error in failures] == ["VL103"]


def test_rules_about_comments(project, failing) -> None:
    failing("VL001")
    failures: list[RuleError] = []
    assert found(project, failures) == ["VL103", "VL201"]
    assert [(error.code, error.path) for error in failures] == [("VL001", "api/index.py")]


def test_a_failure_that_nobody_is_told_of_is_raised(project, failing) -> None:
    failing("VL103")
    with pytest.raises(RuleError, match=r"VL103 failed on api/index\.py"):
        check(project)
