"""
Two sources that disagree about the Python version, or a lock file that was made from another `Pipfile`.

The platform reads one of them. A `Pipfile` that was changed after its `Pipfile.lock` was made has no effect until
it is locked again; a `requires-python` that excludes the version in use means that the project was written for another.

Wrong: `python_version = "3.12"` in a `Pipfile` whose lock has

    { "_meta": { "requires": { "python_version": "3.9" } } }

Right: lock again with `pipenv lock`, so that both say `3.12`.

There is no fix, since a lock file can only be made by the tool that resolves the packages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Related, Severity
from vlint.project.manifests.disagreements import disagreements
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL305", "python-version-mismatch", Severity.WARNING, scope="project")
def python_version_mismatch(project: Project) -> Iterator[Problem]:
    """Compare every manifest with its lock, and every bound with the version in use."""
    for found in disagreements(project):
        related = (Related(found.other.location, found.role),) if found.other else ()
        severity = Severity.ERROR if found.stops else None
        yield Problem(found.setting.location, found.message, help=found.help, severity=severity, related=related)
