"""
An entry point that the loaded module does not have, or a module that raises while it is loaded.

The platform imports the module and looks at its names. A `handler` or `app` that is made only inside a function, under
`if __name__ == "__main__":` (which is never true there), under `if TYPE_CHECKING:`, or that is deleted again, is not
among them.

Wrong:

    if __name__ == "__main__":
        app = create_app()

Right:

    app = create_app()

The module has none either when something raises while it is loaded: a name that nothing binds (in a decorator, a
default value, an annotation that is evaluated), a call with the wrong arguments, an operator, key or attribute that
does not fit the value, a function that always raises or leaves the process, a name that the standard library lacks.
The function exits at start. Only what is certain is told of: not what a `try` guards, nor what may have changed since.

Wrong:

    SETTINGS = {"debug": True}
    SECRET = SETTINGS["secret"]

Right:

    SETTINGS = {"debug": True}
    SECRET = SETTINGS.get("secret", "")

There is no fix: how the code is to be moved, or what is meant, needs a look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Related, Severity
from vlint.rules.registry import rule
from vlint.semantics.entry_points.hidden import hidden_entry_point
from vlint.semantics.loading.failing import load_failure
from vlint.semantics.loading.loading import abrupt_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL105", "entrypoint-not-at-import", Severity.ERROR)
def entrypoint_not_at_import(function: FunctionModule) -> Iterator[Problem]:
    """Report where the name of an entry point is bound, if that never happens when the module is loaded."""
    hidden = hidden_entry_point(function.entry_point, function.evaluator)
    if hidden is not None:
        yield Problem(
            hidden.location,
            f"`{hidden.variable}` {hidden.reason}: {function.consequence_of_nothing}",
            help=hidden.help,
        )
    ended = abrupt_end(function.evaluator) if function.is_built else None
    if ended is not None:
        location, reason = ended
        yield Problem(
            location,
            f"loading the module {reason} here: {function.consequence_at_start}",
            help='what only a run by hand needs belongs under `if __name__ == "__main__":`',
        )
    elif function.is_built and not function.gets_no_value and (failed := load_failure(function.evaluator)) is not None:
        yield Problem(
            failed.location,
            f"this raises {failed.failure.exception} ({failed.failure.message}) when the module is loaded: "
            f"{function.consequence_at_start}",
            related=(Related(failed.through.location(), "it is reached from here"),) if failed.is_called else (),
        )
