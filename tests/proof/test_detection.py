"""Functions, routes and the first error, as the platform's own detection has them."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.oracles.platforms import LineServer
from tests.oracles.setup import HERE, missing, node_modules
from vlint.platform import Platform, load_platform
from vlint.project.configuration import Configuration
from vlint.project.detection import detect
from vlint.project.function_settings import Kind, setting_problems, unused_settings
from vlint.project.functions import route_of
from vlint.project.json_document import JsonDocument
from vlint.project.routes import route_conflicts

PLATFORM = load_platform("2026-08")
_EARLIER = load_platform("2025-03")
EARLIER = replace(
    _EARLIER,
    configuration=replace(_EARLIER.configuration, memory=(128, 3009), maximum_duration=900),
)
"""2025-03 as npm `@vercel/fs-detectors` 5.3.0 has it, from before March 2025: its limits were raised since, and vlint
has the later ones, so that what works is not reported."""

Functions = dict[str, Any]

NO_SETTINGS: Functions = {}

LAYOUTS: list[tuple[list[str], Functions]] = [
    # what is a function
    ([], {}),
    (["api/user.py"], {}),
    (["api/user.py", "api/index.py"], {}),
    (["api/a/b/c.py"], {}),
    (["api/_lib/x.py", "api/x.py"], {}),
    (["api/__init__.py", "api/x.py"], {}),
    (["api/_x.py"], {}),
    (["api/.x.py", "api/.hidden/x.py"], {}),
    (["api/node_modules/x.py", "api/y.py"], {}),
    (["api/a/node_modules/x.py"], {}),
    (["api/x_y.py", "api/x._y.py"], {}),
    (["user.py", "src/api/user.py", "backend/core/api/x.py"], {}),
    (["API/user.py", "api/user.PY"], {}),
    (["api/user.txt", "api/user.pyc", "api/py"], {}),
    (["api/a.js", "api/b.mjs", "api/c.ts", "api/d.tsx", "api/e.jsx", "api/f.cjs"], {}),
    (["api/a.d.ts", "api/b.ts"], {}),
    (["api/a.go", "api/b_test.go", "api/c.rb", "api/d.rs"], {}),
    (["middleware.ts", "api/x.py"], {}),
    (["middleware.js"], {}),
    (["middleware.py"], {}),
    (["api/x.py", "package.json", "public/index.html"], {}),
    (["api.py"], {}),
    (["api/a b.py", "api/ü.py", "api/日本.py"], {}),
    (["api/a.b.py"], {}),
    (["api/.py"], {}),
    # routes and their conflicts
    (["api/[id].py"], {}),
    (["api/[id]/index.py", "api/[id]/[name].py"], {}),
    (["api/user.py", "api/user.js"], {}),
    (["api/user.py", "api/user.txt"], {}),
    (["api/user.py", "api/user.json", "api/user.md"], {}),
    (["api/user.py", "api/_user.py"], {}),
    (["api/user.py", "api/user/index.py"], {}),
    (["api/index.py", "api/index.js"], {}),
    (["api/[id].py", "api/[slug].py"], {}),
    (["api/[id].py", "api/[id].js"], {}),
    (["api/[id].py", "api/[id]/x.py"], {}),
    (["api/[id]/a.py", "api/[slug]/b.py"], {}),
    (["api/[id]/a.py", "api/[id]/b.py"], {}),
    (["api/[id]/[id].py"], {}),
    (["api/[id]/x/[id].py"], {}),
    (["api/[id]/[slug].py", "api/[id]/[name].py"], {}),
    (["api/[id].py", "api/[slug]/b.txt"], {}),
    (["api/x.py", "api/[id]/a.txt", "api/[slug]/b.txt"], {}),
    (["api/1.py", "api/[id].py"], {}),
    (["api/a1b.py", "api/a[id]b.py"], {}),
    (["api/[].py", "api/[a].py"], {}),
    (["api/[a.py", "api/a].py"], {}),
    (["api/[...slug].py"], {}),
    (["api/[a]/x.py", "api/b/x.py"], {}),
    (["api/[a]/x.py", "api/b/x.py", "api/[c].py"], {}),
    (["api/b.js", "api/a.js", "api/a.py", "api/b.py"], {}),
    (["api/z/q.js", "api/z/q.py", "api/a.js", "api/a.py"], {}),
    (["api/A.py", "api/a.py", "api/a.js"], {}),
    (["api/a_b.py", "api/a-b.py", "api/ab.py", "api/ab.js", "api/a_b.js", "api/a-b.js"], {}),
    (["api/[x]/[x].py", "api/[y]/z.py"], {}),
    # which key a function uses
    (["api/user.py"], {"api/user.py": {"memory": 1024}}),
    (["api/user.py"], {"api/*.py": {"memory": 1024}}),
    (["api/a/user.py"], {"api/*.py": {"memory": 1024}}),
    (["api/a/user.py"], {"api/**/*.py": {"memory": 1024}}),
    (["api/user.py"], {"api/**": {"memory": 1024}, "api/user.py": {"memory": 512}}),
    (["api/user.py"], {"api/user.py": {"memory": 1024}, "api/**": {"memory": 512}}),
    (["api/user.py", "api/b.py"], {"api/user.py": {"memory": 1024}, "api/**": {"memory": 512}}),
    (["api/user.py"], {"user.py": {"memory": 1024}}),
    (["api/user.py"], {"api/user": {"memory": 1024}}),
    (["api/user.py"], {"./api/user.py": {"memory": 1024}}),
    (["api/[id].py"], {"api/[id].py": {"memory": 1024}}),
    (["api/i.py"], {"api/[id].py": {"memory": 1024}}),
    (["api/user.py"], {"api/{user,index}.py": {"memory": 1024}}),
    (["api/user.py"], {"api/+(user|index).py": {"memory": 1024}}),
    (["api/user.py"], {"api/!(user).py": {"memory": 1024}}),
    (["api/user.py"], {"!api/x.py": {"memory": 1024}}),
    (["api/user.py"], {"#api": {"memory": 1024}}),
    (["middleware.ts"], {"middleware.ts": {"memory": 1024}}),
    (["api/b.py", "api/1"], {"2": {"memory": 128}, "api/b.py": {"memory": 128}, "1": {"memory": 128}}),
    ([], {"api/*.py": {"memory": 1024}}),
    # runtimes
    (["api/x.php"], {"api/*.php": {"runtime": "vercel-php@0.6.0"}}),
    (["api/x.php", "api/x.py"], {"api/*.php": {"runtime": "vercel-php@0.6.0"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "@vercel/python@4.7.1"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "python3.9"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "@vercel/python"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "x@1.0"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "x@1.0.0-beta.1+build"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "1.0.0"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "x@v1.0.0"}}),
    (["api/x.py"], {"api/*.py": {"runtime": "x@01.0.0"}}),
    (["api/x.py"], {"api/*.py": {"runtime": ""}}),
    (["api/x.py"], {"api/*.py": {"runtime": None}}),
    (["api/_x.php"], {"api/*.php": {"runtime": "vercel-php@0.6.0"}}),
    # values
    (["api/x.py"], {"api/x.py": {}}),
    (["api/x.py"], {"api/x.py": None}),
    (["api/x.py"], {"api/x.py": "python"}),
    (["api/x.py"], {"api/x.py": []}),
    (["api/x.py"], {"a" * 257: {"memory": 128}}),
    (["api/x.py"], {"a" * 256: {"memory": 128}}),
    (["api/x.py"], {"/api/x.py": {"memory": 128}}),
    (["api/x.py"], {"/api/x.py": {"memory": 1}}),
    *((["api/x.py"], {"api/x.py": {"memory": memory}}) for memory in (127, 128, 10240, 10241, 128.5, None, True)),
    *((["api/x.py"], {"api/x.py": {"maxDuration": value}}) for value in (0, 1, 60, 60.0, 1.5, -1, 3600, 3601)),
    *((["api/x.py"], {"api/x.py": {"maxDuration": value}}) for value in ("max", "60", None, True, [])),
    *((["api/x.py"], {"api/x.py": {"includeFiles": value}}) for value in ("data/**", ["data/**"], None, 1)),
    *((["api/x.py"], {"api/x.py": {"excludeFiles": value}}) for value in ("data/**", ["data/**"], {}, False)),
    (["api/x.py"], {"api/x.py": {"memory": 1, "maxDuration": 0, "runtime": "x"}}),
    (["api/x.py"], {"api/y.py": {"memory": 128}, "api/x.py": {"memory": 1}}),
    (["api/x.py", "api/x.js"], {"api/y.py": {"memory": 128}}),
    (["api/x.py", "api/x.js"], {"api/x.py": {"memory": 1}}),
]

SEGMENTS = ["a", "b", "index", "[id]", "[slug]", "_x", ".x", "node_modules", "1", "[id]", "user", "A", "a-b", "a_b"]
ENDINGS = [".py", ".py", ".py", ".js", ".ts", ".d.ts", ".go", "_test.go", ".txt", ".rb", ".php", ""]
PATTERNS = [
    "api/**",
    "api/*.py",
    "api/**/*.py",
    "api/a.py",
    "api/[id].py",
    "api/b/*.js",
    "api/*.php",
    "x",
    "api/!(a).py",
]
VALUES: list[dict[str, Any]] = [
    {"memory": 512}, {"memory": 512}, {"memory": 512}, {"maxDuration": 60}, {"includeFiles": "data/**"},
    {"memory": 64}, {"maxDuration": 0}, {"maxDuration": "max"}, {"runtime": "vercel-php@0.7.2"},
    {"runtime": "python3.9"}, {"runtime": "@vercel/python@4.7.1"}, {}, {"excludeFiles": ["x"]},
    {"maxDuration": 2.5, "memory": 1},
]  # fmt: skip


def generated(seed: int) -> tuple[list[str], Functions]:
    source = random.Random(seed)
    files = set()
    for _ in range(source.randint(1, 9)):
        directories = ["api"] if source.random() < 0.9 else source.choices(["api", "src", "API"])
        directories += source.choices(SEGMENTS, k=source.choice([0, 0, 0, 1, 1, 2]))
        files.add("/".join([*directories, source.choice(SEGMENTS) + source.choice(ENDINGS)]))
    if source.random() < 0.1:
        files.add("middleware.ts")
    listed = sorted(files)
    source.shuffle(listed)
    settings = {}
    for _ in range(source.choice([0, 0, 0, 1, 1, 2])):
        pattern = source.choice([*PATTERNS, source.choice(listed)])
        settings[pattern] = source.choice(VALUES)
    return listed, settings


def detection(package: str):
    """What a version of the platform's own detection says of files and of `functions`."""
    if missing():
        pytest.skip(missing() or "")
    server = LineServer(["node", str(HERE / "routes_server.cjs"), package], NODE_PATH=str(node_modules()))
    yield lambda files, functions: server.ask({"files": files, "functions": functions})
    server.close()


@pytest.fixture(scope="module")
def platform_says():
    yield from detection("@vercel/fs-detectors")


@pytest.fixture(scope="module")
def earlier_platform_says():
    yield from detection("fs-detectors-2025")


def first_error(files: list[str], functions: Functions, platform: Platform) -> tuple[str, ...] | None:
    """The kind of the first mistake that the platform would name, and what it names."""
    settings = Configuration(JsonDocument("vercel.json", json.dumps({"functions": functions}))).functions
    for problem in setting_problems(settings, platform):
        if problem.kind is not Kind.SHAPE:
            return (problem.kind.value,)
    built = [found.path for found in detect(files, settings, platform.functions)]
    for conflict in route_conflicts(built, files):
        if conflict.segment is not None:
            return "conflicting_path_segment", conflict.segment, conflict.path
        return "conflicting_file_path", conflict.path, *conflict.others
    for setting, _ in unused_settings(files, settings, platform):
        return "unused_function", setting.pattern
    return None


def named(error: dict[str, str] | None) -> tuple[str, ...] | None:
    if error is None:
        return None
    quoted = re.findall(r'"([^"]*)"', error["message"])
    if error["code"] == "conflicting_file_path":
        return error["code"], *quoted
    if error["code"] in ("conflicting_path_segment", "unused_function"):
        return error["code"], *quoted
    return (error["code"],)


def compare(says, files: list[str], functions: Functions, platform: Platform = PLATFORM) -> tuple[str, str | None]:
    """What the platform says in a word, and where vlint says something else."""
    truth = says(files, functions)
    assert "failure" not in truth, truth
    expected = named(truth["error"])
    said = first_error(files, functions, platform)
    if said != expected:
        return (expected or ("no error",))[0], f"{files} {functions}: {said} instead of {expected}"
    if expected is not None:
        return expected[0], None
    settings = Configuration(JsonDocument("vercel.json", json.dumps({"functions": functions}))).functions
    built = list(detect(files, settings, platform.functions))
    everything = {builder["src"] for builder in truth["builders"]}
    python = {builder["src"] for builder in truth["builders"] if re.match("@(vercel|now)/python", builder["use"])}
    if {found.path for found in built} != everything or {found.path for found in built if found.is_python} != python:
        return "no error", f"{files} {functions}: {built} instead of {everything}, of which Python are {python}"
    for path in python:
        (route,) = [route for route in truth["routes"] if route["dest"].partition("?")[0] == f"/{path}"]
        request = re.sub(r":[^/]+", "value", route_of(path))
        # The platform's expression for a lone bracket is not one.
        if re.search(r"[\[\]]", request) is None and re.search(route["src"], request) is None:
            return "no error", f"{path}: {request} is not on the route {route['src']}"
    return "no error", None


@pytest.mark.proof
def test_detection_agrees_with_the_platform(platform_says, capsys) -> None:
    check(platform_says, PLATFORM, capsys)


@pytest.mark.proof
def test_detection_agrees_with_the_earlier_platform(earlier_platform_says, capsys) -> None:
    check(earlier_platform_says, EARLIER, capsys)


def check(says, platform: Platform, capsys) -> None:
    """Compare all layouts, and print the table."""
    by_hand = [compare(says, *layout, platform) for layout in LAYOUTS]
    made = [compare(says, *generated(seed), platform) for seed in range(1500)]
    disagreements = [difference for _, difference in [*by_hand, *made] if difference]
    counts = [Counter(outcome for outcome, _ in results) for results in (by_hand, made)]
    apart = Counter(outcome for outcome, difference in [*by_hand, *made] if difference)
    with capsys.disabled():
        print(
            f"\n{'functions, routes, first error ' + platform.name:40}{'by hand':>10}{'generated':>12}{'disagree':>10}"
        )
        for outcome in sorted(counts[0] | counts[1]):
            print(f"{outcome:40}{counts[0][outcome]:>10}{counts[1][outcome]:>12}{apart[outcome]:>10}")
        print(f"{'all':40}{len(by_hand):>10}{len(made):>12}{len(disagreements):>10}")
    assert disagreements == []
    assert len(by_hand) >= 80
    assert len(made) > 1000
    assert counts[1]["no error"] > 300
