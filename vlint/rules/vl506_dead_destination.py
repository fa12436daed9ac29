"""
A destination below `api/` that no function answers.

A route, rewrite or redirect in `vercel.json` sends requests to a path below `api/` on which there is no function: they
get 404. The route of a function is its path without the extension; `index` answers for its directory.

Wrong, with `api/user.py` in the project:

    { "rewrites": [{ "source": "/user", "destination": "/api/users" }] }

Right:

    { "rewrites": [{ "source": "/user", "destination": "/api/user" }] }

Only worth knowing, since another deployment may answer there. There is no fix.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.configuration import configuration
from vlint.project.configuration_shape import MOST
from vlint.project.destinations import dead_destinations
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL506", "dead-destination", Severity.INFO, scope="project")
def dead_destination(project: Project) -> Iterator[Problem]:
    """Check every route, rewrite and redirect."""
    settings = configuration(project)
    if settings is None:
        return
    for dead in islice(dead_destinations(project), MOST):
        yield Problem(
            settings.value_at(dead.place),
            f"No function answers `{dead.text}`: requests that are sent there get 404",
            f"Did you mean `{dead.nearest}`?" if dead.nearest else None,
        )
