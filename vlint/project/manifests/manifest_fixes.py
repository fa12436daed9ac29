"""Adding a package to what a function is installed from: by an edit, or by the command that writes the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from vlint.finding import Applicability, Edit, Fix
from vlint.platform.manifests import formats, locks
from vlint.project.manifests.formats import manifest
from vlint.project.manifests.requirements_file import decode
from vlint.project.manifests.toml_edit import toml_edit
from vlint.project.manifests.toml_file import read_toml
from vlint.text import Range, Source

if TYPE_CHECKING:
    from vlint.project.manifests.environment import Environment
    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project

_COMMAND = re.compile(r"^#\s+((?:uv pip compile|pip-compile|pip freeze|poetry export|uv export)\b.*)$", re.MULTILINE)
"""The command that made a requirements file, as the tools write it on top."""
_COMPILED_FROM = re.compile(r"\s(\S+\.in)(?:\s|$)")


def how_to_add(project: Project, environment: Environment, package: str) -> str:
    """What to do to have `package` installed in an environment that has a manifest."""
    found = environment.installed
    assert found is not None
    conditions = [requirement.marker for requirement in environment.requirements if requirement.name == package]
    if any(conditions):
        then = ", and run `uv lock`" if environment.lock else ""
        return f"Ask for `{package}` in `{found.path}` without that condition{then}."
    if environment.lock and conditions:
        return "Run `uv lock` and commit the result."
    if environment.lock:
        return f"Run `uv add {package}` and commit both files."
    if found.format == "pipfile-lock":
        return f"Run `pipenv install {package}` and commit both files."
    command = _command(project, found)
    if command is not None:
        source = _COMPILED_FROM.search(command)
        where = f"`{source[1]}`" if source else "what it is made from"
        return f"Add `{package}` to {where}, and run `{command}` again."
    if found.format == "requirements" and _has_hashes(_text(project, found)):
        return f"Add `{package}` with its version and its hashes to `{found.path}`, as `pip-compile` or `uv` does."
    return f"Add `{package}` to `{found.path}`."


def add_package(project: Project, environment: Environment, package: str) -> Fix | None:
    """The edit that adds `package`; of a file that a tool writes, to the manifest that this is made from.

    None where that is not there, has the package already, or cannot be edited for certain.
    """
    found = environment.installed
    if found is None:
        return None
    if environment.lock:
        return _addition(project, found, package, then="`uv lock`")
    command = _command(project, found)
    if found.format == "pipfile-lock":
        source = next((name for name, lock in locks().items() if lock == found.name), "")
        then = "`pipenv lock`"
    elif command is not None:
        match = _COMPILED_FROM.search(command)
        source = match[1].rpartition("/")[2] if match else ""
        then = f"`{command}`"
    else:
        return _addition(project, found, package)
    of = manifest(project, found.directory, source) if source in formats() else None
    return _addition(project, of, package, then=then) if of else None


def _addition(project: Project, found: Manifest, package: str, then: str = "") -> Fix | None:
    if any(requirement.name == canonicalize_name(package) for requirement in found.requirements):
        return None
    edit = None
    if found.format == "requirements":
        edit = _new_line(project, found, package)
    elif found.format == "pyproject":
        edit = _new_item(project, found, package)
    elif found.format == "pipfile":
        edit = _new_package(project, found, package)
    title = f"Add `{package}` to `{found.path}`" + (f" (then run {then})" if then else "")
    return Fix(title, Applicability.UNSAFE, (edit,)) if edit else None


def _text(project: Project, found: Manifest) -> str:
    return decode(project.tree.read(found.path) or b"") or ""


def _command(project: Project, found: Manifest) -> str | None:
    """The command that made a requirements file; None of one that is written by hand."""
    match = _COMMAND.search(_text(project, found)[:2000]) if found.format == "requirements" else None
    return match[1].strip() if match else None


def _has_hashes(text: str) -> bool:
    return "--hash" in text or "--require-hashes" in text


def _new_line(project: Project, found: Manifest, package: str) -> Edit | None:
    text = decode(project.tree.read(found.path) or b"")
    if text is None or _has_hashes(text) or text.rstrip().endswith("\\"):
        return None
    source = Source(text)
    end = source.position(len(text))
    line_end = "\r\n" if "\r\n" in text else "\n"
    before = "" if not text or text.endswith(("\n", "\r")) else line_end
    return Edit(found.path, Range(end, end), f"{before}{package}{line_end}")


def _new_item(project: Project, found: Manifest, package: str) -> Edit | None:
    """A further item of `project.dependencies`, or that key with this item; or of Poetry's table that stands for it."""

    def change(values: Any) -> None:
        if "dependencies" in values["project"].get("dynamic", ()):
            values["tool"]["poetry"]["dependencies"][package] = "*"
        else:
            values["project"].setdefault("dependencies", []).append(package)

    document = read_toml(project, found.path)
    return toml_edit(found.path, document, change) if document else None


def _new_package(project: Project, found: Manifest, package: str) -> Edit | None:
    """A further key of `[packages]`, or that table with this key; any version will do."""

    def change(values: Any) -> None:
        values.setdefault("packages", {})[package] = "*"

    document = read_toml(project, found.path)
    return toml_edit(found.path, document, change) if document else None
