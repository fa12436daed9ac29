"""Runs in the oracles' environment: makes each framework's `app` and says what it is, as both runtimes would see it.

Reads a JSON list of `{"name", "example", "attributes", "methods"}` from standard input, writes a JSON object by name.
"""

from __future__ import annotations

import inspect
import json
import sys

ARGUMENTS = {"wsgi": 2, "asgi": 3}


def called(value: object) -> str:
    """The interface by which the runtime of 2025 would call the value, or `neither`."""
    if not callable(value):
        return "neither"
    coroutine = inspect.iscoroutinefunction(value) or inspect.iscoroutinefunction(value.__call__)
    interface = "asgi" if coroutine else "wsgi"
    target = value if inspect.isroutine(value) or inspect.isclass(value) else value.__call__
    try:
        inspect.signature(target, follow_wrapped=False).bind(*range(ARGUMENTS[interface]))
    except (TypeError, ValueError):
        return "neither"
    return interface


def shown(value: object) -> str:
    """The interface that the runtime of 2026 sees in the value, or `neither`."""
    from vercel_runtime.resolver import detect_app_type

    try:
        return detect_app_type(value, "module", "app")[0]
    except RuntimeError:
        return "neither"


def part(value: object, name: str) -> object:
    return value[int(name[1:-1])] if name.startswith("[") else getattr(value, name)


def check(entry: dict) -> dict:
    names: dict = {}
    try:
        exec(compile(entry["example"], entry["name"], "exec"), names)  # the table's own code
    except ImportError as error:
        return {"missing": str(error)}
    app = names["app"]
    parts = {name: part(app, name) for name in entry["attributes"]}
    return {
        "lacks": [name for name in entry["decorators"] if not hasattr(app, name)],
        "serves": not entry["servers"] or any(name in dir(app) for name in entry["servers"]),
        "called": called(app),
        "shown": shown(app),
        "parts": {name: called(value) for name, value in parts.items()},
        "methods": {name: called(getattr(app, name)()) for name, kind in entry["methods"].items() if kind != "neither"},
    }


def safely(entry: dict) -> dict:
    try:
        return check(entry)
    except Exception as error:  # of any framework
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    output = sys.stdout
    sys.stdout = sys.stderr
    json.dump({entry["name"]: safely(entry) for entry in json.load(sys.stdin)}, output)
