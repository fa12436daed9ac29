"""What `vercel.json` may hold, as the schemas in the platform's own packages have it."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import Any

import pytest

from tests.oracles.platforms import LineServer
from tests.oracles.setup import HERE, missing, node_modules
from vlint.platform import load_platform
from vlint.project.configuration import Configuration
from vlint.project.configuration_shape import configuration_problems
from vlint.project.function_settings import setting_problems
from vlint.project.json_document import JsonDocument

PLATFORM = load_platform("2026-08")

RIGHT: dict[str, Any] = {
    "cleanUrls": True,
    "trailingSlash": False,
    "functions": {
        "api/a.py": {
            "runtime": "vercel-php@0.7.2",
            "memory": 1024,
            "maxDuration": 60,
            "regions": ["iad1"],
            "includeFiles": "data/**",
            "excludeFiles": "{tests,docs}/**",
            "supportsCancellation": True,
            "architecture": "arm64",
        },
        "api/b.py": {"maxDuration": "max", "functionFailoverRegions": ["sfo1"]},
    },
    "builds": [{"src": "api/*.py", "use": "@vercel/python", "config": {"maxLambdaSize": "15mb"}}, {"use": "@vercel/x"}],
    "routes": [
        {"handle": "filesystem"},
        {"src": "/a", "dest": "/b", "methods": ["GET"], "status": 200, "headers": {"x": "y"}, "continue": True},
        {"source": "/a", "destination": "/b", "has": [{"type": "host", "value": "x"}], "caseSensitive": True},
        {"src": "/x", "mitigate": {"action": "deny"}, "env": ["A"], "important": False, "check": True},
    ],
    "rewrites": [
        {"source": "/a", "destination": "/b"},
        {"source": "/a", "destination": "/b", "missing": [{"type": "header", "key": "x", "value": {"pre": "a"}}]},
        {"source": "/a", "destination": {"service": "web"}, "statusCode": 200, "respectOriginCacheControl": False},
    ],
    "redirects": [
        {"source": "/a", "destination": "/b", "permanent": True},
        {"source": "/a", "destination": "/b", "statusCode": 307, "has": [{"type": "query", "key": "q"}]},
        {"source": "/a", "destination": "/b", "has": [{"type": "cookie", "key": "q", "value": {"eq": 1, "lte": 2}}]},
    ],
    "headers": [{"source": "/a", "headers": [{"key": "x", "value": "y"}], "missing": []}],
}

OTHERS: list[Any] = [None, True, 0, -1, 1.5, 50, 5000, "", "x", "x" * 300, [], {}, ["x"], [1], {"x": 1}]


def places(value: Any, path: tuple = ()):
    yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from places(member, (*path, key))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from places(element, (*path, index))


def at(value: Any, path: tuple) -> Any:
    for step in path:
        value = value[step]
    return value


def mutated():
    """The right configuration with one place made another, one member taken away, added, or renamed."""
    for path in places(RIGHT):
        if path:
            for other in OTHERS:
                made = copy.deepcopy(RIGHT)
                at(made, path[:-1])[path[-1]] = other
                yield made
            made = copy.deepcopy(RIGHT)
            del at(made, path[:-1])[path[-1]]
            yield made
        if path and isinstance(at(RIGHT, path), dict):
            made = copy.deepcopy(RIGHT)
            at(made, path)["unheardOf"] = 1
            yield made
        if path and isinstance(path[-1], str):
            made = copy.deepcopy(RIGHT)
            parent = at(made, path[:-1])
            parent[path[-1].swapcase()] = parent.pop(path[-1])
            yield made


def says_wrong(configuration: dict[str, Any]) -> list[str]:
    settings = Configuration(JsonDocument("vercel.json", json.dumps(configuration)))
    problems = [problem.message for problem in configuration_problems(settings, PLATFORM) if problem.certain]
    return problems + [problem.message for problem in setting_problems(settings.functions, PLATFORM)]


@pytest.mark.proof
def test_the_shape_is_the_platforms(capsys) -> None:
    if missing():
        pytest.skip(missing() or "")
    schemas = LineServer(["node", str(HERE / "configuration_server.cjs")], NODE_PATH=str(node_modules()))
    detection = LineServer(["node", str(HERE / "routes_server.cjs")], NODE_PATH=str(node_modules()))
    assert schemas.ask({"configuration": RIGHT}) == {"error": None}
    assert says_wrong(RIGHT) == []
    counts: Counter[str] = Counter()
    false_alarms, misses = [], []
    for configuration in mutated():
        refused = schemas.ask({"configuration": configuration})["error"]
        functions = configuration.get("functions")
        if refused is None and isinstance(functions, dict):
            error = detection.ask({"files": ["api/a.py", "api/b.py"], "functions": functions})["error"]
            refused = error and error["code"] != "unused_function" and error["message"]
        said = says_wrong(configuration)
        counts["refused" if refused else "taken"] += 1
        if said and not refused:
            false_alarms.append(said)
        if refused and not said:
            misses.append(refused)
    schemas.close()
    detection.close()
    with capsys.disabled():
        print(f"\nshape of vercel.json: {dict(counts)}, {len(false_alarms)} false alarms, {len(misses)} misses")
    assert false_alarms == []
    assert misses == [], misses
