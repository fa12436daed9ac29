"""Broken manifests of every kind: findings with places inside of the file, never an exception."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ending import ends
from vlint.finding import Problem
from vlint.platform import load_platform, platform_names
from vlint.project.project import Project
from vlint.project.tree import Tree
from vlint.rules.registry import all_rules
from vlint.text import Source

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

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
    "uv.lock": (
        'version = 1\nrevision = 3\nrequires-python = ">=3.12"\n\n[[package]]\nname = "app"\nversion = "1"\n'
        'source = { virtual = "." }\ndependencies = [{ name = "a", extra = ["b"], marker = "os_name == \'nt\'" }]\n'
        '\n[package.optional-dependencies]\nx = [{ name = "y" }]\n\n[package.dev-dependencies]\ndev = [{ name = "z" }]'
    ),
    "pylock.toml": 'lock-version = "1.0"\ncreated-by = "uv"\n\n[[packages]]\nname = "flask"\nversion = "3.0.3"\n',
    "uv.toml": (
        'offline = false\nindex = [{name = "x", url = "https://example.com", default = true}]\n'
        '[workspace]\nmembers = ["a"]\n[sources]\nflask = [{path = "x", editable = true}]\n'
    ),
    "vercel.json": json.dumps(
        {"builds": [{"use": "@vercel/python", "config": {"runtime": "x"}}], "env": {"PYTHON_VERSION": "3"}}
    ),
}  # fmt: skip
BESIDE = {
    "Pipfile": {"Pipfile.lock": SOUND["Pipfile.lock"]},
    "Pipfile.lock": {"Pipfile": SOUND["Pipfile"]},
    **{name: {"pyproject.toml": SOUND["pyproject.toml"]} for name in ("uv.lock", "pylock.toml", "uv.toml")},
}
"""What has to be there for a file to be looked at."""
WRONG = (1, 1.5, True, None, "x", "", [], [1], [[]], {}, {"x": 1}, {"version": []}, ["x", {}])


JSON = ["Pipfile.lock", "package.json", "vercel.json"]
TOML = ["Pipfile", "pyproject.toml", "uv.lock", "pylock.toml", "uv.toml"]


def problems(root: Path, overlay: dict[str, str], platform: str) -> list[tuple[str, Problem]]:
    """What the rules of manifests find."""
    project = Project(Tree(root, {"api/index.py": "app = 1\n", **overlay}), load_platform(platform))
    rules = [rule for rule in all_rules() if rule.code[:3] in ("VL3", "VL4", "VL5") and rule.scope == "project"]
    return [(rule.code, problem) for rule in rules for problem in rule.check(project)]


def check(root: Path, name: str, text: str, platform: str) -> list[str]:
    """The codes of all findings, each of which lies in its file and says something."""
    overlay = {**BESIDE.get(name, {}), name: text}
    codes = []
    for code, problem in problems(root, overlay, platform):
        assert problem.message
        place = problem.location
        if place.path in overlay:
            written = overlay[place.path]
            source = Source(written if place.path in JSON else written.removeprefix("\ufeff"))
            end = source.position(len(source.text))
            assert place.range.start <= place.range.end <= end, (code, place, end)
        codes.append(code)
    return codes


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", SOUND)
def test_cut_short(name: str, platform: str, tmp_path: Path) -> None:
    text = SOUND[name]
    found = {end: check(tmp_path, name, text[:end], platform) for end in range(len(text) + 1)}
    for end, codes in found.items():
        assert not is_unreadable(name, text[:end]) or told(name, platform) & set(codes), (end, text[:end])


def is_unreadable(name: str, text: str) -> bool:
    """Whether the text is not what the name of its file says, by another parser's word."""
    try:
        if name in JSON:
            json.loads(text)
        elif name in TOML:
            tomllib.loads(text)
        return False
    except ValueError:
        return True


def told(name: str, platform: str) -> set[str]:
    """The codes of which one has to come where the file cannot be read; all, where nobody reads it on the platform."""
    if name == "pylock.toml" or (platform == "2025-03" and name in ("uv.lock", "uv.toml")):
        return {"VL306", "VL404"}
    return {"VL501"} if name == "vercel.json" else {"VL306"}


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", JSON)
def test_wrong_types_in_json(name: str, platform: str, tmp_path: Path) -> None:
    for wrong in altered(json.loads(SOUND[name])):
        check(tmp_path, name, json.dumps(wrong), platform)


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", TOML)
def test_wrong_types_in_toml(name: str, platform: str, tmp_path: Path) -> None:
    import tomlkit

    for wrong in altered(tomlkit.parse(SOUND[name]).unwrap()):
        text = (
            "".join(f"{json.dumps(key)} = {inline(value)}\n" for key, value in wrong.items())
            if isinstance(wrong, dict)
            else "1"
        )
        check(tmp_path, name, text, platform)


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


UNREADABLE = [
    *((name, "\x00") for name in (*JSON, *TOML, ".python-version")),
    *((name, "") for name in JSON),
    *((name, "\ufeff" + SOUND[name]) for name in JSON),
    *((name, "[" * depth) for name in JSON for depth in (10_000, 100_000)),
    *((name, "[" * 10_000 + "]" * 10_000) for name in JSON),
    *((name, '{"default":' * 10_000) for name in JSON),
    ("Pipfile.lock", '{"_meta": {}, "default": ' + "1" * 10_000 + "}"),
    ("vercel.json", '{"version": ' + "1" * 10_000 + "}"),
    *((name, "a = " + "[" * 100_000) for name in TOML),
    *((name, "a = " + "[" * 10_000 + "]" * 10_000) for name in TOML),
    *((name, "a = " + "{b = " * 10_000) for name in TOML),
    *((name, ".".join("a" * 10_000) + " = {" * 10_000) for name in TOML),
    *((name, "a = " + "1" * 10_000) for name in TOML),
    *((name, "a = 1\na = 2\n") for name in TOML),
    *((name, "[a]\nb = 1\n[a]\n") for name in TOML),
    ("Pipfile.lock", '{"_meta": {}, "_meta": {}, "default": {}}'),
]


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize(
    ("name", "text"), [pytest.param(*pair, id=f"{pair[0]}-{n}") for n, pair in enumerate(UNREADABLE)]
)
def test_unreadable(name: str, text: str, platform: str, tmp_path: Path) -> None:
    assert told(name, platform) & set(check(tmp_path, name, text, platform))


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("depth", [10, 10_000])
def test_requirements_that_include_each_other(depth: int, platform: str, tmp_path: Path) -> None:
    overlay = {f"r{number}.txt": f"-r r{number + 1}.txt\n" for number in range(depth)}
    overlay |= {"requirements.txt": "-r r0.txt\n", f"r{depth}.txt": "-r requirements.txt\nflask = 3\n"}
    found = [code for code, _ in problems(tmp_path, overlay, platform)]
    assert ("VL402" in found) == (depth == 10 or platform == "2026-08")  # which opens none of them


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize(
    "text", ["(" * 10_000, "flask; " + "(" * 10_000, "flask" + "[" * 10_000, "a" * 1_000_000, "flask " + ">1," * 20_000]
)
def test_deep_and_long_requirements(text: str, platform: str, tmp_path: Path) -> None:
    with ends():
        check(tmp_path, "requirements.txt", text, platform)
        check(tmp_path, "Pipfile", f"[packages]\nflask = {{version = '*', markers = '{text}'}}\n", platform)
        check(
            tmp_path, "pyproject.toml", f"[project]\nname = 'a'\nversion = '1'\ndependencies = ['{text}']\n", platform
        )


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


@pytest.mark.parametrize("name", [name for name in SOUND if name not in ("package.json", "vercel.json", "uv.toml")])
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
        "uv.lock": ('[[package]]\nname = "package-{}"  # {}\n', 'version = 1\n[[package]]\nname = "app"\n', ""),
        "pylock.toml": ('[[packages]]\nname = "package-{}"  # {}\n', "", ""),
    }[name]
    text = before + "".join(entry.format(number, filler) for number in range(10_000)) + after
    assert len(text) > 4_000_000
    for place, content in {**BESIDE.get(name, {}), name: text}.items():
        (tmp_path / place).write_text(content)
    with ends():
        problems(tmp_path, {}, "2026-08")
