"""Runs in the oracles' environment: makes each framework's `app` and says what it is, as both runtimes would see it.

Reads a JSON list of entries of the table from standard input, writes a JSON object by an entry's first name.
"""

from __future__ import annotations

import inspect
import json
import sys
from importlib import import_module

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


def is_plain(value: object) -> bool:
    """Whether it is a class, and a subclass of it makes instances as `type` does."""
    return isinstance(value, type) and value.__new__ is object.__new__ and type(value).__call__ is type.__call__


def found(name: str) -> object:
    """What a dotted name leads to: a module, or something in one; None where it leads nowhere."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        try:
            value: object = import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[count:]:
            value = getattr(value, attribute, None)
        return value
    return None


def check(entry: dict) -> dict:
    names: dict = {"__name__": "example", "__file__": __file__}
    sys.modules["example"] = type(sys)("example")
    exec(compile(entry["example"], entry["names"][0], "exec"), names)  # the table's own code
    app = names["app"]
    parts = {name: part(app, name) for name in entry.get("attributes", {})}
    methods = entry.get("methods", {})
    servers = entry.get("servers", [])
    return {
        "unknown": [name for name in entry["names"] if found(name) is None],
        "lacks": [name for name in entry.get("decorators", []) if not hasattr(app, name)],
        "serves": not servers or any(name in dir(app) for name in servers),
        "callable": callable(app),
        "itself": sorted({shown(found(name)) for name in entry["names"]}),
        "plain": all(is_plain(found(name)) for name in entry["names"]),
        "called": called(app),
        "shown": shown(app),
        "parts": {name: called(value) for name, value in parts.items()},
        "methods": {name: called(getattr(app, name)()) for name, kind in methods.items() if kind != "neither"},
    }


def safely(entry: dict) -> dict:
    try:
        return check(entry)
    except Exception as error:  # of any framework
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    output = sys.stdout
    sys.stdout = sys.stderr
    json.dump({entry["names"][0]: safely(entry) for entry in json.load(sys.stdin)}, output)
