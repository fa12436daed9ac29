"""Rewriting a path where it is written: from the project root, from `__file__`, or below the writable directory.

A single string that is the path is replaced and nothing around it; otherwise the expression is, in the way it was
written (`join`, `pathlib`, plain). A path under a name is changed where the name gets it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Edit
from vlint.semantics.paths import ROOT, PathValue, text_of
from vlint.semantics.scopes import FunctionScope, LocalScope, ModuleScope, Place
from vlint.semantics.targets import bindings
from vlint.semantics.values import External, Unbound
from vlint.syntax.nodes import children
from vlint.syntax.quiet import string_value
from vlint.text import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.evaluator import Evaluator
    from vlint.semantics.scopes import Step
    from vlint.semantics.values import Value
    from vlint.syntax.module import Module

MAXIMUM_NAMES = 4
"""Names behind names that are followed to where a path is written."""


@dataclass(frozen=True)
class Written:
    """Where a path is written: an expression, and whether it serves the one use alone."""

    node: cst.BaseExpression
    place: Place
    exclusive: bool

    @property
    def step(self) -> Step:
        """The statement that holds the expression."""
        assert self.place.step is not None
        return self.place.step

    @property
    def module(self) -> Module:
        """The module that holds the expression."""
        return self.step.statement.module


def written(node: cst.BaseExpression, place: Place, evaluator: Evaluator) -> Written | None:
    """Where the path that `node` gives is written; None where several places give it."""
    exclusive = True
    for _ in range(MAXIMUM_NAMES):
        if isinstance(node, cst.Name):
            found = _binding(node.value, place, evaluator)
        elif isinstance(node, cst.Attribute) and not _is_part(node, place, evaluator):
            found = _at_origin(evaluator.evaluate(node, place), evaluator)
        else:
            return Written(node, place, exclusive)
        if found is None:
            found = _at_origin(evaluator.evaluate(node, place), evaluator)
        if found is None:
            return None
        name = node.value if isinstance(node, cst.Name) else node.attr.value
        exclusive = exclusive and found.module is place.scope.root.module and _mentions(found.place, name) == 2
        node, place = found.node, found.place
    return None


def _is_part(node: cst.Attribute, place: Place, evaluator: Evaluator) -> bool:
    """Whether an attribute is a property of a path (`path.parent`), which is written here."""
    return isinstance(evaluator.evaluate(node.value, place), PathValue)


def _at_origin(value: Value, evaluator: Evaluator) -> Written | None:
    """The assignment at the top of a module, or of a class there, that a value has its origin in."""
    origin = value.origin
    if origin is None:
        return None
    scope = evaluator.module(origin.path)
    offset = scope.module.source.offset(origin.range.start)
    numbers = (n for n, top in enumerate(scope.module.statements) if top.start <= offset < top.end)
    steps = [inner for n in numbers for top in scope.block.of(n) for inner in _steps(top, scope, evaluator)]
    for binding in (binding for step in steps for binding in bindings(step)):
        is_value = isinstance(binding.source, cst.BaseExpression) and binding.kind == "value" and not binding.path
        if is_value and binding.step.location(binding.node) == origin:
            assert isinstance(binding.source, cst.BaseExpression)
            return Written(binding.source, Place(binding.step.block.scope, binding.step), True)
    return None


def _steps(step: Step, scope: ModuleScope, evaluator: Evaluator) -> Iterator[Step]:
    """A statement, and those of its body if it is a class."""
    yield step
    if isinstance(step.node, cst.ClassDef):
        yield from evaluator.class_scope(step.node, step, Place(scope, step)).block.walk()


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
    names = _Names(where, evaluator)
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


def _from_file_with_pathlib(where: Written, found: str, names: _Names, evaluator: Evaluator) -> str:
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


def _from_file_with_join(where: Written, found: str, names: _Names, evaluator: Evaluator) -> str:
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


def new_import(module: Module, statement: str) -> Edit:
    """The edit that adds an import behind the imports at the top of a module."""
    source = module.source
    newline = "\r\n" if "\r\n" in source.text else "\n"
    place = _behind_header(source.text)
    for number, top in enumerate(module.statements):
        nodes = top.tree.body if top.tree is not None else ()
        if not nodes or not (_imports(nodes[0]) or (number == 0 and _is_docstring(nodes[0]))):
            break
        place = _line_end(source.text, top.span(nodes[-1])[1])
    before = "" if place == 0 or source.text[place - 1] in "\r\n" else newline
    position = source.position(place)
    return Edit(module.path, Range(position, position), f"{before}{statement}{newline}")


class _Names:
    """How the module spells what a fix needs, and the imports that it lacks."""

    def __init__(self, where: Written, evaluator: Evaluator) -> None:
        self._where = where
        self._evaluator = evaluator
        self._needed: dict[str, str] = {}

    def has(self, name: str) -> bool:
        return self._known(name) is not None

    def spell(self, name: str, otherwise: str) -> str:
        """The expression by which the module calls `name`; `otherwise`, with an import, where it has none."""
        known = self._known(name)
        if known is not None:
            return known
        first = otherwise.partition(".")[0]
        self._needed[first] = f"from pathlib import {first}" if name.startswith("pathlib") else f"import {first}"
        return otherwise

    def edits(self) -> tuple[Edit, ...] | None:
        """The imports to add; None where a name they would bind means something else here."""
        for name in self._needed:
            if not isinstance(self._evaluator.lookup(name, self._where.place), Unbound):
                return None
        return tuple(new_import(self._where.module, line) for line in dict.fromkeys(self._needed.values()))

    def _known(self, name: str) -> str | None:
        parts = name.split(".")
        for start in range(len(parts) - 1, -1, -1):
            spelled = ".".join(parts[start:])
            value = self._evaluator.evaluate(cst.parse_expression(spelled), self._where.place)
            if value == External(name):
                return spelled
        return None


def _binding(name: str, place: Place, evaluator: Evaluator) -> Written | None:
    """The one assignment that gives `name` its value at `place`."""
    while isinstance(place.scope, LocalScope):
        if name in place.scope.names or place.scope.place is None:
            return None
        place = place.scope.place
    scope = place.scope
    if isinstance(scope, FunctionScope) and name not in scope.names:
        place = Place(scope.root)
    found, unbound = evaluator.bindings(name, place)
    if len(found) != 1 or (unbound and isinstance(place.scope, FunctionScope)):
        return None
    binding = found[0].binding
    if binding.kind != "value" or binding.path or not isinstance(binding.source, cst.BaseExpression):
        return None
    return Written(binding.source, found[0].place, True)


def _mentions(place: Place, name: str) -> int:
    scope = place.scope
    root = scope if isinstance(scope, ModuleScope) else scope.root
    return len(re.findall(rf"\b{re.escape(name)}\b", root.module.source.text))


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
    names = _Names(where, evaluator)
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


def _imports(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and isinstance(node.body[0], cst.Import | cst.ImportFrom)


def _is_docstring(node: cst.CSTNode) -> bool:
    match node:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString())]):
            return True
    return False


def _line_end(text: str, offset: int) -> int:
    """The offset behind the end of the line that `offset` is in."""
    match = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)").match(text, offset)
    assert match is not None
    return match.end()


def _behind_header(text: str) -> int:
    """The offset behind a module's first comment lines (`#!`, the encoding, a licence)."""
    match = re.match(r"(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n))*", text)
    return match.end() if match else 0
