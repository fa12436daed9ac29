"""Paths as the running function sees them: `os.path`, `pathlib` and their relatives, as intrinsics of the evaluator.

A path is computed for real, in the coordinates of the platform: the project's root is `ROOT`, which is the working
directory, and `__file__` lies below it. So a path's text is what `open` is given, and no case of `os.path` is special.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vlint.semantics.evaluation.values import (
    Arguments,
    Constant,
    Fails,
    ModuleValue,
    Sequence,
    TupleValue,
    Unknown,
    Value,
)
from vlint.semantics.intrinsics.registry import intrinsic, operators_of, property_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from vlint.semantics.evaluation.evaluator import Evaluator

ROOT = "/var/task"
"""Where the platform puts a project (the directory of AWS Lambda functions)."""

HOME = "/home/sbx_user1051"
"""The home directory of the user that functions run as; nothing is there."""

TEMPORARY = "/tmp"

MAXIMUM_LENGTH = 4096
"""Longer paths are no paths (Linux' PATH_MAX)."""


@dataclass(frozen=True)
class PathValue(Value):
    """A `pathlib` path; `text` is what `str` gives."""

    text: str

    @property
    def type_name(self) -> str:
        """The one name that stands for all classes of `pathlib`."""
        return "pathlib.Path"


def path_of(path: str) -> str:
    """The path of a file at run time, by its path from the project's root."""
    return posixpath.join(ROOT, path) if path else ROOT


def text_of(value: Value) -> str | None:
    """The text of a path-like value (`str`, `bytes`, a `pathlib` path), or None."""
    if isinstance(value, PathValue):
        return value.text
    if isinstance(value, Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, Constant) and isinstance(value.value, bytes):
        return value.value.decode("utf-8", "replace")
    return None


# ── os.path and os ─────────────────────────────────────────────────────────────────────────────────────────────


def _absolute(path: str) -> str:
    return posixpath.normpath(posixpath.join(ROOT, path))


def _expanded(path: str) -> str:
    return HOME + path[1:] if path == "~" or path.startswith("~/") else path


def _over_texts(function: Callable[..., object]) -> Callable[[Arguments, Evaluator], Value | None]:
    """An intrinsic that applies `function` to the texts of its arguments, for each choice among them."""

    def call(arguments: Arguments, evaluator: Evaluator) -> Value | None:
        values = (*arguments.positional, *(value for name, value in arguments.keywords if name != "strict"))
        if not arguments.complete or not values:
            return Unknown("arguments that are not known")
        return _apply(function, (), values, evaluator)

    return call


def _apply(
    function: Callable[..., object], texts: tuple[str, ...], values: tuple[Value, ...], evaluator: Evaluator
) -> Value:
    if not values:
        return _computed(function, texts)

    def with_option(option: Value) -> Value:
        text = text_of(option)
        if text is None or len(text) > MAXIMUM_LENGTH:
            return Unknown("a part of a path that is not known")
        return _apply(function, (*texts, text), values[1:], evaluator)

    return evaluator.each(values[0], with_option)


def _computed(function: Callable[..., object], texts: tuple[str, ...]) -> Value:
    try:
        result = function(*texts)
    except (ValueError, TypeError, NotImplementedError) as error:
        return Fails(type(error).__name__, str(error))
    return _value(result)


def _value(result: object) -> Value:
    if isinstance(result, PurePosixPath):
        return PathValue(str(result))
    if isinstance(result, tuple):
        return TupleValue(tuple(_value(item) for item in result))
    return Constant(result)


_OS_PATH: dict[str, Callable[..., object]] = {
    "join": posixpath.join,
    "dirname": posixpath.dirname,
    "basename": posixpath.basename,
    "normpath": posixpath.normpath,
    "normcase": posixpath.normcase,
    "split": posixpath.split,
    "splitext": posixpath.splitext,
    "isabs": posixpath.isabs,
    "abspath": _absolute,
    "realpath": _absolute,
    "expanduser": _expanded,
    "relpath": lambda path, start=ROOT: posixpath.relpath(path and _absolute(path), _absolute(start)),
}

for _name, _function in _OS_PATH.items():
    intrinsic(f"os.path.{_name}", f"posixpath.{_name}")(_over_texts(_function))

intrinsic("os.fspath", "os.fsdecode", "os.fsencode")(_over_texts(str))


@intrinsic("os.path.commonpath", "posixpath.commonpath")
def _commonpath(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    first = arguments.get(0, "paths")
    if not isinstance(first, Sequence) or not first.items:
        return None
    return _apply(lambda *paths: posixpath.commonpath(paths), (), first.items, evaluator)


@intrinsic("os.getcwd", "os.getcwdb")
def _getcwd(arguments: Arguments, evaluator: Evaluator) -> Value:
    return Constant(ROOT)


@intrinsic("tempfile.gettempdir", "tempfile.gettempdirb")
def _gettempdir(arguments: Arguments, evaluator: Evaluator) -> Value:
    return Constant(TEMPORARY)


_CONSTANTS = {
    "sep": "/",
    "curdir": ".",
    "pardir": "..",
    "extsep": ".",
    "pathsep": ":",
    "altsep": None,
    "devnull": "/dev/null",
}


def _constant(text: str | None) -> Callable[[Value, Evaluator], Value]:
    return lambda receiver, evaluator: Constant(text)


for _name, _text in _CONSTANTS.items():
    property_of(f"os.{_name}", f"os.path.{_name}", f"posixpath.{_name}")(_constant(_text))

# ── pathlib ────────────────────────────────────────────────────────────────────────────────────────────────────

_CLASSES = ("Path", "PurePath", "PosixPath", "PurePosixPath")


@intrinsic(*(f"pathlib.{name}" for name in _CLASSES), "anyio.Path", "trio.Path")
def _path(arguments: Arguments, evaluator: Evaluator) -> Value:
    if not arguments.complete:
        return Unknown("arguments that are not known")
    return _apply(PurePosixPath, (), arguments.positional, evaluator)


@intrinsic(*(f"pathlib.{name}.cwd" for name in _CLASSES))
def _cwd(arguments: Arguments, evaluator: Evaluator) -> Value:
    return PathValue(ROOT)


@intrinsic(*(f"pathlib.{name}.home" for name in _CLASSES))
def _home(arguments: Arguments, evaluator: Evaluator) -> Value:
    return PathValue(HOME)


_METHODS: dict[str, Callable[..., object]] = {
    "joinpath": PurePosixPath,
    "with_name": lambda path, name: PurePosixPath(path).with_name(name),
    "with_suffix": lambda path, suffix: PurePosixPath(path).with_suffix(suffix),
    "with_stem": lambda path, stem: PurePosixPath(path).with_name(stem + PurePosixPath(path).suffix),
    "relative_to": lambda path, *other: PurePosixPath(path).relative_to(*other),
    "absolute": lambda path: PurePosixPath(ROOT, path),
    "expanduser": lambda path: PurePosixPath(_expanded(path)),
    "as_posix": str,
    "__str__": str,
    "__fspath__": str,
}

for _name, _function in _METHODS.items():
    intrinsic(f"pathlib.Path.{_name}")(_over_texts(_function))


@intrinsic("pathlib.Path.resolve")
def _resolve(arguments: Arguments, evaluator: Evaluator) -> Value:
    return _apply(lambda path: PurePosixPath(_absolute(path)), (), arguments.positional[:1], evaluator)


def _attribute(function: Callable[[PurePosixPath], object]) -> Callable[[Value, Evaluator], Value | None]:
    def get(receiver: Value, evaluator: Evaluator) -> Value | None:
        return _value(function(PurePosixPath(receiver.text))) if isinstance(receiver, PathValue) else None

    return get


for _name, _getter in {
    "parent": lambda path: path.parent,
    "parents": lambda path: tuple(path.parents),
    "parts": lambda path: path.parts,
    "name": lambda path: path.name,
    "stem": lambda path: path.stem,
    "suffix": lambda path: path.suffix,
    "suffixes": lambda path: tuple(path.suffixes),
    "anchor": lambda path: path.anchor,
    "root": lambda path: path.root,
    "drive": lambda path: path.drive,
}.items():
    property_of(f"pathlib.Path.{_name}")(_attribute(_getter))


@operators_of("pathlib.Path")
def _divide(name: str, left: Value, right: Value, evaluator: Evaluator) -> Value | None:
    if name != "truediv":
        return None
    return _apply(PurePosixPath, (), (left, right), evaluator)


# ── packages ───────────────────────────────────────────────────────────────────────────────────────────────────


@intrinsic("importlib.resources.files", "importlib_resources.files")
def _resource_files(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    package = arguments.get(0, "package") or arguments.get(0, "anchor")
    if isinstance(package, ModuleValue):
        return PathValue(path_of(package.path if "." not in package.path else posixpath.dirname(package.path)))
    if isinstance(package, Constant) and isinstance(package.value, str):
        directory = module_directory(package.value, evaluator)
        return None if directory is None else PathValue(path_of(directory))
    return None


def module_directory(name: str, evaluator: Evaluator) -> str | None:
    """The directory, from the root, that holds the project's module `name` (of a package, its own); None if outside."""
    tree = evaluator.project.tree
    path = name.replace(".", "/")
    if tree.is_directory(path):
        return path
    return posixpath.dirname(path) if tree.is_file(f"{path}.py") else None
