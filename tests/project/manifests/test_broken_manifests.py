"""Broken manifests of every kind: findings with places inside of the file, never an exception."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vlint.finding import Problem
from vlint.platform import load_platform, platform_names
from vlint.project.project import Project
from vlint.project.tree import Tree
from vlint.rules.registry import all_rules
from vlint.text import Source

SOUND = {
    "Pipfile": (
        '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n\n'
        '[packages]\nflask = {version = "*", extras = ["async"], markers = "os_name == \'posix\'"}\nrequests = "*"\n\n'
        '[dev-packages]\npytest = "*"\n\n[requires]\npython_version = "3.12"\npython_full_version = "3.12.1"\n'
    ),
    "Pipfile.lock": json.dumps(
        {
            "_meta": {
                "hash": {"sha256": "0" * 64},
                "pipfile-spec": 6,
                "requires": {"python_version": "3.12", "python_full_version": "3.12.1"},
                "sources": [{"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": True}],
            },
            "default": {
                "flask": {"version": "==3.0.3", "extras": ["x"], "markers": "os_name == 'posix'", "hashes": []},
            },
            "develop": {},
        },
        indent=1,
    ),
    "pyproject.toml": (
        '[build-system]\nrequires = ["hatchling"]\n\n[project]\nname = "app"\nversion = "1"\n'
        'requires-python = ">=3.12"\ndependencies = ["flask>=3; os_name == \'posix\'", "a"]\ndynamic = ["readme"]\n'
        '\n[project.optional-dependencies]\nx = ["y"]\n\n[dependency-groups]\ndev = ["pytest", {include-group = "x"}]\n'
        '\n[tool.poetry.dependencies]\npython = "^3.12"\n\n[tool.uv]\nworkspace = {members = ["a"], exclude = ["b"]}\n'
    ),
    "package.json": json.dumps({"name": "x", "engines": {"node": "20.x", "npm": ">=9"}}, indent=2),
    ".python-version": "# ours\n3.12\n\n>=3.13,<4\n",
    "requirements.txt": (
        "--index-url https://example.com\n-r requirements.txt\nflask [async] >= 3 ; os_name == 'posix'  # web\n"
        "requests == 2.0 \\\n    --hash=sha256:00\n-e ./x\ngit+https://example.com/x.git#egg=x\n"
    ),
    "vercel.json": json.dumps(
        {"builds": [{"use": "@vercel/python", "config": {"runtime": "x"}}], "env": {"PYTHON_VERSION": "3"}}
    ),
}  # fmt: skip
WRONG = (1, 1.5, True, None, "x", "", [], [1], [[]], {}, {"x": 1}, {"version": []}, ["x", {}])


def problems(root: Path, overlay: dict[str, str], platform: str) -> list[tuple[str, Problem]]:
    """What the rules of manifests find."""
    project = Project(Tree(root, {"api/index.py": "app = 1\n", **overlay}), load_platform(platform))
    rules = [rule for rule in all_rules() if rule.code[:3] in ("VL3", "VL4") and rule.scope == "project"]
    return [(rule.code, problem) for rule in rules for problem in rule.check(project)]


def check(root: Path, name: str, text: str, platform: str, **others: str) -> list[str]:
    """The codes of all findings, each of which lies in its file and says something."""
    overlay = {**others, name: text}
    codes = []
    for code, problem in problems(root, overlay, platform):
        assert problem.message
        place = problem.location
        if place.path in overlay:
            source = Source(
                overlay[place.path].removeprefix("\ufeff") if name != "Pipfile.lock" else overlay[place.path]
            )
            end = source.position(len(source.text))
            assert place.range.start <= place.range.end <= end, (code, place, end)
        codes.append(code)
    return codes


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", SOUND)
def test_cut_short(name: str, platform: str, tmp_path: Path) -> None:
    text = SOUND[name]
    for end in range(0, len(text), 1 if len(text) < 150 else 5):
        check(tmp_path, name, text[:end], platform)


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", [name for name in SOUND if name.endswith((".json", ".lock"))])
def test_wrong_types_in_json(name: str, platform: str, tmp_path: Path) -> None:
    for wrong in altered(json.loads(SOUND[name])):
        check(tmp_path, name, json.dumps(wrong), platform, Pipfile=SOUND["Pipfile"])


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", ["Pipfile", "pyproject.toml"])
def test_wrong_types_in_toml(name: str, platform: str, tmp_path: Path) -> None:
    import tomlkit

    for wrong in altered(tomlkit.parse(SOUND[name]).unwrap()):
        text = (
            "".join(f"{json.dumps(key)} = {inline(value)}\n" for key, value in wrong.items())
            if isinstance(wrong, dict)
            else "1"
        )
        check(tmp_path, name, text, platform, **{"Pipfile.lock": SOUND["Pipfile.lock"]} if name == "Pipfile" else {})


def altered(value: Any) -> Iterator[Any]:
    """`value` with each part of it, and it itself, replaced by something else."""
    yield from WRONG
    if isinstance(value, dict):
        for key, item in value.items():
            for other in altered(item):
                yield {**value, key: other}
    elif isinstance(value, list):
        for index, item in enumerate(value):
            for other in altered(item):
                yield [*value[:index], other, *value[index + 1 :]]


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return '"nothing"' if value is None else json.dumps(value)


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pipfile", "[packages]\nflask = '*'\n[packages]\n"),
        ("Pipfile", "[packages]\nflask = '*'\nflask = '*'\n"),
        ("pyproject.toml", "[project]\nname = 'a'\nname = 'b'\n"),
        ("Pipfile.lock", '{"_meta": {}, "_meta": {}, "default": {}}'),
        ("Pipfile.lock", "\ufeff" + SOUND["Pipfile.lock"]),
        ("Pipfile.lock", "[" * 100_000),
        ("Pipfile.lock", '{"default":' * 10_000),
        ("Pipfile", "a = " + "[" * 100_000),
        ("pyproject.toml", "a = " + "{b = " * 10_000),
        ("package.json", "[" * 100_000 + "]" * 100_000),
        ("Pipfile.lock", '{"_meta": {}, "default": ' + "1" * 10_000 + "}"),
        ("Pipfile", "a = " + "1" * 10_000),
        ("Pipfile.lock", ""),
        ("Pipfile.lock", "\x00"),
        ("Pipfile", "\x00"),
        (".python-version", "\x00"),
    ],
)
def test_unreadable(name: str, text: str, platform: str, tmp_path: Path) -> None:
    assert "VL306" in check(tmp_path, name, text, platform)


@pytest.mark.parametrize("name", ["Pipfile", "pyproject.toml", "package.json", "requirements.txt", ".python-version"])
def test_byte_order_mark_is_no_fault_of_these(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SOUND[name], encoding="utf-8-sig")
    if name == "package.json":
        assert [code for code, _ in problems(tmp_path, {}, "2025-03")] == ["VL306"]  # Node's JSON.parse refuses it
    else:
        assert "VL306" not in [code for code, _ in problems(tmp_path, {}, "2025-03")]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[packages]\n\xe9 = 1\n", b"\x80" * 100])
@pytest.mark.parametrize("name", SOUND)
def test_bytes_that_are_no_text(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    for platform in platform_names():
        problems(tmp_path, {}, platform)


@pytest.mark.parametrize("name", ["Pipfile", "Pipfile.lock", "requirements.txt", "pyproject.toml", ".python-version"])
def test_five_megabytes(name: str, tmp_path: Path) -> None:
    filler = "x" * 450
    entry, before, after = {
        "Pipfile": ('package-{} = {{version = "*", extras = ["y"]}}  # {}\n', "[packages]\n", ""),
        "Pipfile.lock": (
            '"package-{}": {{"version": "==1.0", "hashes": ["{}"]}},\n',
            '{"_meta": {}, "default": {',
            '"z": {}}}',
        ),
        "requirements.txt": ("package-{}>=1.0,<2.0  # {}\n", "", ""),
        "pyproject.toml": ('  "package-{}>=1.0,<2.0",  # {}\n', "[project]\nname = 'a'\ndependencies = [\n", "]\n"),
        ".python-version": ("# {} {}\n", "", "3.12\n"),
    }[name]
    text = before + "".join(entry.format(number, filler) for number in range(10_000)) + after
    assert len(text) > 4_000_000
    (tmp_path / name).write_text(text)
    start = time.process_time()
    problems(tmp_path, {}, "2026-08")
    assert time.process_time() - start < 60
