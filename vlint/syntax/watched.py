"""Functions whose bodies tell when somebody looks into them, so that it is known what an edit of a body concerns."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import libcst as cst

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_FIELDS = tuple(field.name for field in dataclasses.fields(cst.FunctionDef))


class WatchedFunction(cst.FunctionDef):
    """A function definition as libcst has it, whose `body` is told of when it is read, and can become another.

    Attributes:
        hidden: The body, read without telling.
    """

    hidden: cst.BaseSuite
    _tell: Callable[[WatchedFunction], None] | None = None

    @property
    def body(self) -> cst.BaseSuite:
        """The body of the function."""
        if self._tell is not None:
            self._tell(self)
        return self.hidden

    @body.setter
    def body(self, body: cst.BaseSuite) -> None:
        self.hidden = body

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)


def watch(tree: cst.Module, tell: Callable[[WatchedFunction], None]) -> tuple[WatchedFunction, ...]:
    """Put watched functions in the place of those at the top of `tree` and in its classes; `tree` is not yet shared.

    Args:
        tree: A tree that nobody else has yet.
        tell: Called with the function whose body is read.

    Returns:
        The functions, in the order of the text.
    """
    found: list[WatchedFunction] = []
    object.__setattr__(tree, "body", tuple(_replaced(tree.body, found)))
    for function in found:
        function._tell = tell
    return tuple(found)


def _replaced(body: object, found: list[WatchedFunction]) -> Iterator[cst.CSTNode]:
    assert isinstance(body, list | tuple)
    for node in body:
        if isinstance(node, cst.FunctionDef):
            watched = WatchedFunction(**{name: getattr(node, name) for name in _FIELDS})
            found.append(watched)
            yield watched
            continue
        if isinstance(node, cst.ClassDef) and isinstance(node.body, cst.IndentedBlock):
            object.__setattr__(node.body, "body", tuple(_replaced(node.body.body, found)))
        yield node
