"""`pyproject.toml`: the standard's tables (PEP 621, PEP 735), and what of Poetry's and uv's says what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from vlint.finding import Location
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Requirement, Setting
from vlint.project.manifests.requirement_text import Refusal, parse_requirement
from vlint.project.manifests.requirements_file import write_two_equals_signs
from vlint.project.manifests.shape import mismatches
from vlint.project.manifests.toml_file import read_toml

if TYPE_CHECKING:
    from vlint.project.manifests.toml_document import TomlDocument
    from vlint.project.project import Project

_STRINGS = {"*": str}
SHAPE = {
    "project": {
        "name": str,
        "version": str,
        "description": str,
        "readme": (str, {"file": (str, [str]), "content-type": str}),
        "keywords": [str],
        "authors": [{"name": str, "email": str}],
        "maintainers": [{"name": str, "email": str}],
        "license": (str, {"text": str, "file": str}),
        "classifiers": [str],
        "urls": _STRINGS,
        "dependencies": [str],
        "optional-dependencies": {"*": [str]},
        "dynamic": [str],
        "requires-python": str,
        "scripts": _STRINGS,
    },
    "build-system": {"requires": [str], "build-backend": str, "backend-path": [str]},
    "dependency-groups": {"*": [(str, {"include-group": str})]},
    "tool": {
        "uv": {
            "workspace": {"members": [str], "exclude": [str]},
            "dev-dependencies": [str],
            "index": [{"name": str, "url": str, "default": bool, "explicit": bool, "format": str}],
        }
    },
}
"""The types of the keys that the standards and uv define; of the rest nothing is said."""


def read(project: Project, path: str) -> Manifest | None:
    """The `pyproject.toml` at `path`; None where there is none."""
    document = read_toml(project, path)
    if document is None:
        return None
    if document.problem:
        problem = ManifestProblem(document.problem.message, Location(path, document.problem.range))
        return Manifest(path, "pyproject", complete=False, invalid=(problem,))
    requirements, rejected, complete = _dependencies(document, path)
    workspace = document.get("tool", "uv", "workspace")
    return Manifest(
        path,
        "pyproject",
        declares_dependencies=_declares_dependencies(document),
        requirements=tuple(requirements),
        complete=complete,
        python=_requires_python(document, path),
        provides=canonicalize_name(name) if isinstance(name := document.get("project", "name"), str) else None,
        invalid=tuple(
            ManifestProblem(f"`{_key(keys)}` has to be {expected}", Location(path, document.value_range(*keys)))
            for keys, expected in mismatches(document.values, SHAPE)
        ),
        rejected=tuple(rejected),
        workspace=workspace is not None,
        members=(_globs(workspace, "members"), _globs(workspace, "exclude")),
    )


def _declares_dependencies(document: TomlDocument) -> bool:
    poetry = document.get("tool", "poetry", "dependencies")
    has_poetry = isinstance(poetry, dict) and bool(poetry.keys() - {"python"})
    return has_poetry or bool(document.get("project", "dependencies"))


def _requires_python(document: TomlDocument, path: str) -> Setting | None:
    keys = ("project", "requires-python")
    value = document.get(*keys)
    return None if value is None else Setting(value, Location(path, document.value_range(*keys)))


def _dependencies(document: TomlDocument, path: str) -> tuple[list[Requirement], list[ManifestProblem], bool]:
    """The project's dependencies, those that are no requirement, and whether that is all there is."""
    dynamic = document.get("project", "dynamic")
    is_dynamic = isinstance(dynamic, list) and "dependencies" in dynamic
    groups = document.get("tool", "uv", "default-groups")  # the development group apart, they are installed, too
    complete = isinstance(document.get("project"), dict) and not is_dynamic and not groups
    found: list[Requirement] = []
    rejected: list[ManifestProblem] = []
    written = document.get("project", "dependencies")
    for index, text in enumerate(written if isinstance(written, list) else ()):
        if not isinstance(text, str):
            complete = False
            continue
        place = Location(path, document.value_range("project", "dependencies", index))
        parsed = parse_requirement(text)
        if isinstance(parsed, Refusal):
            span = document.character_range(parsed.start, parsed.end, "project", "dependencies", index)
            where = Location(path, span)
            fix = write_two_equals_signs(where) if parsed.is_single_equals else None
            rejected.append(ManifestProblem(f"`{text}` is no requirement: {parsed.reason}", where, fix=fix))
            complete = False
            continue
        found.append(
            Requirement(
                name=canonicalize_name(parsed.name),
                specifier=parsed.specifier,
                location=place,
                extras=frozenset(canonicalize_name(extra) for extra in parsed.extras),
                marker=parsed.marker,
                url=parsed.url,
            )
        )
    return found, rejected, complete


def _globs(workspace: Any, key: str) -> tuple[str, ...]:
    value = workspace.get(key) if isinstance(workspace, dict) else None
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _key(keys: tuple[str | int, ...]) -> str:
    """A path as one writes it: `project.dependencies[2]`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text
