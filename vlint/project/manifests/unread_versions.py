"""Python versions that are set in places which the platform does not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vlint.finding import Location
from vlint.platform.manifests import foreign_version_files, formats
from vlint.project.json_document import load_json
from vlint.project.manifests.environment import environments
from vlint.project.manifests.formats import manifest
from vlint.project.manifests.manifest import Setting
from vlint.project.manifests.places import directories, locked_manifests
from vlint.project.manifests.python_request import parse_request
from vlint.project.manifests.python_settings import is_option, where_to_set, written
from vlint.text import FILE_START, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project

_VARIABLES = ("PYTHON_VERSION", "VERCEL_PYTHON_VERSION")


@dataclass(frozen=True, slots=True)
class UnreadVersion:
    """A version without effect: why, what is used instead, and whether that is the same anyway (harmless)."""

    setting: Setting
    reason: str
    used: str
    help: str
    harmless: bool


def unread_versions(project: Project) -> Iterator[UnreadVersion]:
    """Every version that is set in a place which the platform does not read."""
    used = environments(project)[0].python.version
    yield from _unlocked(project, used)
    yield from _full_versions(project, used)
    yield from _version_files(project, used)
    yield from _configuration(project, used)


def _unlocked(project: Project, used: str) -> Iterator[UnreadVersion]:
    """A manifest's version that only its lock would carry to the platform. One that is no option has its own rule."""
    for pair in locked_manifests(project):
        setting = pair.manifest.python if pair.manifest else None
        if pair.lock is None and setting is not None and is_option(project.platform, setting.value):
            reason = f"The platform reads the version from `{pair.lock_name}`, which is not there"
            advice = f"Make `{pair.lock_name}` with `pipenv lock` and commit it."
            yield UnreadVersion(setting, reason, used, advice, setting.value == used)


def _full_versions(project: Project, used: str) -> Iterator[UnreadVersion]:
    """`python_full_version` without `python_version`, in the manifest, or in the lock where that is all there is."""
    for pair in locked_manifests(project):
        found = pair.manifest or pair.lock
        if found is None or found.python is not None:
            continue
        for setting in found.unread_python:
            reason = "`python_full_version` is not read"
            advice = f'Write `python_version = "{used}"` and lock again.'
            yield UnreadVersion(setting, reason, used, advice, harmless=False)


def _version_files(project: Project, used: str) -> Iterator[UnreadVersion]:
    """Files from which other tools read a version, where they ask for another one than is used."""
    machine = project.platform.python.machine
    unread = [name for name in formats() if formats()[name] == "python-version"]
    unread = [name for name in unread if name not in project.platform.python.sources]
    where = where_to_set(project.platform)
    for directory in directories(project):
        for name in unread:
            found = manifest(project, directory, name)
            if found and found.python:
                requests = [parse_request(text) for text in found.python.value]
                if not any(request and request.admits(used, machine) for request in requests):
                    yield UnreadVersion(found.python, f"`{name}` is not read", used, where, harmless=False)
    for name in foreign_version_files():
        content = project.tree.read(name) if project.tree.is_file(name) else None
        version = content.decode("utf-8", "replace").strip() if content else ""
        request = parse_request(version.removeprefix("python-")) if version.startswith("python-") else None
        if content and request and not request.admits(used, machine):
            source = Source(content.decode("utf-8", "replace"))
            start = source.text.index(version)
            setting = Setting(version, Location(name, source.range(start, start + len(version))))
            yield UnreadVersion(setting, f"`{name}` is not read", used, where, harmless=False)


def _configuration(project: Project, used: str) -> Iterator[UnreadVersion]:
    """Versions in the configuration file: options of a builder, and variables that no builder looks at."""
    path = project.platform.configuration.file
    document = load_json(project, path)
    root = document.value if document else None
    if document is None or not isinstance(root, dict):
        return
    where = where_to_set(project.platform)
    for keys in _configured(root):
        value: Any = root
        for key in keys:
            value = value[key]
        setting = Setting(value, Location(path, document.value_range(keys) or FILE_START))
        reason = f"`{keys[-1]}` is no setting of the Python runtime ({written(value)} is not read)"
        yield UnreadVersion(setting, reason, used, where, harmless=str(value).removeprefix("python") == used)


def _configured(root: dict[str, Any]) -> Iterator[tuple[str | int, ...]]:
    builds = root.get("builds")
    for index, build in enumerate(builds if isinstance(builds, list) else ()):
        options = build.get("config") if isinstance(build, dict) else None
        if isinstance(options, dict) and str(build.get("use", "")).startswith("@vercel/python"):
            for key in ("runtime", "pythonVersion", "python_version"):
                if isinstance(options.get(key), str):
                    yield ("builds", index, "config", key)
    for keys in (("env",), ("build", "env")):
        table: Any = root
        for key in keys:
            table = table.get(key) if isinstance(table, dict) else None
        for name in _VARIABLES:
            if isinstance(table, dict) and isinstance(table.get(name), str):
                yield (*keys, name)
