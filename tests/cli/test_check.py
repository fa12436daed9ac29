"""`vlint [PATH]...`: what is checked, what is printed, and the exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from tests.cli.conftest import UNUSED, WORKS

BROKEN = "def handler(event, context):\n    return None\n"


def test_clean_project_is_status_0(shell) -> None:
    shell.write("api/index.py", WORKS)
    run = shell.run()
    assert (run.status, run.out, run.err) == (0, "No findings in 1 function.\n", "")


def test_finding_is_status_1_with_a_code_frame(shell) -> None:
    shell.write("api/hook.py", BROKEN)
    run = shell.run(".")
    assert run.status == 1
    assert run.out.startswith("error[VL102]: ")
    assert " --> api/hook.py:1:5\n  |\n1 | def handler(event, context):\n  |     ^^^^^^^\n" in run.out
    assert run.out.endswith("Found 1 error in 1 file.\n")


def test_information_does_not_fail(shell) -> None:
    shell.write("api/index.py", UNUSED)
    run = shell.run()
    assert run.status == 0
    assert "info[VL001]" in run.out


def test_fail_on_error_lets_warnings_pass(shell) -> None:
    shell.write("Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.11"}}, "default": {}}')  # VL301
    assert shell.run("--fail-on", "warning").status == 1
    assert shell.run("--fail-on", "error").status == 0


def test_exit_zero(shell) -> None:
    shell.write("api/hook.py", BROKEN)
    assert shell.run("--exit-zero").status == 0


def test_empty_project_says_so(shell) -> None:
    run = shell.run()
    assert run.status == 0
    assert run.out == "Nothing was found to check: no function below api/ and no manifest.\n"


def test_empty_project_in_a_machine_format_is_an_empty_document(shell) -> None:
    run = shell.run("--output-format", "json")
    assert run.json == []
    assert run.err.startswith("Nothing was found to check")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere: no such file or directory"),
        (["--selct", "VL1"], "unrecognized arguments: --selct"),
        (["--output-format", "jsn"], "'jsn'"),
        (["--select", "VL9"], "there is no rule 'VL9'"),
        (["--ignore", "VL10l"], "did you mean 'VL10"),
        (["--platform", "2025-04"], "did you mean '2025-03'?"),
        (["--config", "absent.toml"], "absent.toml: no such file"),
        (["--jobs", "0"], "--jobs"),
        (["--statistics", "--output-format", "sarif"], "--statistics goes with"),
        (["--output-file", "/dev/null/x"], "/dev/null"),
        (["rule", "VL999"], "there is no rule 'VL999'"),
        (["rule", "api-relativ-path"], "did you mean 'api-relative-path'?"),
        (["config", "nowhere"], "nowhere: no such file or directory"),
        (["routes", "nowhere"], "nowhere: no such file or directory"),
        (["-q", "routes"], "a command comes first: vlint routes"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(shell, arguments, words) -> None:
    shell.write("api/index.py", WORKS)
    run = shell.run(*arguments)
    assert run.status == 2
    assert run.out == ""
    assert run.err.startswith("vlint: error: ")
    assert words in run.err
    assert run.err.count("\n") == 1


def test_a_file_limits_the_output_to_what_concerns_it(shell) -> None:
    shell.write("api/a.py", BROKEN)
    shell.write("api/b.py", BROKEN)
    run = shell.run("api/b.py", "--output-format", "json")
    assert [finding["path"] for finding in run.json] == ["api/b.py"]


def test_a_file_and_its_project_are_checked_as_the_project(shell) -> None:
    shell.write("api/a.py", BROKEN)
    shell.write("api/b.py", BROKEN)
    run = shell.run("api/b.py", ".", "--output-format", "json")
    assert [finding["path"] for finding in run.json] == ["api/a.py", "api/b.py"]


def test_a_manifest_can_be_named(shell) -> None:
    shell.write("api/a.py", BROKEN)
    shell.write("Pipfile", '[requires]\npython_version = "3.12"\n')
    run = shell.run("Pipfile", "--output-format", "json")
    assert run.json
    assert {finding["path"] for finding in run.json} == {"Pipfile"}


def test_directories_with_a_vercel_json_are_roots_of_their_own(shell) -> None:
    shell.write("shop/vercel.json", "{}")
    shell.write("shop/api/hook.py", BROKEN)
    shell.write("backend/core/api/views.py", BROKEN)  # somebody's package
    run = shell.run("--output-format", "json")
    assert [finding["path"] for finding in run.json] == ["shop/api/hook.py"]


def test_findings_of_several_roots_are_in_one_order(shell) -> None:
    for name in ("b", "a", "c"):
        shell.write(f"{name}/api/hook.py", BROKEN)
    run = shell.run("c", "a", "b", "a", "--output-format", "json")
    assert [finding["path"] for finding in run.json] == [f"{name}/api/hook.py" for name in "abc"]


def test_a_path_called_like_a_command(shell) -> None:
    shell.write("rule/api/hook.py", BROKEN)
    assert shell.run("./rule").status == 1


def test_paths_outside_the_working_directory_are_absolute(shell, tmp_path_factory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "api").mkdir()
    (other / "api" / "hook.py").write_text(BROKEN)
    run = shell.run(str(other), "--output-format", "json")
    assert [finding["path"] for finding in run.json] == [(other / "api/hook.py").as_posix()]


def test_quiet_prints_findings_only(shell) -> None:
    shell.write("api/index.py", WORKS)
    run = shell.run("-q")
    assert (run.out, run.err) == ("", "")
    shell.write("api/hook.py", BROKEN)
    assert "Found" not in shell.run("-q").out


def test_verbose_names_root_platform_and_settings(shell) -> None:
    shell.write("api/index.py", WORKS)
    shell.write("vlint.toml", 'platform = "2026-08"\n')
    run = shell.run("-v")
    assert run.err == "vlint: checked .: 1 function, platform 2026-08, settings of vlint.toml\n"


def test_select_ignore_and_extend_select(shell) -> None:
    shell.write("api/hook.py", "x = 1  # vlint: ignore[VL102]\n\n" + BROKEN)

    def codes(*arguments: str) -> list[str]:
        return [finding["code"] for finding in shell.run("--output-format", "json", *arguments).json]

    assert codes() == ["VL001", "VL102"]
    assert codes("--select", "VL1") == ["VL102"]
    assert codes("--select", "VL102,VL2") == ["VL102"]
    assert codes("--select", "VL2") == []
    assert codes("--select", "VL2", "--extend-select", "VL1") == ["VL102"]
    assert codes("--ignore", "VL1") == []  # and a comment about a rule that did not run is not called unused
    assert codes("--ignore", "VL1", "--extend-select", "VL102") == ["VL001", "VL102"]


def test_standard_input_stands_in_for_a_file(shell, monkeypatch) -> None:
    shell.write("api/index.py", WORKS)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    run = shell.run("--stdin-filename", "api/index.py", "--output-format", "concise")
    assert run.status == 1
    assert run.out.startswith("api/index.py:1:5: error VL102 ")


def test_standard_input_for_a_file_that_does_not_exist(shell, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    run = shell.run("--stdin-filename", "api/new.py", "--output-format", "concise")
    assert run.out.startswith("api/new.py:1:5: error VL102 ")


def test_output_file(shell) -> None:
    shell.write("api/hook.py", BROKEN)
    run = shell.run("--output-format", "json", "--output-file", "reports/vlint.json")
    assert (run.status, run.out) == (1, "")
    assert json.loads(shell.read("reports/vlint.json"))[0]["code"] == "VL102"


def test_statistics(shell) -> None:
    for name in ("a", "b"):
        shell.write(f"api/{name}.py", BROKEN)
    shell.write("api/c.py", UNUSED)
    assert shell.run("--statistics").out == (
        "2  VL102  handler-not-request-handler\n1  VL001  unused-suppression  (1 fixable)\n"
    )
    rows = shell.run("--statistics", "--output-format", "json").json
    assert rows[0] == {"code": "VL102", "name": "handler-not-request-handler", "count": 2, "fixable": 0}


def test_a_rule_that_fails_is_named_and_the_others_still_speak(shell, monkeypatch) -> None:
    from dataclasses import replace

    from vlint import linter
    from vlint.rules.registry import all_rules

    def fail(subject):
        raise ZeroDivisionError("division by zero")
        yield

    broken = [replace(rule, check=fail) if rule.code == "VL103" else rule for rule in all_rules()]
    monkeypatch.setattr(linter, "all_rules", lambda: broken)
    shell.write("api/a.py", BROKEN)
    shell.write("Pipfile", "[")
    run = shell.run("--output-format", "json")
    assert run.status == 2
    assert [finding["code"] for finding in run.json] == ["VL306", "VL102"]
    expected = "vlint: error: the rule VL103 failed on api/a.py: ZeroDivisionError: division by zero\n"
    assert run.err == expected


def test_help_names_every_command_and_option(shell) -> None:
    run = shell.run("--help")
    assert run.status == 0
    for word in ("vlint rule", "vlint routes", "vlint config", "vlint server", "--stdin-filename", "exit status"):
        assert word in run.out


def test_version(shell) -> None:
    from vlint import __version__

    assert shell.run("--version").out == f"vlint {__version__}\n"


def command(*arguments: str, **options):
    return subprocess.Popen([sys.executable, "-m", "vlint", *arguments], **options)


@pytest.mark.allow_skip("pipes that close are a matter of POSIX")
@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_a_closed_pipe_makes_no_traceback(tmp_path) -> None:
    for number in range(400):
        place = tmp_path / "api" / f"hook{number}.py"
        place.parent.mkdir(exist_ok=True)
        place.write_text(BROKEN)
    process = command("--jobs", "1", cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) in (1, 2)


def test_text_survives_a_terminal_without_unicode(tmp_path) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "naïve.py").write_text(BROKEN + "# …\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    process = command(cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (1, b"")
    assert rb"api/na\xefve.py" in out
