"""Where the path leads that a string is being typed at the end of: its first parts are known, the string need not end.

What stands before the string is put, with a name in place of the string, where its line is; all the rest of the module
stays as it is. So the evaluator sees the names that are bound there, those of the function around it included.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.evaluation.scopes import ModuleScope
from vlint.semantics.evaluation.values import options
from vlint.semantics.files.file_problem import from_root, place_of
from vlint.semantics.files.file_uses import calls_of
from vlint.semantics.intrinsics.paths import text_of
from vlint.syntax.check import flaw
from vlint.syntax.module import Module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project
    from vlint.syntax.open_string import Code

_NAME = "vlint_completes_this"
"""What is put in place of the string, and what is called with the path; no code has such a name."""

_INDENTATION = re.compile(r"[ \t\f]*")


class _Evaluator(Evaluator):
    """Evaluates in a project one of whose modules has another text."""

    def __init__(self, project: Project, function_path: str, scope: ModuleScope | None = None) -> None:
        super().__init__(project, function_path)
        self._scope = scope

    def module(self, path: str) -> ModuleScope:
        return self._scope if self._scope and path == self._scope.module.path else super().module(path)


def directory_before(code: Code, project: Project, module: str, start: int, offset: int) -> str | None:
    """The directory, from the root, that what is typed next stands in; None where that is not known, or outside.

    Args:
        code: What stands before the string.
        project: The project.
        module: The module, from the root.
        start: Where the statement begins, as an offset in its text.
        offset: The place in the string.
    """
    if not code.left and not code.function:
        return None
    real = Evaluator(project, module).module(module)
    text = _with_probe(code, real.module, start, offset)
    scope = ModuleScope(Module(module, text), real.name, real.package)
    evaluator = _Evaluator(project, module, scope)
    found = set()
    for site in calls_of(scope, _NAME, evaluator):
        values = options(evaluator.evaluate(site.call.args[0].value, site.place))
        found |= {posixpath.split(text_of(value) or "") for value in values}
    if len(found) != 1:
        return None
    directory, name = found.pop()
    return from_root(place_of(directory)) if name == _NAME else None


def _with_probe(code: Code, module: Module, start: int, offset: int) -> str:
    """The module's text with a call in place of the line that is being typed."""
    text = module.source.text
    end = next((s.end for s in module.statements if s.start <= start < s.end), len(text))
    before, behind = text[start : start + code.line], text[_line_end(text, offset) : end]
    indentation = _INDENTATION.match(text, start + code.line)
    probe = f"{indentation[0] if indentation else ''}{{}}{_NAME}({_expression(code)}){{}}\n"
    for piece in _pieces(before, probe, behind):
        if flaw(piece) is None:
            return text[:start] + piece + text[end:]
    return f"{text[:start]}{probe.format('', '').strip()}\n{text[end:]}"


def _pieces(before: str, probe: str, behind: str) -> Iterator[str]:
    """The statement with the call in it: its line may be simple, have a block below it, or be the last so far."""
    yield before + probe.format("", "") + behind
    yield before + probe.format("if ", ":") + behind
    yield before + probe.format("", "")


def _expression(code: Code) -> str:
    if code.left:
        return f"{code.left} / '{_NAME}'"
    return f"{code.function}({code.arguments}{', ' * bool(code.arguments)}'{_NAME}')"


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1
