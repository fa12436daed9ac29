"""`Pipfile`: what pipenv is asked for. No platform of 2025 reads it; its lock file carries it further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Setting
from vlint.project.manifests.pipenv_requirement import PACKAGE, requirement
from vlint.project.manifests.shape import mismatches
from vlint.project.manifests.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.manifest import Requirement
    from vlint.project.manifests.toml_document import TomlDocument
    from vlint.project.project import Project

_PACKAGES = "packages"
SHAPE = {
    "source": [{"name": str, "url": str, "verify_ssl": bool}],
    "packages": {"*": PACKAGE},
    "dev-packages": {"*": PACKAGE},
    "requires": {},  # the version's type is a matter of its value: another rule says what a float comes to
    "scripts": {},
    "pipenv": {},
}
"""The types of the keys that pipenv defines."""
_STRICT_SHAPE = {"scripts": {"*": str}, "*": ({"*": PACKAGE}, [{"name": str, "url": str, "verify_ssl": bool}])}


def read(project: Project, path: str) -> Manifest | None:
    """The `Pipfile` at `path`; None where there is none."""
    document = read_toml(project, path)
    if document is None:
        return None
    if document.problem:
        return Manifest(path, "pipfile", complete=False, invalid=(ManifestProblem.unreadable(path, document.problem),))
    requirements, complete = _requirements(document, path, _PACKAGES)
    full_version = _setting(document, path, "requires", "python_full_version")
    return Manifest(
        path,
        "pipfile",
        declares_dependencies=bool(document.get("packages")),
        requirements=requirements,
        aside=tuple(item for table in _other_tables(document) for item in _requirements(document, path, table)[0]),
        complete=complete,
        python=_setting(document, path, "requires", "python_version"),
        unread_python=(full_version,) if full_version else (),
        invalid=tuple(_invalid(document, path, is_validated=project.platform.dependencies.validates)),
    )


def _invalid(document: TomlDocument, path: str, *, is_validated: bool) -> Iterator[ManifestProblem]:
    """Values of the wrong type; a platform that validates the file wants more than pipenv does."""
    wrong = dict(mismatches(document.values, SHAPE))
    strict = dict(mismatches(document.values, _STRICT_SHAPE)) if is_validated else {}
    for keys, expected in (strict | wrong).items():
        message = f"`{'.'.join(map(str, keys))}` has to be {expected}"
        yield ManifestProblem(message, Location(path, document.value_range(*keys)), only_if_read=keys not in wrong)


def _setting(document: TomlDocument, path: str, *keys: str) -> Setting | None:
    value = document.get(*keys)
    return None if value is None else Setting(value, Location(path, document.value_range(*keys)))


def _requirements(document: TomlDocument, path: str, table: str) -> tuple[tuple[Requirement, ...], bool]:
    """The packages of a table, and whether every one is understood."""
    packages = document.get(table)
    if not isinstance(packages, dict):
        return (), packages is None
    group = "" if table == _PACKAGES else f"`[{table}]`"
    found = [
        requirement(name, value, Location(path, document.key_range(table, name)), group)
        for name, value in packages.items()
    ]
    known = tuple(item for item in found if item is not None)
    return known, len(known) == len(found)


def _other_tables(document: TomlDocument) -> Iterator[str]:
    """The development packages, and the categories that a project has of its own."""
    for name, value in document.values.items():
        if name == "dev-packages" or (name not in SHAPE and isinstance(value, dict)):
            yield name
