"""
`builds` in `vercel.json` that leaves functions of `api/` unbuilt.

With `builds`, the platform builds what it lists and nothing else: files in `api/` do not become functions by
themselves any more, and requests to them get 404. `functions` cannot stand beside it: the build stops.

Wrong:

    { "builds": [{ "src": "api/index.py", "use": "@vercel/python" }] }

with another function in `api/user.py`. Right, to have them all:

    {}

or list each of them. There is no fix, since `builds` may be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.configuration import BUILDS, FUNCTIONS, configuration
from vlint.project.functions import unbuilt
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project

_NAMED = 3


@rule("VL504", "builds-disable-api", Severity.WARNING, scope="project")
def builds_disable_api(project: Project) -> Iterator[Problem]:
    """Check what would be a function without `builds`."""
    settings = configuration(project)
    if settings is None or not settings.builds:
        return
    if settings.members.get(FUNCTIONS):
        message = f"`{FUNCTIONS}` cannot stand beside `{BUILDS}`: the build will stop"
        hint = f"Remove `{BUILDS}`; it is not needed for files below `{project.platform.functions.directory}/`"
        yield Problem(settings.at((FUNCTIONS,)), message, hint, Severity.ERROR)
    left_out = unbuilt(project)
    if left_out:
        names = ", ".join(f"`{path}`" for path in left_out[:_NAMED])
        more = f" and {len(left_out) - _NAMED} more" if len(left_out) > _NAMED else ""
        message = f"`{BUILDS}` turns the detection of functions off, so requests to these get 404: {names}{more}"
        yield Problem(settings.at((BUILDS,)), message, f"Remove `{BUILDS}`, or list every function in it")
