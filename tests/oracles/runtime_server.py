"""Runs functions under the platform's own runtimes; started by `platforms.py` in the oracles' Python.

Reads requests from standard input, one JSON object a line, and answers each with one line. The server imports what
the runtimes themselves need (and the frameworks named on the command line) once, and forks a child for each request.

    request: {"platform": "2025-03", "root": "/tmp/x", "entry": "api/user.py", "variable": "app", "call": "ipc"}
    answer:  {"outcome": "works", "interface": "wsgi", "status": 200, "detail": ""}

`call` says how the platform talks to the runtime: "ipc" as it does in production, over a socket; "direct" by calling
`vc_handler`. The outcomes are those of `tests.oracles.outcome`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HELPERS = ["asyncio", "http.server", "urllib.request", "vercel_runtime._vendor.uvicorn"]
HELPERS += ["vercel_runtime.resolver", "vercel_runtime.workers", "vercel_runtime.crons", "vercel_runtime.asgi_server"]
PERHAPS = ["urllib3", "werkzeug.wrappers"]
"""Imported by the runtimes where they are installed."""
TIME_LIMIT = 30.0
IDLE_LIMIT = 1.2
"""Seconds without any processor time and with every thread asleep, after which a child is taken to hang."""
LOG_LIMIT = 0.8
"""Seconds without anything new in the log, after which it will not show what is looked for; less than `IDLE_LIMIT`."""
SETTLED = 0.1
"""The same where it shows that."""


def main() -> None:
    sys.dont_write_bytecode = True
    for name in [*HELPERS, *sys.argv[2:]]:
        importlib.import_module(name)
    for name in PERHAPS:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        runtime_2025 = file.read()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line), runtime_2025)), flush=True)


def run(request: dict[str, str], runtime_2025: str) -> dict[str, object]:
    """Fork a child for the request and wait for what it reports."""
    reader, writer = os.pipe()
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            os.close(reader)
            serve(request, runtime_2025, writer, output.fileno())
        os.close(writer)
        answer = wait(child, reader)
        os.close(reader)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    Path(socket_path(child)).unlink(missing_ok=True)
    answer["detail"] = masked(str(answer.get("detail", "")), request["root"])
    return answer


def wait(child: int, reader: int) -> dict[str, object]:
    """What the child reports, or how it hangs or dies."""
    received = b""
    started = asleep_since = time.monotonic()
    used = processor_time(child)
    while time.monotonic() - started < TIME_LIMIT:
        if select.select([reader], [], [], 0.1)[0]:
            data = os.read(reader, 65536)
            if not data:
                break
            received += data
            if received.endswith(b"}\n"):
                return dict(json.loads(received.splitlines()[-1]))
        now = processor_time(child)
        if now != used or not all_asleep(child):
            used, asleep_since = now, time.monotonic()
        elif time.monotonic() - asleep_since > IDLE_LIMIT:
            break
    else:
        return {"outcome": hang(received), "detail": "time limit"}
    if select.select([reader], [], [], 0)[0] and not os.read(reader, 1):
        return {"outcome": "exits at start", "detail": "the process died"}
    return {"outcome": hang(received), "detail": ""}


def hang(received: bytes) -> str:
    return "hangs on request" if b"started" in received else "hangs at start"


def processor_time(process: int) -> str:
    with contextlib.suppress(OSError):
        return " ".join(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:15])
    return ""


def all_asleep(process: int) -> bool:
    with contextlib.suppress(OSError):
        threads = Path(f"/proc/{process}/task").iterdir()
        return all((t / "stat").read_text().rpartition(")")[2].split()[0] == "S" for t in threads)
    return False


def masked(text: str, root: str) -> str:
    """Without what differs from run to run: the root's place, addresses."""
    text = text.replace(os.path.realpath(root), "").replace(root, "")
    return re.sub(r"0x[0-9a-fA-F]{6,}", "0x…", text)


def socket_path(process: int) -> str:
    return f"{tempfile.gettempdir()}/vlint-oracle-{process}.sock"


# --- the child -------------------------------------------------------------------------------------------------------


def serve(request: dict[str, str], runtime_2025: str, writer: int, output: int) -> None:
    """Be the process that the platform starts for a function; never returns."""
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.addaudithook(no_network)
    os.chdir(request["root"])
    sys.path.insert(0, request["root"])
    sys.argv = ["bootstrap"]
    runtime = Runtime2025(request, runtime_2025) if request["platform"] == "2025-03" else Runtime2026(request)
    function = Function(runtime, writer, output)
    over_socket = request.get("call", "ipc") == "ipc"
    if over_socket:
        Platform(function).start()
    try:
        runtime.start()
    except BaseException as exception:  # a process that is started does not end without one
        outcome = "fails on import" if runtime.while_importing(exception) else "exits at start"
        function.report(outcome, detail=reason_of_exit(exception, function.printed()))
    function.started()
    try:
        answer = runtime.namespace()["vc_handler"]({"body": json.dumps(EVENT)}, None)
    except BaseException as exception:
        # Over the socket this is a server that ended, which it says in the log why.
        printed = function.logged(error_on_request) if over_socket else function.printed()
        function.report("fails on request", detail=error_on_request(printed) or in_one_line(exception))
    else:
        function.judge(answer.get("statusCode"))


HEADERS = {
    "host": "example.com",
    "accept": "*/*",
    "x-forwarded-for": "192.0.2.1",
    "x-real-ip": "192.0.2.1",
    "x-forwarded-host": "example.com",
    "x-forwarded-proto": "https",
    "x-forwarded-port": "443",
}
"""What the platform's proxy sends with every request."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")

RAISED = "Exception in ASGI application"
UNANSWERED = "ASGI callable returned without starting response"
"""What the server logs where it answers with 500 for an application that has not answered."""

EVENT = {"method": "GET", "path": "/api/user?x=1", "headers": HEADERS, "body": ""}


class Function:
    """The process of a function: what it prints, and what is reported of it."""

    def __init__(self, runtime: Runtime2025 | Runtime2026, writer: int, output: int) -> None:
        from threading import Lock

        self.runtime = runtime
        self.writer = writer
        self.output = output
        self.logs: list[str] = []
        self.reporting = Lock()

    def started(self) -> None:
        os.write(self.writer, b"started\n")

    def report(self, outcome: str, **more: object) -> None:
        """Tell what became of the function, and end."""
        self.reporting.acquire()  # never released: the first report ends the process
        os.write(self.writer, (json.dumps({"outcome": outcome, **more}) + "\n").encode())
        os._exit(0)

    def printed(self) -> str:
        """What the process wrote, and what it logged to the platform."""
        sys.__stdout__.flush()
        sys.__stderr__.flush()
        size = os.lseek(self.output, 0, os.SEEK_END)
        return os.pread(self.output, size, 0).decode("utf-8", "replace") + "".join(self.logs)

    def logged(self, shows: Callable[[str], object]) -> str:
        """What was printed once it shows what is asked for and grows no more: the log takes its own way, in pieces."""
        printed, since = self.printed(), time.monotonic()
        while time.monotonic() - since < (SETTLED if shows(printed) else LOG_LIMIT):
            time.sleep(0.02)
            before, printed = printed, self.printed()
            if printed != before:
                since = time.monotonic()
        return printed

    def judge(self, status: int | None) -> None:
        """Tell an answer of the application from one that the server gave because the application raised."""
        printed = self.logged(lambda log: RAISED in log or UNANSWERED in log) if status == 500 else self.printed()
        raised = error_on_request(printed) if status == 500 and RAISED in printed else ""
        if status is None:
            self.report("fails on request", detail="no status was sent")
        if raised:
            self.report("fails on request", detail=raised)
        if status == 500 and UNANSWERED in printed:
            self.report("fails on request", detail=UNANSWERED)
        self.report("works", interface=self.runtime.interface(), status=status)


class Platform:
    """The other end of the IPC socket: waits until the server has started, then sends one request."""

    def __init__(self, function: Function) -> None:
        import socket

        self.function = function
        path = socket_path(os.getpid())
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.listener.listen()
        os.environ["VERCEL_IPC_PATH"] = path

    def start(self) -> None:
        from threading import Thread

        Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        import base64
        from threading import Thread

        connection, _ = self.listener.accept()
        pending = b""
        while data := connection.recv(65536):
            *messages, pending = (pending + data).split(b"\0")
            for message in map(json.loads, messages):
                if message["type"] == "server-started":
                    self.function.started()
                    Thread(target=self.ask, args=(message["payload"]["httpPort"],), daemon=True).start()
                elif message["type"] == "log":
                    self.function.logs.append(base64.b64decode(message["payload"]["message"]).decode())
                elif message["type"] == "unrecoverable-error":
                    self.function.logs.append(message["payload"]["message"])

    def ask(self, port: int) -> None:
        """Send requests, of one method after the other, until one is implemented."""
        import http.client

        names = ("invocation-id", "request-id", "span-id", "trace-id")
        headers = {**HEADERS, **{f"x-vercel-internal-{name}": "1" for name in names}}
        try:
            for method in METHODS:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIME_LIMIT)
                connection.request(method, EVENT["path"], headers=headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status != http.client.NOT_IMPLEMENTED:
                    break
        except (http.client.HTTPException, OSError) as exception:
            detail = error_on_request(self.function.logged(error_on_request)) or in_one_line(exception)
            self.function.report("fails on request", detail=detail)
        else:
            self.function.judge(answer.status)


class Runtime2025:
    """`vc_init.py` of the builder, which is written beside the project's files and imported."""

    def __init__(self, request: dict[str, str], source: str) -> None:
        module_name = request["entry"].removesuffix(".py").replace("/", ".")
        self.source = source.replace("__VC_HANDLER_MODULE_NAME", module_name)
        self.source = self.source.replace("__VC_HANDLER_ENTRYPOINT", request["entry"])
        self.module = type(sys)("vc__handler__python")
        lines = self.source.splitlines()
        self.import_line = 1 + next(i for i, line in enumerate(lines) if ".exec_module(" in line)

    def namespace(self) -> dict[str, object]:
        return self.module.__dict__

    def start(self) -> None:
        sys.modules[self.module.__name__] = self.module
        exec(compile(self.source, "vc__handler__python.py", "exec"), self.namespace())

    def interface(self) -> str:
        names = self.namespace()
        return "handler" if "base" in names else "asgi" if "asyncio" in names else "wsgi"

    def while_importing(self, exception: BaseException) -> bool:
        trace = exception.__traceback__
        while trace and trace.tb_frame.f_code.co_filename != "vc__handler__python.py":
            trace = trace.tb_next
        return trace is not None and trace.tb_lineno == self.import_line


class Runtime2026:
    """`vercel_runtime.vc_init`, told by environment variables what to load."""

    def __init__(self, request: dict[str, str]) -> None:
        entry = request["entry"]
        os.environ["__VC_HANDLER_ENTRYPOINT"] = entry
        os.environ["__VC_HANDLER_ENTRYPOINT_ABS"] = f"{request['root']}/{entry}"
        os.environ["__VC_HANDLER_MODULE_NAME"] = entry.removesuffix(".py").replace("/", ".")
        os.environ["__VC_HANDLER_VARIABLE_NAME"] = request["variable"]

    def namespace(self) -> dict[str, object]:
        return sys.modules["vercel_runtime.vc_init"].__dict__

    def start(self) -> None:
        importlib.import_module("vercel_runtime.vc_init")

    def interface(self) -> str:
        names = self.namespace()
        return "wsgi" if "wsgi_user_app" in names else "asgi" if "asgi_user_app" in names else "handler"

    def while_importing(self, exception: BaseException) -> bool:
        cause: BaseException | None = exception
        while cause is not None:
            trace = cause.__traceback__
            while trace is not None:
                code = trace.tb_frame.f_code
                if code.co_name == "import_module" and code.co_filename.endswith("resolver.py"):
                    return True
                trace = trace.tb_next
            cause = cause.__context__
        return False


def reason_of_exit(exception: BaseException, printed: str) -> str:
    """Why the process ended: the exception, or what the runtime printed before it left."""
    if isinstance(exception, SystemExit):
        if exception.__context__ is not None:
            return in_one_line(exception.__context__)
        said = [line for line in printed.splitlines() if line.startswith(("Handler must", "Missing variable"))]
        return said[-1] if said else f"SystemExit: {exception.code}"
    return in_one_line(exception)


def in_one_line(exception: BaseException) -> str:
    lines = str(exception).splitlines()
    return f"{type(exception).__name__}: {lines[0]}" if lines else type(exception).__name__


def error_on_request(printed: str) -> str:
    """The last exception whose traceback was printed."""
    found = re.findall(r"^Traceback \(most recent call last\):\n(?:[ +|].*\n|\n)*([\w.]+(?:: .*)?)$", printed, re.M)
    return found[-1] if found else ""


def no_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        target = arguments[1] if event == "socket.connect" else arguments
        host = target[0] if isinstance(target, tuple) else ""
        if host not in ("", None, "127.0.0.1", "localhost", "0.0.0.0", "::1", "::", b"localhost"):
            raise OSError("the oracles run without a network")


if __name__ == "__main__":
    main()
