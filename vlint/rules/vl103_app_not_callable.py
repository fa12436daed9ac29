"""
An `app` that cannot be called as an application.

The platform calls `app` for every request, as WSGI or as ASGI. A string, a module, an object without `__call__`, or the
application of a framework that speaks neither (aiohttp, Tornado, Streamlit) cannot be called so: the function does not
start, or every request gets 500.

Wrong:

    import app

Right:

    from app import app

The fix calls a factory, where the result is an application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Severity
from vlint.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Problem
    from vlint.rules.context import FunctionModule


@rule("VL103", "app-not-callable", Severity.ERROR)
def app_not_callable(function: FunctionModule) -> Iterator[Problem]:
    """Report an application that the platform certainly cannot call."""
    yield from function.application_fault("not-callable")
