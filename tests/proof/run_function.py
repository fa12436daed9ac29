"""Runs one function of a project as the runtime does and prints what became of each request; standard library only.

    python run_function.py api/user.py [REQUEST PATH]...     with the project's root as working directory

One line a request: `METHOD PATH: ok`, or `METHOD PATH: FILE:LINE EXCEPTION: MESSAGE` where FILE:LINE is the innermost
line of the project that was running. A file that was looked for and silently not found is a line of its own.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.util
import inspect
import io
import os
import sys
import traceback
from email.message import Message
from http.server import BaseHTTPRequestHandler

# ruff: noqa: PTH100, PTH109, PTH110 - pathlib would itself ask the file system that is watched here

ROOT = os.getcwd()
silent: list[str] = []


def main(path: str, requests: list[str]) -> None:
    sys.path[0] = ROOT
    sys.dont_write_bytecode = True
    try:
        module = load(path)
    except BaseException as error:
        print(f"import: {place(error)}")
        return
    sys.addaudithook(audit)
    for title, call in calls(module, requests):
        silent.clear()
        try:
            call()
        except BaseException as error:
            print(f"{title}: {place(error)}")
        else:
            print(f"{title}: ok")
            for line in dict.fromkeys(silent):
                print(f"{title}: {line}")


def load(path: str):
    """The module, loaded by file as the platform's vc_init.py does it."""
    sys.addaudithook(audit)
    name = path.removesuffix(".py").replace("/", ".")
    spec = importlib.util.spec_from_file_location(name, f"./{path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def calls(module, requests: list[str]):
    handler = getattr(module, "handler", None)
    if inspect.isclass(handler) and issubclass(handler, BaseHTTPRequestHandler):
        for name in sorted(dir(handler)):
            if name.startswith("do_"):
                method = name[3:]
                yield f"{method} /", functools.partial(lambda m: getattr(instance(handler, m), f"do_{m}")(), method)
        return
    app = module.app
    if hasattr(app, "config") and hasattr(app, "test_client"):
        app.config["PROPAGATE_EXCEPTIONS"] = True
    for request in requests:
        asynchronous = inspect.iscoroutinefunction(app) or inspect.iscoroutinefunction(type(app).__call__)
        yield f"GET {request}", functools.partial(asgi if asynchronous else wsgi, app, request)


def instance(handler, method: str):
    """A request handler with a request in memory in place of a socket."""
    made = handler.__new__(handler)
    made.rfile, made.wfile, made.headers = io.BytesIO(), io.BytesIO(), Message()
    made.command, made.path, made.requestline = method, "/", f"{method} / HTTP/1.1"
    made.request_version, made.client_address, made.close_connection = "HTTP/1.1", ("127.0.0.1", 0), True
    made.log_message = lambda *_: None
    return made


def wsgi(app, path: str) -> None:
    from wsgiref.util import setup_testing_defaults

    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET"}
    setup_testing_defaults(environ)
    statuses: list[str] = []
    body = app(environ, lambda status, headers, *_: statuses.append(status))
    b"".join(body)
    if statuses and int(statuses[0].split()[0]) >= 400:
        raise RuntimeError(f"status {statuses[0]}")


def asgi(app, path: str) -> None:
    async def ask() -> None:
        statuses = []
        waiting = [{"type": "http.request", "body": b"", "more_body": False}]
        answered = asyncio.Event()

        async def receive():
            if waiting:
                return waiting.pop()
            await answered.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            statuses.append(message.get("status"))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                answered.set()

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path,
            "raw_path": path.encode(), "root_path": "", "scheme": "http", "query_string": b"", "headers": [],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        await app(scope, receive, send)
        if statuses and statuses[0] and statuses[0] >= 400:
            raise RuntimeError(f"status {statuses[0]}")

    asyncio.run(ask())


def place(error: BaseException) -> str:
    """The innermost line of the project in a traceback, and the exception."""
    here = ""
    for frame in traceback.extract_tb(error.__traceback__):
        name = os.path.abspath(frame.filename)
        if name.startswith(f"{ROOT}/"):
            here = f"{name[len(ROOT) + 1 :]}:{frame.lineno} "
    message = str(error).splitlines()[0] if str(error) else ""
    return f"{here}{type(error).__name__}: {message}"


def audit(event: str, arguments: tuple) -> None:
    """Note an attempt to read a file that is not there: whether it raises is another question."""
    if event != "open" or not isinstance(arguments[0], (str, bytes)) or not isinstance(arguments[2], int):
        return
    path = os.path.abspath(os.fsdecode(arguments[0]))
    if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or os.path.exists(path) or path.endswith(".pyc"):
        return
    frame = sys._getframe(1)
    while frame is not None:
        name = os.path.abspath(frame.f_code.co_filename)
        if name.startswith(f"{ROOT}/") and not name.startswith(f"{ROOT}/<"):
            silent.append(f"{name[len(ROOT) + 1 :]}:{frame.f_lineno} nothing at {os.fsdecode(arguments[0])}")
            return
        frame = frame.f_back


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or ["/"])
