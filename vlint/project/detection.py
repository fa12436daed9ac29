"""Which files of a project the platform builds as functions: of all languages, since they share the routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.configuration import setting_for
from vlint.project.globs import compile_glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vlint.platform import FunctionFacts
    from vlint.project.configuration import FunctionSetting


@dataclass(frozen=True, slots=True)
class Built:
    """A file that is built as a function: its path, the key of `functions` it uses, and whether it is Python."""

    path: str
    setting: FunctionSetting | None
    is_python: bool


def detect(files: Iterable[str], settings: Sequence[FunctionSetting], facts: FunctionFacts) -> Iterator[Built]:
    """The files that become functions without `builds`, in the order of `files`."""
    for path in files:
        if not is_candidate(path, facts):
            continue
        setting = setting_for(settings, path)
        runtime = setting.option("runtime") if setting is not None else None
        if runtime:
            yield Built(path, setting, is_python_runtime(str(runtime), facts))
        elif path.endswith(facts.extension):
            yield Built(path, setting, is_python=True)
        elif path in facts.middleware or any(compile_glob(glob).matches(path) for glob in facts.other_languages):
            yield Built(path, setting, is_python=False)


def is_candidate(path: str, facts: FunctionFacts) -> bool:
    """Whether a file's place and name allow it to be a function."""
    if path in facts.middleware:
        return True
    return (
        path.startswith(f"{facts.directory}/")
        and not any(part in path for part in facts.excluded)
        and not path.endswith(facts.declarations)
    )


def is_python_runtime(name: str, facts: FunctionFacts) -> bool:
    """Whether a `runtime` or `use` is the platform's Python builder, of whatever version."""
    return any(name == runtime or name.startswith(f"{runtime}@") for runtime in facts.runtimes)
