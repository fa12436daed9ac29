"""A function's module does not parse.

## What it finds

A module of a function that is not valid Python: a syntax error, bytes that are not in the encoding that the file
declares (UTF-8 unless a PEP 263 comment says otherwise), or null bytes. Syntax that came with a later Python than the
platform's default (such as template strings) is a mistake only where the project cannot run on that Python.

## Why it fails

The runtime imports the module when the function starts. A module that does not parse raises `SyntaxError` there, so
the function exits and every request is answered with 500. The build does not notice.

## Wrong

    from flask import Flask
    app = Flask(__name__

## Right

    from flask import Flask
    app = Flask(__name__)

## Fix

By hand. The other statements of the module are checked all the same; what the broken one defines is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location, Problem, Severity
from vlint.rules.registry import rule
from vlint.semantics.loading.syntax_problems import certain_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL100", "syntax-error", Severity.ERROR)
def syntax_error(function: FunctionModule) -> Iterator[Problem]:
    """Report the first thing that keeps the module from being parsed."""
    problem = certain_problem(function.module, function.evaluator)
    if problem is not None:
        yield Problem(
            Location(function.module.path, problem.range),
            f"the module does not parse, so the function exits at start: {problem.message}",
        )
