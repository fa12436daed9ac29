"""
An entry point that the loaded module has, but the platform's look at its syntax does not see.

On 2026-08 the platform decides before anything runs, from the top-level statements alone: a plain assignment to `app`
or `application`, a function or import of that name, or a class named `handler`. What is bound in another way (inside
`if`, `try`, `with` or `for`, by a tuple target, a walrus, `import app`, `from m import *`, or `handler = …`) is not
seen, and the file is not deployed: requests get 404.

Wrong:

    try:
        from service import app
    except ImportError:
        from fallback import app

Right:

    try:
        from service import app as found
    except ImportError:
        from fallback import app as found

    app = found

There is no fix: the line to add depends on what is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.registry import rule
from vlint.semantics.entry_points.judgements import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL107", "entrypoint-not-detected", Severity.ERROR)
def entrypoint_not_detected(function: FunctionModule) -> Iterator[Problem]:
    """Report a name that the loaded module has, where the platform sees none in the syntax."""
    found = function.entry_point
    if not found.syntactic or found.detected is not None or function.module.problem is not None:
        return
    for candidate in found.candidates:
        if isinstance(candidate.judgement, Wrong) and candidate.judgement.fault == "not-a-handler":
            continue  # to be seen would not help it; VL102 tells
        if candidate.location is not None and candidate.is_certain:
            base = function.platform.entry_point.handler_base.rpartition(".")[2]
            wanted = f"class handler({base})" if candidate.is_handler else f"{candidate.variable} = …"
            yield Problem(
                candidate.location,
                f"the platform does not see this `{candidate.variable}`, since it looks at the syntax of top-level "
                f"statements alone: {function.consequence_of_nothing}",
                help=f"write `{wanted}` as a statement of its own at the top level",
            )
            return
