"""`Pipfile.lock`: the only place where the platform of 2025 reads a Python version, and what it installs first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vlint.finding import Location
from vlint.project.json_document import load_json
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Setting
from vlint.project.manifests.pipenv_requirement import PACKAGE, requirement
from vlint.project.manifests.shape import mismatches
from vlint.text import FILE_START, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.platform import DependencyFacts
    from vlint.project.json_document import JsonDocument
    from vlint.project.manifests.manifest import Requirement
    from vlint.project.project import Project

SHAPE = {
    "_meta": {"hash": {"sha256": str}, "requires": {}, "sources": [{"name": str, "url": str, "verify_ssl": bool}]},
    "default": {"*": PACKAGE},
    "develop": {"*": PACKAGE},
}
"""The types of the keys that pipenv writes."""
_STRICT_SHAPE = {"_meta": {"requires": {"*": str}}, "default": {"*": {}}, "develop": {"*": {}}}

_DEFAULT = "default"
_VERSION = ("_meta", "requires", "python_version")
_FULL_VERSION = ("_meta", "requires", "python_full_version")


def read(project: Project, path: str) -> Manifest | None:
    """The `Pipfile.lock` at `path`; None where there is none."""
    document = load_json(project, path)
    if document is None:
        return None
    if document.problem:
        return Manifest(
            path,
            "pipfile-lock",
            complete=False,
            invalid=(ManifestProblem.unreadable(path, document.problem),),
            declares_dependencies=True,
        )
    packages = _get(document.value, (_DEFAULT,))
    found = list(_packages(document, _DEFAULT))
    known = tuple(item for item in found if item is not None)
    tables = document.value if isinstance(document.value, dict) else ()
    others = (item for table in tables if table not in ("_meta", _DEFAULT) for item in _packages(document, table))
    full = _setting(document, _FULL_VERSION)
    return Manifest(
        path,
        "pipfile-lock",
        declares_dependencies=True,
        requirements=known,
        aside=tuple(item for item in others if item is not None),
        complete=isinstance(packages, dict) and len(known) == len(found),
        python=_setting(document, _VERSION),
        unread_python=(full,) if full else (),
        invalid=tuple(_invalid(document, project.platform.dependencies)),
    )


def _packages(document: JsonDocument, table: str) -> Iterator[Requirement | None]:
    """The packages of a table of the lock; None for each that is not understood."""
    packages = _get(document.value, (table,))
    group = "" if table == _DEFAULT else f"`{table}`"
    for name, value in packages.items() if isinstance(packages, dict) else ():
        yield requirement(name, value, _location(document, (table, name)), group)


def pipfile_hash(project: Project, path: str) -> Setting | None:
    """The hash that the lock at `path` has of its `Pipfile`; None where there is none, or no lock."""
    document = load_json(project, path)
    return _setting(document, ("_meta", "hash", "sha256")) if document else None


def _setting(document: JsonDocument, keys: tuple[str, ...]) -> Setting | None:
    value = _get(document.value, keys)
    return None if value is None else Setting(value, _location(document, keys, value=True))


def _location(document: JsonDocument, keys: tuple[str | int, ...], *, value: bool = False) -> Location:
    found = document.value_range(keys) if value else document.range(keys)
    return Location(document.path, found or FILE_START)


def _get(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _invalid(document: JsonDocument, facts: DependencyFacts) -> Iterator[ManifestProblem]:
    """Wrong types, and keys without which the platform cannot convert the lock."""
    value = document.value
    if not isinstance(value, dict):
        yield ManifestProblem("a lock file is an object", _location(document, (), value=True))
        return
    for key in facts.lock_requires:
        if key not in value:
            start = _location(document, (), value=True).range.start
            yield ManifestProblem(
                f"`{key}` is missing, and without it the platform cannot convert the lock",
                Location(document.path, Range(start, start)),
                help="Make it again with `pipenv lock`.",
            )
    wrong = dict(mismatches(value, SHAPE, table="object"))
    if facts.validates:
        wrong = dict(mismatches(value, _STRICT_SHAPE, table="object")) | wrong
    for keys, expected in wrong.items():
        yield ManifestProblem(f"`{keys[-1]}` has to be {expected}", _location(document, keys, value=True))
    for keys, place in document.duplicates:
        yield ManifestProblem(
            f"`{keys[-1]}` is there twice, and the last one counts", Location(document.path, place), fatal=False
        )
