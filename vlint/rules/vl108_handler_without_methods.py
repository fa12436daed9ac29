"""
A request handler without any `do_…` method.

The runtime calls `do_GET` for a GET request, `do_POST` for a POST request, and so on, in capitals. A handler that has
none answers every request with 501.

Wrong:

    class handler(BaseHTTPRequestHandler):
        def get(self):
            ...

Right:

    class handler(BaseHTTPRequestHandler):
        def do_GET(self):
            ...

The fix puts the name of a method such as `do_get` in capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.registry import rule
from vlint.semantics.handler_methods import misnamed_methods, without_methods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL108", "handler-without-methods", Severity.ERROR)
def handler_without_methods(function: FunctionModule) -> Iterator[Problem]:
    """Report a handler class that certainly answers no method."""
    found = function.entry_point
    if found.chosen is None or found.chosen.location is None or not without_methods(found, function.evaluator):
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
