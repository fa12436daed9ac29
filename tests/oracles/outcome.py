"""What the platform did with a function, as it is written in a case's `-- runtime … --` section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "works",  # a request was answered by the function
    "not deployed",  # the builder found no entry point: the route does not exist
    "fails on import",  # loading the module raised: the function exits at start
    "exits at start",  # the module was loaded, and the runtime did not take what it defines
    "fails on request",  # the server started, and the request was not answered by the function
    "hangs at start",  # loading the module never ended
    "hangs on request",
]


@dataclass(frozen=True, order=True)
class Outcome:
    """One function on one platform.

    Attributes:
        status: The HTTP status of the answer to a GET request, or to one of the first method that is implemented (501
            where none is); None unless it works.
        interface: `handler`, `wsgi` or `asgi`; empty unless it works.
        detail: What the runtime said, in one line.
    """

    path: str
    kind: Kind
    interface: str = ""
    status: int | None = None
    detail: str = ""

    @property
    def works(self) -> bool:
        return self.kind == "works"

    def __str__(self) -> str:
        if self.works:
            return f"{self.path}: works as {self.interface}, {self.status}"
        return f"{self.path}: {self.kind}" + (f": {self.detail}" if self.detail else "")


def read_outcome(line: str) -> Outcome:
    """The outcome that `str` wrote as `line`."""
    path, _, rest = line.partition(": ")
    if rest.startswith("works as "):
        interface, status = rest.removeprefix("works as ").split(", ")
        return Outcome(path, "works", interface, int(status))
    kind, _, detail = rest.partition(": ")
    return Outcome(path, kind, detail=detail)  # type: ignore[arg-type]  # the text was written from a Kind
