"""
A server that is started while the module is loaded.

The platform imports the module and passes requests to the application itself. `app.run()`, `uvicorn.run(app)` or
`serve_forever()` at the top level starts a second server and does not return, so that loading never ends and the
function never starts.

Wrong:

    app = Flask(__name__)
    app.run()

Right:

    app = Flask(__name__)

    if __name__ == "__main__":
        app.run()

The fix puts the call under `if __name__ == "__main__":`, where it only runs by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Related, Severity
from vlint.rules.registry import rule
from vlint.semantics.loading.guarding import under_main_guard
from vlint.semantics.loading.servers import started_servers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL109", "server-at-import", Severity.ERROR, scope="running")
def server_at_import(function: FunctionModule) -> Iterator[Problem]:
    """Report the calls that start a server and are certainly reached when the function is loaded."""
    for started in started_servers(function.evaluator):
        through = started.through.location()
        yield Problem(
            started.step.location(started.call),
            "this starts a server while the module is loaded and does not return: the function never starts",
            help='put it under `if __name__ == "__main__":`, or leave it out: the platform is the server',
            fix=under_main_guard(started.through),
            related=(Related(through, "it is called from here"),) if started.through is not started.step else (),
        )
