"""`pyproject.toml`: the standard's tables (PEP 621, PEP 735), and what of Poetry's and uv's says what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from vlint.finding import Location
from vlint.project.manifests import poetry, uv_configuration
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Setting
from vlint.project.manifests.pyproject_dependencies import PyprojectDependencies
from vlint.project.manifests.shape import mismatches
from vlint.project.manifests.toml_file import read_toml
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.platform import DependencyFacts
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
    "tool": {"uv": uv_configuration.SHAPE},
}
"""The types of the keys that the standards and uv define; of the rest nothing is said."""
_SCRIPTS = ("tool", "vercel", "scripts")


def read(project: Project, path: str) -> Manifest | None:
    """The `pyproject.toml` at `path`; None where there is none."""
    document = read_toml(project, path)
    if document is None:
        return None
    if document.problem:
        return Manifest(
            path, "pyproject", complete=False, invalid=(ManifestProblem.unreadable(path, document.problem),)
        )
    facts = project.platform.dependencies
    found = PyprojectDependencies(document, path, facts)
    settings = uv_configuration.uv_settings(project, document, path)
    workspace = settings.get("workspace") if isinstance(settings, dict) else None
    runs_script = _runs_script(document, facts)
    wrong = mismatches(document.values, SHAPE)
    return Manifest(
        path,
        "pyproject",
        declares_dependencies=bool(document.get("project", "dependencies") or list(_of_poetry(found))),
        requirements=tuple(found.installed),
        aside=tuple(found.aside),
        foreign=tuple(found.foreign),
        groups=tuple(sorted(found.groups)),
        complete=found.complete and not runs_script,
        python=_requires_python(document, path),
        provides=canonicalize_name(name) if isinstance(name := document.get("project", "name"), str) else None,
        invalid=(
            *(
                ManifestProblem(f"`{_key(keys)}` has to be {expected}", Location(path, document.value_range(*keys)))
                for keys, expected in wrong
            ),
            *uv_configuration.problems(project, path),
        ),
        rejected=tuple(found.rejected),
        refused=() if runs_script else tuple(_refused(project, document, path)),
        resolves_once=not isinstance(document.get("tool", "uv", "conflicts"), list),
        workspace=workspace is not None,
        members=(_globs(workspace, "members"), _globs(workspace, "exclude")),
    )


def _of_poetry(found: PyprojectDependencies) -> Iterator[object]:
    return poetry.main_requirements(found.document, found.path)


def _runs_script(document: TomlDocument, facts: DependencyFacts) -> bool:
    """Whether the project has a script that the platform runs in place of its installer."""
    scripts = document.get(*_SCRIPTS)
    return isinstance(scripts, dict) and any(
        isinstance(text := scripts.get(name), str) and text.strip() for name in facts.install_scripts
    )


def _refused(project: Project, document: TomlDocument, path: str) -> Iterator[ManifestProblem]:
    """Why uv, where the platform installs with it, stops at a file that is right as TOML."""
    if project.platform.dependencies.installer != "uv":
        return
    yield from uv_configuration.refused_keys(project, path)
    name = "`[project]`"
    if "project" not in document.values:
        if document.get("tool", "uv", "workspace") is None:
            keys = next((keys for keys in document.paths if keys == poetry.MAIN), None)
            where = Location(path, document.value_range(*keys) if keys else FILE_START)
            message = f"it has no table {name}, without which uv installs nothing and stops"
            advice = "Declare name, version and dependencies there"
            hint = f"{advice} (Poetry reads it, too)." if keys else f"{advice}."
            yield ManifestProblem(message, where, help=hint, resolving_only=True)
        return
    if any(keys[0] == "project" for keys, _ in mismatches(document.values, SHAPE)):
        return  # which is told already
    where = Location(path, document.value_range("project"))
    dynamic = document.get("project", "dynamic")
    if document.get("project", "name") is None:
        yield ManifestProblem(f"{name} has no `name`, without which uv stops", where)
    elif document.get("project", "version") is None and not (isinstance(dynamic, list) and "version" in dynamic):
        yield ManifestProblem(f"{name} has no `version`, and does not call it dynamic, so uv stops", where)


def _requires_python(document: TomlDocument, path: str) -> Setting | None:
    keys = ("project", "requires-python")
    value = document.get(*keys)
    return None if value is None else Setting(value, Location(path, document.value_range(*keys)))


def _globs(workspace: Any, key: str) -> tuple[str, ...]:
    value = workspace.get(key) if isinstance(workspace, dict) else None
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _key(keys: tuple[str | int, ...]) -> str:
    """A path as one writes it: `project.dependencies[2]`."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text
