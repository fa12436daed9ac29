"""
A `handler` that is not a class which inherits from `BaseHTTPRequestHandler`, or of which no instance answers.

The runtime starts an HTTP server with `handler` as the class that answers requests. A function in the style of AWS
Lambda, an instance such as `Mangum(app)`, or a class with another base makes the function exit at start: every request
gets 500. A right `app` in the same module does not help, since `handler` is looked for first.

For each connection the server makes `handler(request, client_address, server)`, and the base's `__init__` answers the
request there and then. A class whose own `__init__` does not take those arguments, or does not pass them on to
`super().__init__`, or that still has abstract methods, is taken when the function starts and fails on every request.

Wrong:

    def handler(event, context):
        return {"statusCode": 200}

Right:

    from http.server import BaseHTTPRequestHandler

    class handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

Wrong:

    class handler(BaseHTTPRequestHandler):
        def __init__(self):
            self.greeting = "hello"

Right:

    class handler(BaseHTTPRequestHandler):
        def __init__(self, *args, **kwargs):
            self.greeting = "hello"
            super().__init__(*args, **kwargs)

The fix adds the missing base to a class without bases, or takes a `handler` away that only wraps an application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Severity
from vlint.rules.registry import rule
from vlint.semantics.entry_points.faults import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Problem
    from vlint.rules.context import FunctionModule


@rule("VL102", "handler-not-request-handler", Severity.ERROR)
def handler_not_request_handler(function: FunctionModule) -> Iterator[Problem]:
    """Report what stands under the handler's name, if it certainly is no request handler."""
    found = fault(function.entry_point, function.evaluator, "not-a-handler")
    if found is not None:
        yield found.problem(f", and {function.consequence_of(found)}")
    unusable = fault(function.entry_point, function.evaluator, "unusable-handler")
    if unusable is not None:
        yield unusable.problem(f": {function.consequence_of(unusable)}")
