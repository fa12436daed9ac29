"""Applications that resolve paths against the directory of the module that makes them, as `openers.toml` lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.platform.openers import applications
from vlint.semantics.evaluation.values import CallResult, Constant, External, Value
from vlint.semantics.files.file_uses import calls_of
from vlint.semantics.intrinsics.paths import module_directory, path_of
from vlint.semantics.intrinsics.registry import property_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope
    from vlint.semantics.files.file_uses import Use


def application_directory(application: Value, evaluator: Evaluator) -> str | None:
    """The directory, from the root, that an application or a part of one resolves its own paths against."""
    if not (isinstance(application, CallResult) and isinstance(application.callee, External)):
        return None
    entry = applications().get(application.callee.name)
    if entry is None or application.arguments.keyword(entry.directory) is not None:
        return None
    assert entry.module.position is not None
    assert entry.module.keyword is not None
    name = application.arguments.get(entry.module.position, entry.module.keyword)
    if not (isinstance(name, Constant) and isinstance(name.value, str)):
        return None
    return module_directory(name.value, evaluator)


def directory_of_use(use: Use, modules: Sequence[ModuleScope], evaluator: Evaluator) -> str | None:
    """The directory, from the root, that a use resolves its path against; None where there are several or none.

    That is the directory of the application that the call itself makes, else that of the one that the modules make.
    """
    if use.opener.function in applications():
        return application_directory(evaluator.evaluate(use.site.call, use.site.place), evaluator)
    found = {d for d in _application_directories(modules, evaluator) if d is not None}
    return found.pop() if len(found) == 1 else None


def _application_directories(modules: Sequence[ModuleScope], evaluator: Evaluator) -> Iterator[str | None]:
    for name in {name.rpartition(".")[2] for name, entry in applications().items() if entry.serves}:
        for module in modules:
            for site in calls_of(module, name, evaluator):
                yield application_directory(evaluator.evaluate(site.call, site.place), evaluator)


def _root_path(receiver: Value, evaluator: Evaluator) -> Value | None:
    directory = application_directory(receiver, evaluator)
    return None if directory is None else Constant(path_of(directory))


for _name, _entry in applications().items():
    property_of(f"{_name}.{_entry.directory}")(_root_path)
