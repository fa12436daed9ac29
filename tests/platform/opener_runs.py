"""The calls that prove `openers.toml`, and what the libraries made of them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.setup import python
from vlint.platform.openers import openers

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from vlint.platform.openers import Opener

HERE = Path(__file__).parent
ENVIRONMENT = "openers"
SPECIAL = tomllib.loads((HERE / "opener_calls.toml").read_text())


@dataclass(frozen=True)
class Call:
    """A call with the path passed in one way; `writes` where a mode asks for it."""

    opener: Opener
    way: str
    writes: bool
    arguments: str

    @property
    def position(self) -> str:
        parameter = self.opener.parameter
        return "self" if parameter is None else str(parameter.position)

    @property
    def special(self) -> dict:
        """What the call needs beside the path."""
        return SPECIAL.get(self.opener.function, {}) | SPECIAL.get(f"{self.opener.function}:{self.position}", {})

    def request(self) -> dict:
        """The call as `run_openers.py` takes it."""
        name, special = self.opener.function, self.special
        method = name.rpartition(".")[2]
        default = "result = function(ARGUMENTS)"
        if name.startswith("pandas.DataFrame."):
            default = f"owner({{'a': [1]}}).{method}(ARGUMENTS)"
        return {
            "code": special.get("code", default).replace("ARGUMENTS", self.arguments),
            "path": f"kept/{self.path}",
            "directory": special.get("directory", self.opener.opens == "list"),
            "own": self.opener.parameter is None,
            "empty": special.get("empty", False),
        }

    @property
    def path(self) -> str:
        special = self.special
        return special.get("path", "thing" if special.get("directory", self.opener.opens == "list") else "thing.txt")


def calls(opener: Opener) -> list[Call]:
    """The ways to pass the path, each with the default mode and with one that writes."""
    found = []
    for writes in (False, True) if opener.mode is not None else (False,):
        for way in ("position", "keyword"):
            arguments = _arguments(opener, way, writes=writes)
            if arguments is not None:
                found.append(Call(opener, way, writes, arguments))
    return found


def _arguments(opener: Opener, way: str, *, writes: bool) -> str | None:
    special = Call(opener, way, writes, "").special
    path = repr(f"kept/{Call(opener, way, writes, '').path}")
    parameter, mode = opener.parameter, opener.mode
    if parameter is None:
        first = f"__import__('pathlib').Path({path})"
        if way == "keyword":
            return f"{first}, mode='w'" if writes else None
        passed = [first]
    elif way == "keyword":
        if parameter.keyword is None:
            return None
        passed = [f"{parameter.keyword}={path}"]
    elif parameter.position is None:
        return None
    else:
        passed = [path]
    passed = [special["before"], *passed] if special.get("before") else passed
    if writes and mode is not None:
        letter = "'n'" if opener.function.startswith("dbm.") else "'w+'" if "memmap" in opener.function else "'w'"
        between = (mode.position or 0) - (parameter.position or 0) - 1 if parameter is not None else 0
        if way == "position" and between == 0:
            passed.append(letter)
        else:
            passed.append(f"{mode.keyword}={letter}")
    if special.get("also"):
        passed.append(special["also"])
    if "memmap" in opener.function and writes:
        passed.append("shape=(1,)")
    return ", ".join(passed)


@cache
def answers() -> dict[str, dict]:
    """What became of each function, by its name and the position of the path."""
    listed = [opener for entry in openers().values() for opener in entry if opener.not_run is None]
    asked = [{"function": o.function, "calls": [c.request() for c in calls(o)]} for o in listed]
    command = [str(python(ENVIRONMENT)), str(HERE / "run_openers.py")]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(zip(map(key, listed), json.loads(done.stdout), strict=True))


def key(opener: Opener) -> str:
    """A name for one path of one function."""
    parameter = opener.parameter
    place = "self" if parameter is None else parameter.keyword or parameter.position
    return f"{opener.function}({place})"
