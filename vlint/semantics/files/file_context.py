"""What surrounds a use of a path: whether it can be reached at all, and whether its author has thought of a failure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.called import last_name
from vlint.semantics.evaluation.scopes import LocalScope, ModuleBlock, Place
from vlint.semantics.evaluation.values import Constant, options
from vlint.semantics.intrinsics.paths import text_of
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Scope, Step
    from vlint.semantics.files.file_uses import Site

_QUESTIONS = frozenset({"exists", "lexists", "is_file", "isfile", "is_dir", "isdir", "access", "is_symlink", "islink"})
_CAUGHT = frozenset(
    {"FileNotFoundError", "NotADirectoryError", "IsADirectoryError", "PermissionError", "OSError", "IOError",
     "EnvironmentError", "Exception", "BaseException", "OperationalError", "DatabaseError"}
)  # fmt: skip
_MAIN = re.compile(r"\A\s*if\b[^\n:]*\b__name__\b[^\n:]*==?")
_CONDITION = re.compile(r"\A\s*(?:if|assert)\b")


def is_reached(site: Site, evaluator: Evaluator) -> bool:
    """Whether the call can run on the platform: not under a main guard, nor under another condition that is false."""
    place: Place | None = site.place
    while place is not None and place.step is not None:
        for step, role in _owners(place.step):
            if isinstance(step.node, cst.If | cst.While):
                decision = evaluator.decide(step.node.test, Place(step.block.scope, step))
                if (decision is False and role == "body") or (decision is True and role == "else"):
                    return False
        place = place.scope.place
    return True


_CHANGES_OPENING = re.compile(
    r"\bf?chdir\b|\bbuiltins\s*\.\s*open\s*=(?!=)|\bsetattr\(\s*(?:builtins|__builtins__)\b|\b__builtins__\b"
)


def is_caught(site: Site) -> bool:
    """Whether a `try` around the call catches what a file that is not there raises."""
    place: Place | None = site.place
    while place is not None and place.step is not None:
        if any(_catches(step.node, role) for step, role in _owners(place.step)):
            return True
        place = place.scope.place if isinstance(place.scope, LocalScope) else None
    return False


def is_guarded(site: Site, node: cst.BaseExpression, texts: Sequence[str], evaluator: Evaluator) -> bool:
    """Whether the author asks for the path before it is used: around the call, in its statement, or in front of it."""
    tests: list[tuple[cst.CSTNode, Place]] = [(test, site.place) for test in site.tests]
    place: Place | None = site.place
    while place is not None and place.step is not None:
        tests += [(test, Place(step.block.scope, step)) for step, test in _tests_before(place.step)]
        place = place.scope.place
    code = cst.Module([]).code_for_node(node)
    asked = (question for test, where in tests for question in _questions(test, where, evaluator))
    return any(_concerns(question, where, code, texts, evaluator) for question, where in asked)


def changes_opening(scope: ModuleScope) -> bool:
    """Whether the module has code that changes the working directory, or what `open` does, a main guard apart."""
    statements = scope.module.statements
    return any(not statements[number].matches(_MAIN) for number in scope.module.matching(_CHANGES_OPENING))


def unreached_definitions(scopes: Sequence[ModuleScope]) -> frozenset[cst.CSTNode]:
    """The functions and classes of these modules that nothing but a main guard leads to."""
    found: set[cst.CSTNode] = set()
    for scope in scopes:
        found.update(_unreached(scope, [other for other in scopes if other is not scope]))
    return frozenset(found)


def is_within(site: Site, definitions: frozenset[cst.CSTNode]) -> bool:
    """Whether the call stands in one of the definitions."""
    scope: Scope | None = site.place.scope
    while scope is not None:
        if getattr(scope, "node", None) in definitions:
            return True
        scope = scope.place.scope if scope.place is not None else None
    return False


def _unreached(scope: ModuleScope, others: Sequence[ModuleScope]) -> Iterator[cst.CSTNode]:
    statements = scope.module.statements
    guards = {number for number, statement in enumerate(statements) if statement.matches(_MAIN)}
    if not guards:
        return
    names: dict[int, str] = {}
    for number, statement in enumerate(statements):
        name = statement.answer("plain definition", _defined)
        if name:
            names[number] = name
    dead = set(guards)
    while True:
        more = {
            number
            for number, name in names.items()
            if number not in dead
            and _only_mentioned_in(name, number, dead, scope)
            and not any(_mentions(other, name) for other in others)
        }
        if not more:
            break
        dead |= more
    for number in dead - guards:
        yield from (step.node for step in scope.block.of(number) if step.node is not None)


def _only_mentioned_in(name: str, own: int, dead: set[int], scope: ModuleScope) -> bool:
    mentioning = {
        number for number, statement in enumerate(scope.module.statements) if number != own and statement.mentions(name)
    }
    return bool(mentioning) and mentioning <= dead


def _defined(text: str) -> str:
    match = re.match(r"\s*(?:async\s+def|def|class)\s+(\w+)", text)  # decorated ones are called by others
    return match[1] if match else ""


def _mentions(scope: ModuleScope, name: str) -> bool:
    return any(statement.mentions(name) for statement in scope.module.statements)


def _owners(step: Step) -> Iterator[tuple[Step, str]]:
    """The compound statements around a statement within its scope, and in which of their blocks it stands."""
    block = step.block
    while block.owner is not None:
        yield block.owner, block.role
        block = block.owner.block


def _catches(node: cst.CSTNode | None, role: str) -> bool:
    match node:
        case cst.Try() | cst.TryStar() if role == "body":
            return any(handler.type is None or _names(handler.type) & _CAUGHT for handler in node.handlers)
        case cst.With() if role == "body":
            managers = (item.item for item in node.items)
            return any(
                isinstance(m, cst.Call) and last_name(m.func) == "suppress" and _names(m) & _CAUGHT for m in managers
            )
    return False


def _names(node: cst.CSTNode) -> set[str]:
    """The last parts of the names in an expression."""
    if isinstance(node, cst.Attribute):
        return {node.attr.value}
    if isinstance(node, cst.Name):
        return {node.value, *({"OperationalError"} if node.value == "Error" else ())}
    return {name for child in children(node) for name in _names(child)}


def _tests_before(step: Step) -> Iterator[tuple[Step, cst.CSTNode]]:
    """The conditions around a statement, and those in front of it that leave the block when they hold."""
    here = step
    while True:
        for before in _before(here):
            if isinstance(before.node, cst.If | cst.Assert):
                yield before, before.node.test
        owner = here.block.owner
        if owner is None:
            return
        if isinstance(owner.node, cst.If | cst.While):
            yield owner, owner.node.test
        here = owner


def _before(step: Step) -> Iterator[Step]:
    """The statements in front of `step` in its block; of a module only those that begin as a condition does."""
    block = step.block
    if isinstance(block, ModuleBlock):
        for number, statement in enumerate(block.scope.module.statements[: step.index]):
            if statement.matches(_CONDITION):
                yield from block.of(number)
    else:
        yield from block.steps[: step.index]


def _questions(
    test: cst.CSTNode, place: Place, evaluator: Evaluator, depth: int = 0
) -> Iterator[tuple[cst.BaseExpression, Place]]:
    """The paths that a condition asks after, and where that is; a name is followed to what it was given."""
    if isinstance(test, cst.Call) and last_name(test.func) in _QUESTIONS:
        if test.args:
            yield test.args[0].value, place
        elif isinstance(test.func, cst.Attribute):
            yield test.func.value, place
    elif isinstance(test, cst.Name) and depth < 2 and not isinstance(place.scope, LocalScope):
        for reached in evaluator.bindings(test.value, place)[0]:
            if reached.binding.source is not None:
                yield from _questions(reached.binding.source, reached.place, evaluator, depth + 1)
    else:
        for child in children(test):
            yield from _questions(child, place, evaluator, depth)


def _concerns(asked: cst.BaseExpression, place: Place, code: str, texts: Sequence[str], evaluator: Evaluator) -> bool:
    if cst.Module([]).code_for_node(asked) == code:
        return True
    for option in options(evaluator.evaluate(asked, place)):
        text = text_of(option)
        if text is None:
            if not isinstance(option, Constant):
                return True
        elif any(t == text or t.startswith(text.rstrip("/") + "/") for t in texts):
            return True
    return False
