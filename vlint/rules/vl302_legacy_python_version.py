"""
A Python version that only a legacy build image has.

Such a version is an option, but not on the build image that new projects get: without the legacy image in the
project's settings it is not installed, the value is ignored and the default version is used.

Needs a look:

    [requires]
    python_version = "3.9"

Right, unless the project is set to the legacy build image:

    [requires]
    python_version = "3.12"

There is no fix: whether the project uses the legacy image is a setting outside of its files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.manifests.python_settings import versions_to_lock, written
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL302", "legacy-python-version", Severity.WARNING, scope="project")
def legacy_python_version(project: Project) -> Iterator[Problem]:
    """Check the versions of manifests and lock files."""
    facts = project.platform.python
    for setting in versions_to_lock(project):
        if isinstance(setting.value, str) and setting.value in facts.legacy:
            image = facts.legacy[setting.value]
            yield Problem(
                setting.location,
                f"Python {written(setting.value)} requires {image}; elsewhere it is ignored and {facts.default} used",
                help=f"Choose {image} in the project's settings, or write {written(facts.default)}.",
            )
