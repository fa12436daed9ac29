"""The platform's syntactic look for an entry point, as `findAppOrHandler` of @vercel/python-analysis has it.

It takes the first top-level statement that is an assignment or annotated assignment to the bare name of an application,
a function of that name, `from … import` that binds it (or imports it, under whatever other name the platform ignores),
or a class that is named as a handler. Nothing within `if`, `try`, `with`, `for` or `match` counts.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.targets import flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.platform import Platform
    from vlint.syntax.module import Module, Statement


@dataclass(frozen=True)
class Detected:
    """The variable that the platform names, and the node that made it."""

    variable: str
    node: cst.CSTNode
    statement: Statement


def detect(module: Module, platform: Platform) -> Detected | None:
    """The entry point that the platform sees in a module's syntax; None where it sees none, or cannot parse it."""
    facts = platform.entry_point
    words = (*facts.application_names, *facts.handler_names, *(name.capitalize() for name in facts.handler_names))
    problem = module.problem
    if not any(module.contains(word) for word in words) or (problem is not None and problem.since is None):
        return None
    wanted = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    for statement in module.statements:
        if wanted.search(statement.answer("head", _head)) is None:
            continue
        if statement.tree is None:
            for name in _named_in_text(statement.text, facts.application_names, facts.handler_names):
                return Detected(name, cst.Name(name), statement)
            continue
        for node in flatten(statement.tree.body):
            for name in _named(node, facts.application_names, facts.handler_names):
                return Detected(name, node, statement)
    return None


_LEADING = re.compile(r"(?:[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n?|\n))*")
_FIRST_WORD = re.compile(r"\w+|@")
_DEFINITION = re.compile(r"^(?:async[^\S\r\n]+)?(?:def|class)(?:[^\S\r\n]|\\\r?\n)+\w+", re.MULTILINE)


def _head(text: str) -> str:
    """The part of a statement that can name an entry point: the bodies of definitions and blocks need no parsing."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    start = _LEADING.match(text)
    word = _FIRST_WORD.match(text, start.end() if start else 0)
    match word[0] if word else "":
        case "if" | "for" | "while" | "try" | "with":
            return ""
        case "def" | "class" | "async" | "@":
            return " ".join(_DEFINITION.findall(text.replace("\r", "\n")))
    return text


def _named(node: cst.CSTNode, applications: tuple[str, ...], handlers: tuple[str, ...]) -> Iterator[str]:
    names: list[str] = []
    match node:
        case cst.Assign():
            names = [_name(target.target) for target in node.targets]
        case cst.AnnAssign():
            names = [_name(node.target)]
        case cst.FunctionDef():
            names = [_name(node.name)]
        case cst.ImportFrom(names=aliases) if not isinstance(aliases, cst.ImportStar):
            names = [_name(alias.asname.name if alias.asname else alias.name) for alias in aliases]
        case cst.ClassDef():
            name = _name(node.name)
            if name.lower() in handlers:
                yield name
    yield from (name for name in names if name in applications)


def _named_in_text(text: str, applications: tuple[str, ...], handlers: tuple[str, ...]) -> Iterator[str]:
    """As `_named`, for a statement that is right and that libcst does not parse, such as `(app): object = 1`."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in statements:
        names: list[str] = []
        match node:
            case ast.Assign():
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names = [name]
            case ast.ImportFrom():
                names = [alias.asname or alias.name for alias in node.names]
            case ast.ClassDef(name=name) if name.lower() in handlers:
                yield name
        yield from (name for name in names if name in applications)


def _name(node: cst.CSTNode) -> str:
    return unicodedata.normalize("NFKC", node.value) if isinstance(node, cst.Name) else ""
