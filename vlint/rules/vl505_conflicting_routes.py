"""
Files whose routes collide.

The platform compares the paths of all files it deploys, without their extensions: `api/user.py` collides with
`api/user.js`, and with `api/user.json` too. Names in brackets are compared by position: `api/[id].py` collides with
`api/[slug].py`, and with everything below `api/[slug]/`. One name cannot stand twice in a path. The build stops at the
first conflict.

Wrong:

    api/[id].py
    api/[slug]/posts.py

Right:

    api/[id]/index.py
    api/[id]/posts.py

There is no fix: a file has to be renamed, or made a helper with a leading `_`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vlint.finding import Location, Problem, Related, Severity
from vlint.project.functions import conflicts
from vlint.rules.registry import rule
from vlint.semantics.entry_points.deployed import is_built
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project

_NAMED = 3


@rule("VL505", "conflicting-routes", Severity.ERROR, scope="project")
def conflicting_routes(project: Project) -> Iterator[Problem]:
    """Check every function's route."""
    for conflict in conflicts(project, partial(is_built, project)):
        location = Location(conflict.path, FILE_START)
        if conflict.segment is not None:
            message = f"`[{conflict.segment}]` stands twice in the path: the build will stop"
            yield Problem(location, message, "Give each segment in brackets a name of its own")
            continue
        names = ", ".join(f"`{path}`" for path in conflict.others[:_NAMED])
        more = f" and {len(conflict.others) - _NAMED} more" if len(conflict.others) > _NAMED else ""
        yield Problem(
            location,
            f"The route of this file collides with that of {names}{more}: the build will stop",
            "Rename one of them, or make it a helper with a leading `_`",
            related=tuple(Related(Location(path, FILE_START), "collides with it") for path in conflict.others[:_NAMED]),
        )
