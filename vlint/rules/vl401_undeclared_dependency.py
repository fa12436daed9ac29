"""
An import of a package that no manifest of the function declares.

The platform installs what the function's manifest names and nothing else. An import of another package fails with
`ModuleNotFoundError` when the function starts. Followed are the imports that run when the function is loaded, in its
module and in the modules of the project that it imports; not those under `TYPE_CHECKING`, in a `try` whose handlers
catch an `ImportError`, or under a condition that is not decided. An import inside a function of the module is a
warning, since it may never run. A package that a declared one brings along, or may bring along, is only worth knowing.
Where the manifest cannot be read as a whole, nothing is said.

Wrong: `requests` is imported, and `requirements.txt` has only

    flask

Right:

    flask
    requests

A package counts as declared where the platform's installer really installs it: not one of a development group, of an
extra, of Poetry's own tables beside a `[project]`, nor one that `pyproject.toml` asks for and a `uv.lock`, from which
alone is installed, does not have.

The fix adds the package to the manifest that the platform reads (unsafe: it does not know which version you want). Of
a lock file, the manifest that it is made from is changed, and the finding says which command makes the lock again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.manifests.declarations import declarations
from vlint.project.manifests.environment import environment
from vlint.project.manifests.manifest_fixes import add_package, how_to_add
from vlint.rules.registry import rule
from vlint.semantics.imports.outside_imports import outside_imports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL401", "undeclared-dependency", Severity.ERROR, scope="running")
def undeclared_dependency(function: FunctionModule) -> Iterator[Problem]:
    """Check every import that the function reaches, each package once."""
    wanted = environment(function.project, function.function)
    declared = declarations(function.project, wanted)
    if wanted.installed is None or not declared.are_complete:
        return
    seen = set()
    for found in outside_imports(function.evaluator, lambda name: declared.verdict(name).origin is not None):
        verdict = declared.verdict(found.name)
        if verdict.origin is None or verdict.origin.module in seen:
            continue
        seen.add(verdict.origin.module)
        package = verdict.origin.distributions[0]
        yield Problem(
            found.location,
            verdict.explanation(wanted.installed.path),
            help=how_to_add(function.project, wanted, package),
            severity=Severity.INFO if verdict.may_be_there else None if found.at_load else Severity.WARNING,
            fix=add_package(function.project, wanted, package) if not verdict.may_be_there else None,
        )
