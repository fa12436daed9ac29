"""
A request handler without any `do_…` method, or with one that cannot answer.

The runtime calls `do_GET` for a GET request, `do_POST` for a POST request, and so on, in capitals. A handler that has
none answers every request with 501. The method is called without arguments, and is not awaited: one that is `async`,
that has a `yield`, that takes more than `self` (or not even that), or that does nothing with `self` sends no answer.

Wrong:

    class handler(BaseHTTPRequestHandler):
        def get(self):
            ...

Right:

    class handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

Wrong: what is returned goes nowhere

    class handler(BaseHTTPRequestHandler):
        async def do_GET(self):
            return {"hello": "world"}

Right:

    class handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"hello": "world"}')

The fix puts the name of a method such as `do_get` in capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.registry import rule
from vlint.semantics.entry_points.handler_methods import misnamed_methods, unanswering, without_methods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL108", "handler-without-methods", Severity.ERROR)
def handler_without_methods(function: FunctionModule) -> Iterator[Problem]:
    """Report a handler class that certainly answers no method, and each method that certainly answers nothing."""
    found = function.entry_point
    if found.chosen is None or found.chosen.location is None:
        return
    for method in unanswering(found, function.evaluator):
        yield Problem(
            method.value.origin or found.chosen.location,
            f"`{method.name}` {method.reason}: every {method.name[3:]} request fails",
            help=method.hint,
        )
    if not without_methods(found, function.evaluator):
        return
    fix, near = misnamed_methods(found, function.evaluator)
    yield Problem(
        found.chosen.location,
        f"`{found.chosen.variable}` has no `do_…` method: every request is answered with 501",
        help=f"`{near}` is not looked for: write `do_GET`, with the method in capitals"
        if near
        else "define `do_GET(self)`, `do_POST(self)` or another such method",
        fix=fix,
    )
