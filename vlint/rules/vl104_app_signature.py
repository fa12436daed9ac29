"""
An `app` that can be called, but not with what the platform passes, or that does not answer as it has to.

A WSGI application is called with `(environ, start_response)`, an ASGI application with `(scope, receive, send)`. On
2025-03 a coroutine function (or an object with an async `__call__`) is taken for ASGI and everything else for WSGI; on
2026-08 the count of positional parameters without default decides: 3 and async for ASGI, 2 for WSGI.

What a function returns is only half of an answer: a WSGI application sends the status by `start_response`, an ASGI
application sends all of it by `send`. One that never names that parameter cannot have answered.

Wrong:

    def app(request):
        return "hello"

Right:

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"hello"]

A wrapper passes requests on to what it wraps: Werkzeug's `ProxyFix` calls that as WSGI, Starlette's `CORSMiddleware` as
ASGI. Around an application of the other kind they start, and every request that they pass on fails.

The fix calls a factory such as `create_app`, where its result is an application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Severity
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Problem
    from vlint.rules.context import FunctionModule


@rule("VL104", "app-signature", Severity.ERROR)
def app_signature(function: FunctionModule) -> Iterator[Problem]:
    """Report an application whose parameters are not those of a call by the platform."""
    yield from function.application_fault("signature")
    yield from function.application_fault("unanswered")
