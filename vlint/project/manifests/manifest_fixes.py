"""Adding a package to a manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Applicability, Edit, Fix
from vlint.project.manifests.requirements_file import decode
from vlint.project.manifests.toml_file import read_toml
from vlint.text import Range, Source

if TYPE_CHECKING:
    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project


def how_to_add(manifest: Manifest, package: str) -> str:
    """What to do to have `package` installed."""
    if manifest.format in ("pipfile", "pipfile-lock"):
        return f"Run `pipenv install {package}` and commit both files."
    return f"Add `{package}` to `{manifest.path}`."


def add_requirement(project: Project, manifest: Manifest, package: str) -> Fix | None:
    """The edit that adds `package`; None where a tool has to write the file, or each line needs a hash."""
    edit = None
    if manifest.format == "requirements":
        edit = _new_line(project, manifest, package)
    elif manifest.format == "pyproject":
        edit = _new_item(project, manifest, package)
    return Fix(f"Add `{package}` to `{manifest.path}`", Applicability.UNSAFE, (edit,)) if edit else None


def _new_line(project: Project, manifest: Manifest, package: str) -> Edit | None:
    text = decode(project.tree.read(manifest.path) or b"")
    if text is None or "--hash" in text or "--require-hashes" in text or text.rstrip().endswith("\\"):
        return None
    source = Source(text)
    end = source.position(len(text))
    line_end = "\r\n" if "\r\n" in text else "\n"
    before = "" if not text or text.endswith(("\n", "\r")) else line_end
    return Edit(manifest.path, Range(end, end), f"{before}{package}{line_end}")


def _new_item(project: Project, manifest: Manifest, package: str) -> Edit | None:
    """A further item behind the last of `project.dependencies`, written as that one is."""
    document = read_toml(project, manifest.path)
    items = document.get("project", "dependencies") if document else None
    if document is None or not isinstance(items, list) or not items:
        return None
    last = document.value_range("project", "dependencies", len(items) - 1)
    array = document.value_range("project", "dependencies")
    has_own_line = last.start.line > array.start.line
    indent = " " * (last.start.column - 1) if has_own_line else " "
    separator = f",\n{indent}" if has_own_line else f",{indent}"
    return Edit(manifest.path, Range(last.end, last.end), f'{separator}"{package}"')
