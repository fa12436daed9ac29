"""
A Node.js version with which the platform does not have the chosen Python.

Each build image has its own Python and Node.js versions: Python 3.12 is where Node.js 20.x and 22.x are. A range in
`engines.node` of `package.json` that admits neither selects an image (or stops the build) that lacks the Python.

Wrong, with Python 3.12:

    { "engines": { "node": "18.x" } }

Right:

    { "engines": { "node": "22.x" } }

The fix writes the newest Node.js version that goes with the Python (unsafe: it changes the version for all of the
project's JavaScript).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vlint.finding import Applicability, Edit, Fix, Problem, Severity
from vlint.project.manifests.environment import environments
from vlint.project.manifests.node_range import admits_any
from vlint.project.manifests.package_json import node_engine
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL303", "node-version", Severity.ERROR, scope="project")
def node_version(project: Project) -> Iterator[Problem]:
    """Check `engines.node` against the Python version of every function."""
    engine = node_engine(project)
    if engine is None or not isinstance(engine.value, str):
        return
    for version in sorted({environment.python.version for environment in environments(project) if environment.is_used}):
        allowed = project.platform.python.node.get(version, ())
        if not allowed or any(admits_any(engine.value, option) is not False for option in allowed):
            continue
        admits = f"admits neither {' nor '.join(allowed)}" if len(allowed) > 1 else f"does not admit {allowed[0]}"
        newest = json.dumps(allowed[-1])
        edit = Edit(engine.location.path, engine.location.range, newest)
        yield Problem(
            engine.location,
            f"Python {version} needs Node.js {' or '.join(allowed)}, and {json.dumps(engine.value)} {admits}",
            help=f"Write {newest}, and set the same in the project's settings.",
            fix=Fix(f"Write {newest}", Applicability.UNSAFE, (edit,)),
        )
