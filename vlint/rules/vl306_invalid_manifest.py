"""
A manifest that cannot be read.

`Pipfile.lock`, `pyproject.toml`, `package.json` and `.python-version` stop the build if they do not parse or if a key
has a value of the wrong type. A file that the platform does not read itself, such as the `Pipfile`, stops the tools
that make the lock file from it. Where the platform installs with uv, the build also stops at a `pyproject.toml` without
a `[project]` table with name and version (one for other tools alone, or for Poetry), and at a lock file that uv cannot
read or that was not made from the `pyproject.toml` beside it.

Wrong:

    [requires
    python_version = "3.12"

Right:

    [requires]
    python_version = "3.12"

There is no fix, since what was meant is not certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.manifests.environment import environments, installation_problems
from vlint.project.manifests.package_json import problems
from vlint.project.manifests.places import manifests
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL306", "invalid-manifest", Severity.ERROR, scope="project")
def invalid_manifest(project: Project) -> Iterator[Problem]:
    """Check every manifest; one that the platform does not open is a warning."""
    read = {manifest.path for environment in environments(project) for manifest in environment.read}
    found = [
        (problem, manifest.path in read)
        for manifest in manifests(project)
        for problem in manifest.invalid
        if manifest.path in read or not problem.only_if_read
    ]
    found += [(problem, True) for problem in problems(project)]
    for problem, is_read in found:
        path = problem.location.path
        message = f"`{path}` cannot be read: {problem.message}" if problem.fatal else f"In `{path}`, {problem.message}"
        severity = None if problem.fatal and is_read else Severity.WARNING
        yield Problem(problem.location, message, problem.help, severity)
    for problem in installation_problems(project):
        message = f"`{problem.location.path}` cannot be installed from: {problem.message}"
        yield Problem(problem.location, message, problem.help)
