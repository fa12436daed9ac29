"""A real Kate on a virtual display with `editors/kate/settings.json`: starts the server and is told of a finding."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.editors.shop import EDITORS, SERVER, copy_shop, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.proof

PATIENCE = 60
"""Seconds until what is waited for has to be there."""

HEADER = re.compile(rb"Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n")


def test_the_server_is_started_and_a_finding_arrives(tmp_path: Path) -> None:
    missing = [name for name in ("kate", "Xvfb") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed: run python tests/editors/setup.py")
    shop = copy_shop(tmp_path)
    server = write_server(tmp_path)
    configure(tmp_path / "config", server)
    with virtual_display(tmp_path) as display, kate(tmp_path, shop, display, server):
        finding = wait_for_finding(tmp_path, (shop / "api" / "user.py").as_uri())
    assert "'greeting.txt' is looked for from the project root" in finding["message"]
    sent = {message.get("method"): message.get("params") or {} for message in messages(tmp_path / "sent")}
    assert sent["initialize"]["rootUri"].rstrip("/") == shop.as_uri()
    assert sent["textDocument/didOpen"]["textDocument"]["uri"] == (shop / "api" / "user.py").as_uri()
    assert sent["workspace/didChangeConfiguration"]["settings"] == {"vlint": {"codeLens": {"enable": False}}}


def write_server(home: Path) -> Path:
    """A `vlint` that keeps what Kate sends to this one and what it answers."""
    sent, received = (shlex.quote(str(home / name)) for name in ("sent", "received"))
    program = home / "bin" / "vlint"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\ntee {sent} | {shlex.join(SERVER[:-1])} "$@" | tee {received}\n')
    program.chmod(0o755)
    return program


def configure(config: Path, server: Path) -> None:
    """Put the shipped configuration where Kate has it, and answer what it asks before it starts a server."""
    settings = config / "kate" / "lspclient" / "settings.json"
    settings.parent.mkdir(parents=True)
    shutil.copy(EDITORS / "kate" / "settings.json", settings)
    (config / "katerc").write_text(f"[lspclient]\nAllowedServerCommandLines={server} server\n")


@contextlib.contextmanager
def virtual_display(directory: Path) -> Iterator[str]:
    """An X server with a display number that is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with running(command, directory / "xvfb.log", dict(os.environ), directory, keep=writing):
        os.close(writing)
        with os.fdopen(reading, "rb") as answer:
            number = answer.readline().decode().strip()
        assert number, (directory / "xvfb.log").read_text()
        yield f":{number}"


@contextlib.contextmanager
def kate(home: Path, shop: Path, display: str, server: Path) -> Iterator[None]:
    """Kate in a session of its own, away from the user's bus (and from a Kate that may be open there)."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    variables = {
        **environment(home),
        "PATH": f"{server.parent}{os.pathsep}{os.environ['PATH']}",
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(runtime),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }
    command = ["kate", "--startanon", "--block", str(shop / "api" / "user.py")]
    with running(command, home / "kate.log", variables, shop):
        yield


@contextlib.contextmanager
def running(
    command: list[str], log: Path, variables: dict[str, str], cwd: Path, keep: int | None = None
) -> Iterator[None]:
    """A program, and at the end neither it nor what it started."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=() if keep is None else (keep,),
            start_new_session=True,
        )
    try:
        yield
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for_finding(home: Path, uri: str) -> dict[str, Any]:
    """The first finding that the server publishes for a file."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for message in messages(home / "received"):
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                for finding in message["params"]["diagnostics"]:
                    return dict(finding)
        time.sleep(0.1)
    sent = [message.get("method") for message in messages(home / "sent")]
    said = (home / "kate.log").read_text(errors="replace")
    pytest.fail(f"no finding came in {PATIENCE} s; Kate sent {sent} and said:\n{said}")


def messages(log: Path) -> list[dict[str, Any]]:
    """The whole messages of one direction so far."""
    if not log.exists():
        return []
    data = log.read_bytes()
    found = []
    for header in HEADER.finditer(data):
        body = data[header.end() : header.end() + int(header[1])]
        if len(body) == int(header[1]):
            found.append(json.loads(body))
    return found
