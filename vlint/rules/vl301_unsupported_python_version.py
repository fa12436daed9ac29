"""
A Python version that is none of the platform's options.

The platform takes the version only if it is one of its options, to the letter where it reads it from a `Pipfile.lock`:
`3.11`, `3.12.1`, `>=3.12` or a number without quotes are ignored with a warning in the build's log, and the default is
used. The program then runs on another Python than the one it was written for.

Wrong, in a `Pipfile`:

    [requires]
    python_version = "3.11"

Right:

    [requires]
    python_version = "3.12"

The fix writes the platform's default (unsafe: the program has to run on it). A lock file is made again with
`pipenv lock`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Applicability, Edit, Fix, Problem, Related, Severity
from vlint.project.manifests.python_choice import Outcome
from vlint.project.manifests.python_settings import options, replacement, unsupported_versions, written
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL301", "unsupported-python-version", Severity.WARNING, scope="project")
def unsupported_python_version(project: Project) -> Iterator[Problem]:
    """Check every place that sets a version which the platform reads, or would with its lock."""
    for found in unsupported_versions(project):
        location = found.setting.location
        value = written(found.setting.value)
        if found.outcome is Outcome.RAISED:
            message = f"Python {value} is below what the platform takes from a lock file: {found.used} will be used"
        elif found.outcome is Outcome.STOPS:
            message = f"Python version {value} is discontinued: the build will stop"
        else:
            number = ", a number and no string," if isinstance(found.setting.value, (int, float)) else ""
            message = f"Python version {value}{number} matches no option, so it will be ignored and {found.used} used"
        text = replacement(project.platform, found.setting)
        edit = Edit(location.path, location.range, text)
        yield Problem(
            location,
            message,
            help=options(project.platform),
            severity=Severity.ERROR if found.outcome is Outcome.STOPS else None,
            fix=Fix(f"Write {text}", Applicability.UNSAFE, (edit,)),
            related=(Related(found.copy.location, "the lock file's copy"),) if found.copy else (),
        )
