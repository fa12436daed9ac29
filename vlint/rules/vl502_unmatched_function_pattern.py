"""
A key of `functions` in `vercel.json` that is for no function.

Each function uses the first key that is its path or a glob that matches it. The platform stops the build where a key
is left that no function uses: the file was renamed or is a helper, the path has no `api/` before it, or an earlier key
takes everything. In a glob, `[id]` is one of the letters `i` and `d`; the file `api/[id].py` is also found by its
plain path.

Wrong:

    { "functions": { "api/*.py": { "memory": 512 }, "api/big.py": { "memory": 1024 } } }

Right:

    { "functions": { "api/big.py": { "memory": 1024 }, "api/*.py": { "memory": 512 } } }

There is no fix, since what was meant is not certain.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.project.configuration import configuration
from vlint.project.unused_keys import unused_keys
from vlint.rules.registry import rule
from vlint.semantics.entry_points.deployed import is_built

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project


@rule("VL502", "unmatched-function-pattern", Severity.ERROR, scope="project")
def unmatched_function_pattern(project: Project) -> Iterator[Problem]:
    """Check every key that no function uses."""
    settings = configuration(project)
    if settings is None:
        return
    for unused in unused_keys(project, partial(is_built, project)):
        why = f" ({unused.reason})" if unused.reason else ""
        yield Problem(
            settings.at(unused.setting.place),
            f"No function uses `{unused.setting.pattern}`{why}: the build will stop",
            help=f"Did you mean `{unused.nearest}`?" if unused.nearest and not unused.reason else None,
        )
