"""
A module under `api/` that defines no entry point.

Every Python file under `api/` is taken for a function, except those with a leading `_` or `.` in their path. The
runtime looks for a class `handler` or an application `app`, by these names alone. On 2025-03 a module without them is
deployed and exits at start, so that every request gets 500; on 2026-08 it is left out, and requests get 404.

Wrong:

    from flask import Flask

    server = Flask(__name__)

Right:

    from flask import Flask

    app = Flask(__name__)

The fix renames a variable that would work under the right name. A module that others import is a helper: a leading
`_` in its name keeps it from being a function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.registry import rule
from vlint.semantics.entry_points.hidden import hidden_entry_point
from vlint.semantics.entry_points.missing import missing_entry_point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL101", "missing-entrypoint", Severity.ERROR)
def missing_entrypoint(function: FunctionModule) -> Iterator[Problem]:
    """Report a module that certainly has no entry point, with the name that comes near."""
    if hidden_entry_point(function.entry_point, function.evaluator) is not None:
        return
    missing = missing_entry_point(function.entry_point, function.evaluator)
    if missing is not None:
        yield Problem(
            missing.location,
            f"{missing.reason}: {function.consequence_of_nothing}",
            help=missing.help,
            severity=missing.severity,
            fix=missing.fix,
            related=missing.related,
        )
