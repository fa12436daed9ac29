"""Adding a package to a manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vlint.finding import Applicability, Edit, Fix
from vlint.project.manifests.requirements_file import decode
from vlint.project.manifests.toml_edit import toml_edit
from vlint.project.manifests.toml_file import read_toml
from vlint.text import Range, Source

if TYPE_CHECKING:
    from vlint.project.manifests.manifest import Manifest
    from vlint.project.project import Project


def how_to_add(manifest: Manifest, package: str) -> str:
    """What to do to have `package` installed."""
    if manifest.format == "pipfile-lock":
        return f"Run `pipenv install {package}` and commit both files."
    return f"Add `{package}` to `{manifest.path}`."


def add_requirement(project: Project, manifest: Manifest, package: str) -> Fix | None:
    """The edit that adds `package`; None where a tool has to write the file, or each line needs a hash."""
    edit = None
    if manifest.format == "requirements":
        edit = _new_line(project, manifest, package)
    elif manifest.format == "pyproject":
        edit = _new_item(project, manifest, package)
    elif manifest.format == "pipfile":
        edit = _new_package(project, manifest, package)
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
    """A further item of `project.dependencies`, or that key with this item."""

    def change(values: Any) -> None:
        values["project"].setdefault("dependencies", []).append(package)

    document = read_toml(project, manifest.path)
    return toml_edit(manifest.path, document, change) if document else None


def _new_package(project: Project, manifest: Manifest, package: str) -> Edit | None:
    """A further key of `[packages]`, or that table with this key; any version will do."""

    def change(values: Any) -> None:
        values.setdefault("packages", {})[package] = "*"

    document = read_toml(project, manifest.path)
    return toml_edit(manifest.path, document, change) if document else None
