"""Runs in the environment of the libraries: calls each function of `openers.toml` with a relative path, and says what
became of it.

Reads a JSON list of calls from standard input (see `test_openers.py`), writes a JSON list of what was seen.
Each call is made twice, from a module that does not lie in the working directory: once with the file (or directory) in
the working directory, once with it beside the module. Where both go alike, the path was not looked up.
"""

from __future__ import annotations

import inspect
import io
import json
import os
import re
import shutil
import sys
import tempfile
import warnings
import wave
import zipfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path

PLACE = "kept"
"""The directory that is in both places: so what is looked for is one file in it."""


def found(name: str) -> object:
    """What a dotted name leads to: a module, or something in one."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        try:
            value: object = import_module(".".join(parts[:count]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[count:]:
            value = getattr(value, attribute)
        return value
    raise ModuleNotFoundError(name)


def parameters(name: str) -> list[list[object]] | None:
    """The parameters that a function takes (its object apart), by name and position; None where nobody can tell."""
    value = found(name)
    try:
        listed = list(inspect.signature(value).parameters.values())  # type: ignore[arg-type] # it is called below
    except (ValueError, TypeError):
        return None
    owner = found(name.rpartition(".")[0])
    if inspect.isclass(owner) and not isinstance(inspect.getattr_static(owner, name.rpartition(".")[2]), classmethod):
        listed = listed[1:]
    keyword = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    return [[p.name, None if p.kind in keyword else n, p.kind.name] for n, p in enumerate(listed)]


def callable_of(name: str, *, own: bool) -> object:
    """What is called: a method of an object that needs no argument, unless the call passes its `own`."""
    owner, method = found(name.rpartition(".")[0]), name.rpartition(".")[2]
    if not own and inspect.isclass(owner) and not isinstance(inspect.getattr_static(owner, method), classmethod):
        with suppress(TypeError):
            return getattr(owner(), method)
    return found(name)


def content(name: str) -> bytes:
    """A small file that the function in question reads."""
    if name.endswith(".png"):
        from PIL import Image

        place = Path(tempfile.mkdtemp()) / name
        Image.new("RGB", (2, 2)).save(place)
        return place.read_bytes()
    if name.endswith(".wav"):
        place = Path(tempfile.mkdtemp()) / name
        with wave.open(str(place), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(8000)
            sound.writeframes(b"\0\0")
        return place.read_bytes()
    if name.endswith((".zip", ".docx", ".pptx")):
        archive = io.BytesIO()
        zipfile.ZipFile(archive, "w").close()
        return archive.getvalue()
    return b"a,b\n1,2\n"


def seen(code: str, names: dict[str, object], base: str) -> str:
    """What running the code gives, without the directory `base`: `ok` and the value of `result`, or what is raised."""

    def masked(text: str) -> str:
        return re.sub(r"0x[0-9a-f]+", "", text.replace(base, ""))[:300]

    try:
        exec(compile(code, "module.py", "exec"), names)  # the tests' own code
    except BaseException as error:  # of any library
        return masked(f"{type(error).__name__}: {error}")
    return "ok " + masked(repr(names.get("result")))


def made_in(directory: Path, before: dict[str, bytes | None]) -> list[str]:
    """What is new or different in a directory."""
    return sorted(name for name, data in contents(directory).items() if before.get(name, b"?") != data)


def contents(directory: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(directory)): path.read_bytes() if path.is_file() else None
        for path in directory.rglob("*")
        if "__pycache__" not in path.parts
    }


def run(call: dict, function: str) -> dict:
    """One call, once with what it looks for in the working directory and once with it beside the module."""
    outcome: dict[str, object] = {}
    for state in ("working-directory", "beside", "nowhere"):
        base = Path(tempfile.mkdtemp())
        working, beside = base / "working", base / "module"
        for directory in (working, beside):
            (directory / PLACE).mkdir(parents=True)
        (beside / "module.py").touch()
        target = {"working-directory": working, "beside": beside}.get(state)
        if target is not None:
            path = target / call["path"]
            if call["directory"]:
                path.mkdir()
                if not call["empty"]:
                    (path / "page.html").write_text("page")
            else:
                path.write_bytes(content(path.name))
        os.chdir(working)
        before = contents(working)
        module = type(sys)("module")
        sys.modules["module"] = module
        module.__file__ = str(beside / "module.py")
        vars(module).update(function=callable_of(function, own=call["own"]), owner=found(function.rpartition(".")[0]))
        outcome[state] = seen(call["code"], vars(module), str(base))
        outcome[f"{state} made"] = made_in(working, before)
        os.chdir("/")
        shutil.rmtree(base, ignore_errors=True)
    return outcome


def check(entry: dict) -> dict:
    try:
        found(entry["function"])
        listed = parameters(entry["function"])
    except (ImportError, AttributeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"parameters": listed, "runs": [run(call, entry["function"]) for call in entry["calls"]]}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    answers = []
    for entry in json.load(sys.stdin):
        answers.append(check(entry))
    with suppress(ValueError):
        json.dump(answers, output)
    output.flush()
    os._exit(0)  # threads of a library may wait for ever
