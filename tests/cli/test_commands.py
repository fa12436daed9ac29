"""`vlint rule`, `vlint config` and `vlint routes`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import WORKS
from vlint.platform import DEFAULT_PLATFORM
from vlint.rules.catalogue import describe_rules, rule_names
from vlint.rules.registry import all_rules


def test_the_catalogue_says_what_the_registry_says() -> None:
    read = [(rule.code, rule.name, rule.severity) for rule in describe_rules()]
    assert read == [(rule.code, rule.name, rule.severity) for rule in all_rules()]
    assert list(rule_names().items()) == [(code, name) for code, name, _ in read]


def test_rule_lists_every_rule(shell) -> None:
    run = shell.run("rule")
    assert run.status == 0
    assert [line.split()[0] for line in run.out.splitlines()] == list(rule_names())


@pytest.mark.parametrize("word", ["VL102", "vl102", "handler-not-request-handler"])
def test_rule_shows_a_page(shell, word) -> None:
    run = shell.run("rule", word)
    assert run.out.startswith("# handler-not-request-handler (VL102, error)\n\n")
    assert "BaseHTTPRequestHandler" in run.out


def test_rule_as_json(shell) -> None:
    (rule,) = shell.run("rule", "VL102", "--output-format", "json").json
    assert set(rule) == {"code", "name", "severity", "summary", "documentation"}
    assert len(shell.run("rule", "--output-format", "json").json) == len(rule_names())


def test_config_shows_values_and_origins(shell) -> None:
    shell.write("pyproject.toml", "[tool.vlint]\nplatform = '2026-08'\nignore = ['VL2']\n")
    run = shell.run("config", "--ignore", "VL3")
    lines = run.out.splitlines()
    assert 'platform = "2026-08"  # pyproject.toml:2' in lines
    assert 'ignore = ["VL3"]  # --ignore' in lines
    assert 'fail-on = "warning"  # default' in lines


def test_config_of_a_file_is_that_of_its_root(shell) -> None:
    shell.write("shop/vercel.json", "{}")
    shell.write("shop/vlint.toml", "fail-on = 'error'")
    shell.write("shop/api/a.py", WORKS)
    values = shell.run("config", "shop/api/a.py", "--output-format", "json").json
    assert values["fail-on"] == {"value": "error", "origin": "shop/vlint.toml:1"}
    assert values["platform"] == {"value": DEFAULT_PLATFORM, "origin": "default"}


def test_what_config_prints_is_read_again(shell) -> None:
    shell.write("pyproject.toml", "[tool.vlint]\nplatform = '2026-08'\nper-file-ignores = {'api/*' = ['VL2']}\n")
    before = shell.run("config", "--output-format", "json").json
    shell.write("again.toml", shell.run("config").out)
    after = shell.run("config", "--config", "again.toml", "--output-format", "json").json
    assert {name: entry["value"] for name, entry in after.items()} == {
        name: entry["value"] for name, entry in before.items()
    }


def test_routes_is_the_picture_of_a_deployment(shell) -> None:
    shell.write("api/index.py", "from flask import Flask\napp = Flask(__name__)\n")
    shell.write("api/users/[id].py", "async def app(scope, receive, send): ...\n")
    shell.write("api/hook.py", "def handler(event, context): ...\n")
    shell.write("api/_helper.py", "x = 1\n")
    shell.write("requirements.txt", "flask\n")
    run = shell.run("routes")
    assert run.status == 0
    title, heads, *rows = run.out.splitlines()
    assert title == f"{shell.directory.name} on {DEFAULT_PLATFORM}"
    assert heads.split()[:2] == ["Route", "File"]
    assert [" ".join(row.split()) for row in rows] == [
        "/api/hook api/hook.py handler fails 3.12 requirements.txt (at the root)",
        "/api api/index.py app WSGI 3.12 requirements.txt (at the root)",
        "/api/users/:id api/users/[id].py app ASGI 3.12 requirements.txt (at the root)",
        "",
        "Python 3.12 (the default), dependencies from requirements.txt",
        "flask requirements.txt:1:1",
    ]


def test_routes_as_json(shell) -> None:
    shell.write("shop/api/hook.py", "x = 1\n")
    shell.write("shop/Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.9"}}, "default": {}}')
    (row,) = shell.run("routes", "shop", "--output-format", "json").json
    reason = row.pop("reason")
    assert "handler" in reason
    assert row == {
        "route": "/api/hook",
        "path": "shop/api/hook.py",
        "status": "fails",
        "variable": None,
        "interface": None,
        "python": "3.9",
        "python_asked": "3.9",
        "python_source": "shop/Pipfile.lock",
        "python_range": {"start": {"line": 1, "column": 43}, "end": {"line": 1, "column": 48}},
        "python_outcome": "chosen",
        "manifest": "shop/Pipfile.lock",
        "manifest_reason": "at the root",
        "lock": None,
        "distributions": [],
    }
    (row,) = shell.run("routes", "shop", "--output-format", "json", "--platform", "2026-08").json
    assert (row["status"], row["python_outcome"]) == ("not deployed", "raised")


def test_routes_say_what_each_function_gets(shell) -> None:
    shell.write("api/index.py", WORKS)
    shell.write("api/admin/index.py", WORKS)
    shell.write("requirements.txt", "flask[async]>=3\n-r more.txt\n")
    shell.write("more.txt", "\nwaitress; sys_platform == 'win32'\n")
    shell.write("api/admin/requirements.txt", "own @ https://example.com/own.zip\n")
    run = shell.run("routes")
    assert [" ".join(line.split()) for line in run.out.splitlines()[4:]] == [
        "",
        "Python 3.12 (the default), dependencies from api/admin/requirements.txt",
        "own @ https://example.com/own.zip api/admin/requirements.txt:1:1",
        "",
        "Python 3.12 (the default), dependencies from requirements.txt",
        "flask[async]>=3 requirements.txt:1:1",
        'waitress; sys_platform == "win32" more.txt:2:1 not installed',
    ]
    admin, index = shell.run("routes", "--output-format", "json").json
    assert [found["source"] for found in admin["distributions"]] == ["https://example.com/own.zip"]
    assert index["distributions"][1] == {
        "name": "waitress",
        "version": "",
        "extras": [],
        "marker": 'sys_platform == "win32"',
        "source": None,
        "is_installed": False,
        "is_direct": True,
        "location": {
            "path": "more.txt",
            "range": {"start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 34}},
        },
    }


def test_routes_show_a_lock(shell) -> None:
    shell.write("api/index.py", WORKS)
    shell.write(".python-version", "3.13\n")
    shell.write("pyproject.toml", '[project]\nname = "app"\nversion = "1"\ndependencies = ["flask"]\n')
    packages = [("app", "1", "flask"), ("flask", "3.0.3", "werkzeug"), ("werkzeug", "3.1.3", None)]
    text = 'version = 1\nrequires-python = ">=3.12"\n'
    for name, version, needs in packages:
        text += f'[[package]]\nname = "{name}"\nversion = "{version}"\n'
        text += f'dependencies = [{{ name = "{needs}" }}]\n' if needs else ""
    shell.write("uv.lock", text)
    lines = shell.run("routes", "--platform", "2026-08").out.splitlines()
    assert [" ".join(line.split()) for line in lines[4:]] == [
        "Python 3.13 (asked for in .python-version:1:1), dependencies from uv.lock",
        "flask==3.0.3 uv.lock:8:8",
        "werkzeug==3.1.3 uv.lock:12:8 brought along",
    ]
    (row,) = shell.run("routes", "--platform", "2026-08", "--output-format", "json").json
    assert (row["manifest"], row["lock"], row["python_source"]) == ("pyproject.toml", "uv.lock", ".python-version")
    assert [found["is_direct"] for found in row["distributions"]] == [True, False]


def test_routes_of_several_roots_and_of_none(shell) -> None:
    shell.write("a/vercel.json", "{}")
    shell.write("a/api/index.py", WORKS)
    run = shell.run("routes")
    assert run.out.startswith(
        f"{shell.directory.name} on {DEFAULT_PLATFORM}\nNo function: there is no Python file below api/\n\na on "
    )
