"""Settings: where they are found, what they mean, and that a mistake is an error which names the nearest thing."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import vlint
from vlint.finding import Severity
from vlint.platform import DEFAULT_PLATFORM, platform_names
from vlint.settings import Settings, SettingsError, load_settings, schema

BROKEN = "def handler(event, context):\n    return None\n"


@pytest.fixture(autouse=True)
def directory(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_is_at_its_default(directory) -> None:
    settings = load_settings(directory)
    assert settings == Settings()
    assert settings.values() == {
        name: property["default"] for name, property in schema()["properties"].items() if name != "$schema"
    }


def test_every_setting_is_read(directory) -> None:
    write(
        directory / "pyproject.toml",
        """
        [tool.vlint]
        platform = "2026-08"
        select = ["VL1", "vl2"]
        extend-select = ["VL301"]
        ignore = ["VL102"]
        per-file-ignores = { "api/old/*" = ["VL2"] }
        fail-on = "error"
        """,
    )
    settings = load_settings(directory)
    assert settings.platform == "2026-08"
    assert settings.select == ("VL1", "VL2")
    assert settings.extend_select == ("VL301",)
    assert settings.ignore == ("VL102",)
    assert settings.per_file_ignores == {"api/old/*": ("VL2",)}
    assert settings.fail_on is Severity.ERROR
    assert list(settings.origins.values()) == [f"pyproject.toml:{line}" for line in range(3, 9)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("platfrom = '2025-03'", "vlint.toml:1: there is no setting 'platfrom'; did you mean 'platform'?"),
        ("platform = '2025-3'", "vlint.toml:1: platform: there is no '2025-3'; did you mean '2025-03'?"),
        ("platform = 2025", "vlint.toml:1: platform: expected a string, not a number"),
        ("select = ['VL1O1']", "vlint.toml:1: select: there is no rule 'VL1O1'; did you mean 'VL101'?"),
        ("select = 'VL101'", "vlint.toml:1: select: expected a list of strings"),
        ("ignore = ['']", "vlint.toml:1: ignore: there is no rule ''"),
        ("ignore = [1]", "vlint.toml:1: ignore: expected a list of strings"),
        ("fail-on = 'info'", "vlint.toml:1: fail-on: there is no 'info'; known are error, warning"),
        ("per-file-ignores = ['VL1']", "vlint.toml:1: per-file-ignores: expected a table of patterns, not a list"),
        ("per-file-ignores = {x = ['VL8']}", "vlint.toml:1: per-file-ignores: there is no rule 'VL8'"),
        ("platform = ", "vlint.toml: "),
    ],
)
def test_a_mistake_is_an_error_that_names_the_nearest(directory, text, words) -> None:
    write(directory / "vlint.toml", text)
    with pytest.raises(SettingsError) as error:
        load_settings(directory)
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_a_table_of_the_wrong_kind(directory) -> None:
    write(directory / "pyproject.toml", "[tool]\nvlint = 1\n")
    with pytest.raises(SettingsError, match=r"tool\.vlint: expected a table, not a number"):
        load_settings(directory)


def test_the_nearest_file_above_the_root_within_the_repository_counts(directory) -> None:
    (directory / "repository" / ".git").mkdir(parents=True)
    root = directory / "repository" / "apps" / "shop"
    root.mkdir(parents=True)
    write(directory / "vlint.toml", "fail-on = 'error'")  # outside the repository: somebody else's
    assert load_settings(root).file is None
    far = write(directory / "repository" / "pyproject.toml", "[tool.vlint]\nplatform = '2026-08'\n")
    assert load_settings(root).file == far
    near = write(directory / "repository" / "apps" / "vlint.toml", "ignore = ['VL1']")
    write(root / "pyproject.toml", "[project]\nname = 'shop'\n")  # says nothing about vlint
    assert load_settings(root).file == near
    assert load_settings(root).platform == DEFAULT_PLATFORM


def test_outside_a_repository_only_the_root_counts(directory) -> None:
    write(directory / "vlint.toml", "fail-on = 'error'")
    (directory / "shop").mkdir()
    assert load_settings(directory / "shop").file is None
    assert load_settings(directory).file is not None


def test_a_pyproject_that_does_not_parse_is_left_to_the_rules(directory) -> None:
    write(directory / "pyproject.toml", "[")
    assert load_settings(directory) == Settings()
    with pytest.raises(SettingsError):
        load_settings(directory, file=directory / "pyproject.toml")


def test_a_named_file_wins(directory) -> None:
    write(directory / "vlint.toml", "platform = '2026-08'")
    other = write(directory / "other.toml", "fail-on = 'error'")
    settings = load_settings(directory, file=other)
    assert (settings.platform, settings.fail_on) == (DEFAULT_PLATFORM, Severity.ERROR)


def test_unsaved_text_stands_in_for_the_file(directory) -> None:
    write(directory / "vlint.toml", "platform = '2025-03'")
    assert load_settings(directory, overlay={"vlint.toml": "platform = '2026-08'"}).platform == "2026-08"


@pytest.mark.parametrize(
    ("select", "extend", "ignore", "runs"),
    [
        (("VL",), (), (), True),
        (("VL",), (), ("VL1",), False),
        (("VL",), (), ("VL102",), True),
        (("VL",), ("VL101",), ("VL1",), True),
        (("VL1",), (), ("VL1",), False),
        (("VL101",), (), ("VL1",), True),
        (("VL2",), (), (), False),
        (("VL2",), ("VL1",), (), True),
    ],
)
def test_the_longest_prefix_decides(select, extend, ignore, runs) -> None:
    assert Settings(select=select, extend_select=extend, ignore=ignore).runs("VL101") is runs


def test_per_file_ignores(directory) -> None:
    write(directory / "api" / "old" / "hook.py", BROKEN)
    write(directory / "api" / "new.py", BROKEN)
    write(directory / "vlint.toml", '[per-file-ignores]\n"api/old/*" = ["VL1"]\n')
    assert [finding.path for finding in vlint.lint(directory)] == ["api/new.py"]


def test_lint_takes_the_platform_over_the_setting_and_refuses_an_unknown_one(directory) -> None:
    write(
        directory / "api" / "index.py",
        "def application(environ, start_response):\n    start_response('200 OK', [])\n    return []\n",
    )
    write(directory / "vlint.toml", "platform = '2026-08'")
    assert vlint.lint(directory) == []
    assert [finding.code for finding in vlint.lint(directory, platform="2025-03")] == ["VL101"]
    with pytest.raises(SettingsError, match="did you mean '2025-03'"):
        vlint.lint(directory, platform="2025-04")


def test_lint_of_what_is_no_directory(directory) -> None:
    with pytest.raises(NotADirectoryError):
        vlint.lint(directory / "absent")


def test_the_schema_is_a_schema_and_knows_every_platform_and_setting() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    assert schema()["properties"]["platform"]["enum"] == list(platform_names())
    assert schema()["properties"]["platform"]["default"] == DEFAULT_PLATFORM
    own = set(Settings.__dataclass_fields__) - {"origins", "file"}
    assert {name.replace("-", "_") for name in schema()["properties"]} == own


@pytest.mark.parametrize(
    ("settings", "valid"),
    [
        ({"platform": "2025-03", "select": ["VL1"], "fail-on": "error"}, True),
        ({"per-file-ignores": {"api/*": ["VL201"]}}, True),
        ({"platform": "2024"}, False),
        ({"platfrom": "2025-03"}, False),
        ({"select": "VL1"}, False),
        ({"select": ["E501"]}, False),
        ({"fail-on": "info"}, False),
    ],
)
def test_the_schema_agrees_with_the_reader(directory, settings, valid) -> None:
    assert jsonschema.Draft7Validator(schema()).is_valid(settings) is valid
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items() if not isinstance(value, dict)]
    tables = [
        f"[{name}]\n" + "\n".join(f"{json.dumps(key)} = {json.dumps(item)}" for key, item in value.items())
        for name, value in settings.items()
        if isinstance(value, dict)
    ]
    write(directory / "vlint.toml", "\n".join([*lines, *tables]))
    try:
        load_settings(directory)
        read = True
    except SettingsError:
        read = False
    assert read is valid
