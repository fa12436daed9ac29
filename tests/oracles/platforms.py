"""The platform's own code as a service: which functions a project has, and what becomes of each.

with Oracles() as oracles:
    for outcome in oracles.outcomes(root, "2026-08"):
        print(outcome)
"""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.oracles.outcome import Outcome
from tests.oracles.setup import HERE, MAIN, node_modules, python

if TYPE_CHECKING:
    from collections.abc import Iterator

PLATFORMS = ("2025-03", "2026-08")

PRELOADED = ("flask", "fastapi", "starlette.applications", "starlette.responses", "asgiref.wsgi")
"""Imported once for all runs that ask for a server with frameworks; it only saves time."""


class LineServer:
    """A process that answers each line of JSON with a line of JSON."""

    def __init__(self, command: list[str], *, greets: bool = False, **environment: str) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
        )
        if greets:
            self._read()

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._read()))

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended with status {self._process.wait()}")
        return line

    def close(self) -> None:
        self._process.communicate()


class Oracles:
    """Both platforms; the processes are started when they are first asked.

    `environment` is what is installed beside the runtime, and `preloaded` what of it is imported once for all runs.
    """

    def __init__(self, environment: str = MAIN, preloaded: tuple[str, ...] = PRELOADED) -> None:
        self._environment = environment
        self._preloaded = preloaded
        self._stack = ExitStack()

    def close(self) -> None:
        """End the processes."""
        self._stack.close()

    def detect(self, source: str) -> str | None:
        """The name of the entry point that 2026-08's builder finds in a module's text."""
        answer = self._detection.ask({"source": source})
        return answer["variable"]

    def functions(self, root: Path) -> list[str]:
        """The paths of the files that the builders take for functions, before their contents are looked at."""
        files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
        settings = root / "vercel.json"
        vercel = json.loads(settings.read_text("utf-8")) if settings.exists() else {}
        answer = self._detection.ask({"files": files, "vercel": vercel})
        return sorted(answer["functions"])

    def outcomes(self, root: Path, platform: str, *, frameworks: bool = True) -> Iterator[Outcome]:
        """What becomes of each function of a project."""
        for path in self.functions(root):
            yield self.outcome(root, path, platform, frameworks=frameworks)

    def outcome(self, root: Path, path: str, platform: str, *, frameworks: bool = True, call: str = "ipc") -> Outcome:
        """What becomes of one function; `call="direct"` reaches the runtime by `vc_handler` instead of its socket."""
        variable = None
        if platform != "2025-03":
            variable = self.detect((root / path).read_text("utf-8", errors="replace"))
            if variable is None:
                return Outcome(path, "not deployed")
        server = self._framework_runtime if frameworks else self._plain_runtime
        answer = server.ask(
            {"platform": platform, "root": str(root), "entry": path, "variable": variable, "call": call}
        )
        if answer["outcome"] == "works":
            return Outcome(path, "works", answer["interface"], answer["status"])
        return Outcome(path, answer["outcome"], detail=answer["detail"])

    @cached_property
    def _detection(self) -> LineServer:
        program = HERE / "detection_server.cjs"
        return self._started(LineServer(["node", str(program)], NODE_PATH=str(node_modules())))

    @cached_property
    def _plain_runtime(self) -> LineServer:
        return self._runtime()

    @cached_property
    def _framework_runtime(self) -> LineServer:
        return self._runtime(*self._preloaded)

    def _runtime(self, *preloaded: str) -> LineServer:
        runtime = node_modules() / "@vercel" / "python" / "vc_init.py"
        command = [str(python(self._environment)), "-P", str(HERE / "runtime_server.py"), str(runtime), *preloaded]
        # A fixed seed keeps the order of sets, and with it every message, the same from run to run.
        return self._started(LineServer(command, greets=True, PYTHONHASHSEED="0", PYTHONPATH=""))

    def _started(self, server: LineServer) -> LineServer:
        self._stack.callback(server.close)
        return server
