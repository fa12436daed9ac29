"""Whether a `try` or a `with` may keep an import that fails from failing the module."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Iterable

_RAISED = (ImportError, SyntaxError)
"""What a failing import raises: no module or name, or a module that does not parse."""


def catches_imports(node: cst.Try | cst.TryStar) -> bool:
    """Whether a handler of the `try` may catch it: one without a type, of such a type, or of one that is not known.

    One that raises in any case keeps nothing from failing.
    """
    return any(
        (handler.type is None or _may_catch(handler.type)) and not _raises(handler.body) for handler in node.handlers
    )


def _raises(body: cst.BaseSuite) -> bool:
    """Whether a block certainly ends with an exception: it has a `raise` of its own, and nothing leaves it before."""
    for line in body.body:
        if not isinstance(line, cst.SimpleStatementLine | cst.BaseSmallStatement):
            return False
        for statement in line.body if isinstance(line, cst.SimpleStatementLine) else (line,):
            if isinstance(statement, cst.Raise):
                return True
            if isinstance(statement, cst.Break | cst.Continue | cst.Return):
                return False
    return False


def suppresses_imports(call: cst.Call) -> bool:
    """Whether `contextlib.suppress(…)` may."""
    return _any_may_catch(argument.value for argument in call.args)


def _may_catch(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.Tuple):
        return _any_may_catch(element.value for element in node.elements)
    found = getattr(builtins, node.value, None) if isinstance(node, cst.Name) else None
    if not isinstance(found, type) or not issubclass(found, BaseException):
        return True
    return any(issubclass(raised, found) or issubclass(found, raised) for raised in _RAISED)


def _any_may_catch(nodes: Iterable[cst.BaseExpression]) -> bool:
    return any(_may_catch(node) for node in nodes)
