"""`package.json`: the Node.js version that a project wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location
from vlint.project.json_document import load_json
from vlint.project.manifests.manifest import ManifestProblem, Setting
from vlint.project.manifests.shape import mismatches
from vlint.text import FILE_START

if TYPE_CHECKING:
    from vlint.project.project import Project

_SHAPE = {"engines": {"*": str}}


def node_engine(project: Project) -> Setting | None:
    """`engines.node` at the root; None where nothing is said."""
    path = project.platform.configuration.package
    document = load_json(project, path)
    engines = document.value.get("engines") if document and isinstance(document.value, dict) else None
    value = engines.get("node") if isinstance(engines, dict) else None
    if document is None or value is None:
        return None
    return Setting(value, Location(path, document.value_range(("engines", "node")) or FILE_START))


def problems(project: Project) -> tuple[ManifestProblem, ...]:
    """What keeps the root's `package.json` from being read."""
    path = project.platform.configuration.package
    document = load_json(project, path)
    if document is None:
        return ()
    if document.problem:
        return (ManifestProblem.unreadable(path, document.problem),)
    return tuple(
        ManifestProblem(
            f"`{'.'.join(map(str, keys)) or path}` has to be {expected}",
            Location(path, document.value_range(keys) or FILE_START),
            fatal=not keys,
        )
        for keys, expected in mismatches(document.value, _SHAPE, table="object")
    )
