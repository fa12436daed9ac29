"""
Two entry points in one module, of which the platform takes one.

On 2025-03 `handler` is looked for before `app`; on 2026-08 the first one in the file counts. If the one that is taken
does not work, the other does not help: the function exits at start (error). If both work, one of them never gets a
request (info).

Wrong: the handler is what AWS Lambda would need, and hides the application

    app = FastAPI()
    handler = Mangum(app)

Right:

    app = FastAPI()

Fix: take away the one that is not meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Related, Severity
from vlint.rules.registry import rule
from vlint.semantics.entry_points.fault_fixes import fix_of
from vlint.semantics.entry_points.judgements import Right, Wrong
from vlint.semantics.entry_points.shadowing import shadowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL106", "shadowed-entrypoint", Severity.ERROR)
def shadowed_entrypoint(function: FunctionModule) -> Iterator[Problem]:
    """Report each working entry point that the platform passes over for another."""
    found = function.entry_point
    for loser, location in shadowed(found):
        winner = found.chosen
        if winner is None or winner.location is None:
            continue
        related = (Related(winner.location, "this one is taken"),)
        if isinstance(found.judgement, Wrong):
            yield Problem(
                location,
                f"`{loser.variable}` would work, but `{winner.variable}` is taken and does not: "
                f"{function.consequence_at_start}",
                help=f"take `{winner.variable}` away, or give it another name",
                fix=fix_of(found, winner, found.judgement, function.evaluator),
                related=related,
            )
        elif isinstance(found.judgement, Right):
            yield Problem(
                location,
                f"`{loser.variable}` never gets a request, since `{winner.variable}` is taken",
                severity=Severity.INFO,
                related=related,
            )
