"""Sources of the Python version that disagree, and lock files that are out of date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.project.manifests.environment import environments
from vlint.project.manifests.pipfile_hash import possible_hashes
from vlint.project.manifests.pipfile_lock import pipfile_hash
from vlint.project.manifests.places import locked_manifests, manifests
from vlint.project.manifests.python_request import excludes
from vlint.project.manifests.python_settings import is_option, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.manifest import Setting
    from vlint.project.manifests.places import Locked
    from vlint.project.project import Project

_LOCK_AGAIN = "Lock again with `pipenv lock` and commit the result."
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A setting that another one contradicts; `role` says what the other is, `stops` whether the build does."""

    setting: Setting
    message: str
    help: str
    other: Setting | None = None
    role: str = ""
    stops: bool = False


def disagreements(project: Project) -> Iterator[Disagreement]:
    """Each disagreement once: a lock of another version is not also reported as out of date."""
    for pair in locked_manifests(project):
        yield from _versions(project, pair) or _stale(project, pair)
    yield from _excluded(project)
    yield from _locked_for_others(project)


def _versions(project: Project, pair: Locked) -> list[Disagreement]:
    if pair.manifest is None or pair.lock is None or pair.manifest.invalid or pair.lock.invalid:
        return []
    setting, locked = pair.manifest.python, pair.lock.python
    if setting is None:
        if locked is None:
            return []
        message = f"`{pair.lock_name}` asks for Python {written(locked.value)}, and its manifest asks for none"
        return [Disagreement(locked, message, _LOCK_AGAIN)]
    if (locked and setting.value == locked.value) or not is_option(project.platform, setting.value):
        return []
    has = f"has {written(locked.value)}" if locked else "has none"
    asks = f"`{pair.manifest.path}` asks for Python {written(setting.value)}"
    message = f"{asks}, but `{pair.lock_name}`, which the platform reads, {has}"
    return [Disagreement(setting, message, _LOCK_AGAIN, locked, "the version that is read")]


def _stale(project: Project, pair: Locked) -> list[Disagreement]:
    """The lock's hash of the manifest, where it is no hash of what the manifest says now."""
    if pair.manifest is None or pair.lock is None or pair.manifest.invalid or pair.lock.invalid:
        return []
    locked = pipfile_hash(project, pair.lock.path)
    if locked is None or not isinstance(locked.value, str) or not _SHA256.fullmatch(locked.value):
        return []
    if locked.value in possible_hashes(project, pair.manifest.path):
        return []
    message = f"`{pair.lock.path}` is out of date: `{pair.manifest.path}` has changed since it was made"
    return [Disagreement(locked, message, _LOCK_AGAIN)]


def _excluded(project: Project) -> Iterator[Disagreement]:
    """Bounds in `pyproject.toml` that exclude the version in use.

    uv stops at them, where it installs that project; elsewhere they say something new only where the version came from
    another place.
    """
    for found in manifests(project):
        if found.format != "pyproject" or found.python is None or not isinstance(found.python.value, str):
            continue
        for environment in environments(project):
            choice = environment.python
            below = not found.directory or f"{environment.directory}/".startswith(f"{found.directory}/")
            is_resolved = environment.manifest == found and environment.lock is None and not found.refused
            stops = is_resolved and project.platform.dependencies.installer == "uv"
            if below and (stops or choice.source != found.python) and excludes(found.python.value, choice.version):
                message = f"`requires-python` excludes Python {choice.version}, which will be used"
                advice = f"Make the project run on Python {choice.version}, or choose a version that it admits."
                other = choice.source if choice.source != found.python else None
                yield Disagreement(
                    found.python,
                    message + ": the build stops" * stops,
                    advice,
                    other,
                    "where the version is set",
                    stops,
                )
                break


def _locked_for_others(project: Project) -> Iterator[Disagreement]:
    """Lock files that were made for other Python versions than the one in use: their tool stops there."""
    seen = set()
    for environment in environments(project):
        lock, version = environment.lock, environment.python.version
        setting = lock.content.requires_python if lock and lock.content else None
        if setting is None or setting.location in seen or not isinstance(setting.value, str):
            continue
        if excludes(setting.value, version):
            seen.add(setting.location)
            message = f"`{setting.location.path}` was made for Python {setting.value}, and {version} will be used"
            advice = "Change `requires-python` in `pyproject.toml`, run `uv lock`, and commit both files."
            source = environment.python.source
            yield Disagreement(setting, f"{message}: the build stops", advice, source, "where it is set", stops=True)
