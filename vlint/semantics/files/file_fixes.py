"""Rewriting a path where it is written: from the project root, from `__file__`, or below the writable directory.

A single string that is the path is replaced and nothing around it; otherwise the expression is, in the way it was
written (`join`, `pathlib`, plain). A path under a name is changed where the name gets it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Edit
from vlint.semantics.evaluation.scopes import LocalScope
from vlint.semantics.evaluation.values import External
from vlint.semantics.imports.new_imports import Names
from vlint.semantics.intrinsics.paths import ROOT, PathValue, text_of
from vlint.syntax.nodes import children
from vlint.syntax.quiet import string_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.files.path_source import Written


def from_root(where: Written, text: str, new: str, evaluator: Evaluator) -> tuple[Edit, ...] | None:
    """The edits that write the path `new` in place of `text`."""
    literal = _literal(where.node, text)
    if literal is not None:
        return (_replace(where, literal, _requoted(literal, new)),)
    value = evaluator.evaluate(where.node, where.place)
    if text_of(value) != text:
        return None
    quote = _quote(where)
    if isinstance(value, PathValue):
        constructor = _constructor(where, evaluator)
        return (
            None if constructor is None else (_replace(where, where.node, _path(constructor, new, where.node, quote)),)
        )
    if isinstance(where.node, cst.Call) and evaluator.evaluate(where.node.func, where.place) == External(
        "os.path.join"
    ):
        join, parts = _code(where.node.func), _parts(new)
        code = f"{join}({_joined(parts, quote)})" if len(parts) > 1 else _quoted(new, quote)
        return (_replace(where, where.node, code),)
    return (_replace(where, where.node, _quoted(new, quote)),)


def from_file(
    where: Written, text: str, found: str, evaluator: Evaluator, *, receiver: bool
) -> tuple[Edit, ...] | None:
    """The edits that write the path from `__file__`, with the import they need.

    Args:
        receiver: Whether the expression is the object of a method, which wants parentheses around an operator.
    """
    value = evaluator.evaluate(where.node, where.place)
    if text_of(value) != text or isinstance(where.place.scope, LocalScope):
        return None
    names = Names(where, evaluator)
    if isinstance(value, PathValue) or (names.has("pathlib.Path") and not names.has("os.path.join")):
        code = _from_file_with_pathlib(where, found, names, evaluator)
        if receiver and not where.node.lpar:
            code = f"({code})"
    else:
        code = _from_file_with_join(where, found, names, evaluator)
    edits = names.edits()
    return None if edits is None else (*edits, _replace(where, where.node, code))


def in_case(where: Written, looked_for: str, found: str) -> tuple[Edit, ...] | None:
    """The edits that give the names in the path the letters they have; None where they are not in plain strings."""
    pairs = zip(looked_for.split("/"), found.split("/"), strict=True)
    wanted = {old: new for old, new in pairs if old != new}
    edits = []
    for literal in _strings(where.node):
        value = string_value(literal) if isinstance(literal, cst.SimpleString) else None
        if not isinstance(literal, cst.SimpleString) or not isinstance(value, str):
            return None
        parts = value.split("/")
        new = "/".join(wanted.pop(part, part) for part in parts)
        if new != value:
            edits.append(_replace(where, literal, _requoted(literal, new)))
    return tuple(edits) if edits and not wanted else None


def _from_file_with_pathlib(where: Written, found: str, names: Names, evaluator: Evaluator) -> str:
    base = _leftmost(where.node, where, evaluator)
    if base is not None and isinstance(evaluator.evaluate(base, where.place), PathValue):
        start, code = _directory(base, where, evaluator), _code(base)
    else:
        start = posixpath.dirname(where.module.path)
        code = f"{names.spell('pathlib.Path', 'Path')}(__file__).resolve().parent"
    parts = posixpath.relpath(found, start or ".").split("/")
    climbs = sum(part == ".." for part in parts)
    quote = _quote(where)
    return " / ".join([code + ".parent" * climbs, *(_quoted(part, quote) for part in parts[climbs:])])


def _from_file_with_join(where: Written, found: str, names: Names, evaluator: Evaluator) -> str:
    join = names.spell("os.path.join", "os.path.join")
    base = _leftmost(where.node, where, evaluator)
    if base is not None:
        start, code = _directory(base, where, evaluator), _code(base)
    else:
        start = posixpath.dirname(where.module.path)
        dirname, abspath = (names.spell(f"os.path.{name}", f"os.path.{name}") for name in ("dirname", "abspath"))
        code = f"{dirname}({abspath}(__file__))"
    return f"{join}({code}, {_joined(posixpath.relpath(found, start or '.').split('/'), _quote(where))})"


def _leftmost(node: cst.BaseExpression, where: Written, evaluator: Evaluator) -> cst.BaseExpression | None:
    """The expression a path starts with, if that is a directory of the project known by its absolute path."""
    first: cst.BaseExpression | None = None
    match node:
        case cst.BinaryOperation():
            first = node.left
        case cst.Call(args=[cst.Arg(value=value), _, *_]):
            first = value
    if first is None:
        return None
    return first if _directory(first, where, evaluator) is not None else _leftmost(first, where, evaluator)


def _directory(node: cst.BaseExpression, where: Written, evaluator: Evaluator) -> str | None:
    """The directory, from the root, that an expression gives as an absolute path; None for anything else."""
    text = text_of(evaluator.evaluate(node, where.place))
    full = posixpath.normpath(text) if text is not None else ""
    if full != ROOT and not full.startswith(f"{ROOT}/"):
        return None
    inside = full[len(ROOT) + 1 :]
    return inside if evaluator.project.tree.is_directory(inside) else None


def _literal(node: cst.BaseExpression, text: str) -> cst.SimpleString | None:
    """The only string in an expression, if it is the path (perhaps with the working directory put in front later)."""
    strings = list(_strings(node))
    if len(strings) != 1 or not isinstance(strings[0], cst.SimpleString):
        return None
    value = string_value(strings[0])
    own = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    same = own == text or posixpath.normpath(posixpath.join(ROOT, own)) == posixpath.normpath(
        posixpath.join(ROOT, text)
    )
    return strings[0] if same and _keeps_paths(node) else None


def _keeps_paths(node: cst.BaseExpression) -> bool:
    """Whether the expression passes a path on: a string, or calls of it without operators between."""
    match node:
        case cst.SimpleString():
            return True
        case cst.Call():
            inner = [argument.value for argument in node.args]
            if isinstance(node.func, cst.Attribute) and not inner:
                return _keeps_paths(node.func.value)
            return len(inner) == 1 and _keeps_paths(inner[0])
    return False


def _strings(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, cst.SimpleString | cst.FormattedString):
        yield node
    else:
        for child in children(node):
            yield from _strings(child)


def _constructor(where: Written, evaluator: Evaluator) -> str | None:
    """The expression by which the code makes a path, such as `Path` or `pathlib.Path`."""
    calls = (node for node in _walk(where.node) if isinstance(node, cst.Call))
    for call in calls:
        function = evaluator.evaluate(call.func, where.place)
        if isinstance(function, External) and re.fullmatch(r"pathlib\.(Pure|Posix|PurePosix)?Path", function.name):
            return _code(call.func)
    names = Names(where, evaluator)
    return names.spell("pathlib.Path", "Path") if names.has("pathlib.Path") else None


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in children(node):
        yield from _walk(child)


def _path(constructor: str, new: str, node: cst.BaseExpression, quote: str) -> str:
    parts = new.split("/")
    if isinstance(node, cst.BinaryOperation) and not new.startswith("/"):
        return " / ".join([f"{constructor}({_quoted(parts[0], quote)})", *(_quoted(p, quote) for p in parts[1:])])
    if isinstance(node, cst.Call) and len(node.args) > 1 and not new.startswith("/"):
        return f"{constructor}({_joined(parts, quote)})"
    return f"{constructor}({_quoted(new, quote)})"


def _replace(where: Written, node: cst.CSTNode, code: str) -> Edit:
    return Edit(where.module.path, where.step.statement.range(node), code)


def _requoted(literal: cst.SimpleString, new: str) -> str:
    """`new` with the prefix and the quotes of a literal."""
    prefix = literal.prefix
    if "\\" in new or literal.quote[0] in new or not new.isprintable():
        return ("b" if "b" in prefix.lower() else "") + repr(new)
    return f"{prefix}{literal.quote}{new}{literal.quote}"


def _parts(path: str) -> list[str]:
    """The parts of a path that `join` puts together; an absolute one begins with its first directory."""
    if not path.startswith("/"):
        return path.split("/")
    first, *rest = path[1:].split("/")
    return [f"/{first}", *rest]


def _quoted(text: str, quote: str) -> str:
    return repr(text) if quote in text or "\\" in text or not text.isprintable() else f"{quote}{text}{quote}"


def _joined(parts: list[str], quote: str) -> str:
    return ", ".join(_quoted(part, quote) for part in parts)


def _quote(where: Written) -> str:
    """The quotes that the expression, else the module, uses more."""
    for text in (_code(where.node), where.module.source.text):
        single, double = text.count("'"), text.count('"')
        if single != double:
            return "'" if single > double else '"'
    return "'"


def _code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)
