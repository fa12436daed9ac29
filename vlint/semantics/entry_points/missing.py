"""Why a module has no entry point: a near miss, a name that is bound where loading never comes, or nothing at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.finding import Applicability, Edit, Fix, Location, Related, Severity
from vlint.semantics.entry_points.detection import Detected
from vlint.semantics.entry_points.interfaces import judge_application, judge_handler
from vlint.semantics.entry_points.judgements import Right, Wrong
from vlint.semantics.evaluation.descriptions import describe, listed
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.signatures import signature
from vlint.semantics.evaluation.values import CallResult, ClassValue, Fails, Member, Unbound, Unknown, Value, options
from vlint.semantics.imports.importers import importer_of
from vlint.semantics.loading.loading import import_failures
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.semantics.entry_points.entry_point import EntryPoint
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope, Step


_PROMISING = re.compile(
    r"^(?:class\s+\w+\s*\([^)]*\bHandler|class\s+\w+\s*\([^)]*RequestHandler"
    r"|(?:async\s+)?def\s+(?:application|wsgi|asgi|main|api)\b|\w+\s*(?::[^=\n]+)?=\s*[\w.]+\()",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Missing:
    """A module without an entry point, ready to be told."""

    location: Location
    reason: str
    help: str | None = None
    severity: Severity | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True)
class NearMiss:
    """A value that would work under the right name: where its name stands, the name, and the one to write."""

    location: Location
    name: str
    rename_to: str
    what: str
    renamable: bool


def missing_entry_point(found: EntryPoint, evaluator: Evaluator) -> Missing | None:
    """Why the module certainly has no entry point, or None where it has one, may have one, or another rule tells."""
    if not found.is_missing:
        return None
    here = Location(evaluator.function_path, FILE_START)
    assert isinstance(found.judgement, Wrong)
    value = found.judgement.value
    if found.chosen is not None and not isinstance(value, Unbound):
        if isinstance(value, Fails) and _is_told_of_import(value, evaluator):
            return None
        return _never_bound(found, evaluator)
    if isinstance(found.detected, Detected):
        node = found.detected
        module = evaluator.function_module.module
        place = Location(module.path, node.statement.range(node.node))
        return Missing(place, f"`{node.variable}` is named here, but has no value when the module has been loaded")
    if found.syntactic and any(one.is_certain for one in found.candidates):
        return None  # VL107 tells
    names = listed([one.variable for one in found.candidates])
    severity = Severity.WARNING if found.syntactic else None
    importer = importer_of(evaluator)
    if importer is not None:
        return Missing(
            here,
            f"the module has no {names} but is deployed as a function",
            help="a file whose name starts with `_` is no function: that suits a helper",
            severity=Severity.INFO,
            related=(Related(importer, "it is imported here"),),
        )
    near = next(_near_misses(found, evaluator), None)
    if near is None:
        help_ = f"define {names}, or let the file's name start with `_` if it is no function"
        return Missing(here, f"the module has no {names}", help=help_, severity=severity)
    return Missing(
        near.location,
        f"`{near.name}` is {near.what}, but the platform looks only for {names}",
        help=f"name it `{near.rename_to}`",
        severity=severity,
        fix=_rename(near, evaluator) if near.renamable else None,
    )


def _is_told_of_import(failure: Fails, evaluator: Evaluator) -> bool:
    """Whether VL405 tells of the import that fails."""
    if failure.exception == "ImportError":
        return any(one.failure.message == failure.message for one in import_failures(evaluator))
    return failure.exception in {"ModuleNotFoundError", "SyntaxError"}


def _never_bound(found: EntryPoint, evaluator: Evaluator) -> Missing:
    assert found.chosen is not None
    assert isinstance(found.judgement, Wrong)
    location = found.chosen.location or Location(evaluator.function_path, FILE_START)
    origin = found.judgement.value.origin
    related = (Related(origin, "it was looked for here"),) if origin is not None and origin != location else ()
    return Missing(location, f"`{found.chosen.variable}` {found.judgement.reason}", related=related)


def _near_misses(found: EntryPoint, evaluator: Evaluator) -> Iterator[NearMiss]:
    """Top-level names whose value would be an entry point under another name."""
    handler = next(one.variable for one in found.candidates if one.is_handler)
    application = next(one.variable for one in found.candidates if not one.is_handler)
    scope = evaluator.function_module
    seen: set[str] = set()
    for step in _promising(scope):
        for binding in step.bindings:
            if binding.kind not in {"value", "definition", "import"} or binding.name in seen or binding.path:
                continue
            seen.add(binding.name)
            value = _value(binding.name, step, evaluator)
            location = step.location(binding.node)
            renamable = binding.kind != "import"
            if isinstance(value, ClassValue):
                if binding.kind == "definition" and isinstance(judge_handler(value, evaluator), Right):
                    yield NearMiss(location, binding.name, handler, "a request handler", renamable)
                continue
            judgement = judge_application(value, evaluator)
            if isinstance(judgement, Right) and _is_convincing(value, evaluator):
                what = f"{describe(value)}, which would work as an application"
                yield NearMiss(location, binding.name, application, what, renamable)


def _value(name: str, step: Step, evaluator: Evaluator) -> Value:
    """What a name is in the end; while a statement that mentions it is half typed, what it is where it is bound."""
    scope = evaluator.function_module
    value = evaluator.final(name, scope)
    if not any(isinstance(option, Unknown) for option in options(value)) or scope.module.problem is None:
        return value
    behind = [*scope.block.of(step.index)]
    behind = behind[behind.index(step) + 1 :]
    if not behind and step.index + 1 < len(scope.module.statements):
        behind = [*scope.block.of(step.index + 1)]
    return evaluator.lookup(name, Place(scope, behind[0])) if behind else value


def _promising(scope: ModuleScope) -> Iterator[Step]:
    """The top-level statements, from the last, that look as if they made an entry point; the others are not parsed."""
    statements = scope.module.statements
    for number in range(len(statements) - 1, -1, -1):
        if statements[number].matches(_PROMISING):
            yield from reversed(scope.block.of(number))


_PARAMETERS = (("environ", "start_response"), ("env", "start_response"), ("scope", "receive", "send"))


def _is_convincing(value: Value, evaluator: Evaluator) -> bool:
    """Whether a value that can be called as an application is meant as one: not just any function of two arguments."""
    if isinstance(value, CallResult | Member):
        return True
    found = signature(value, evaluator)
    return found is not None and found.required in _PARAMETERS


def _rename(near: NearMiss, evaluator: Evaluator) -> Fix | None:
    """Edits that rename every use of a top-level name, if each mention of it in the text is certainly one."""
    from vlint.semantics.entry_points.renaming import rename_edits

    edits = rename_edits(evaluator.function_module, near.name, near.rename_to)
    if edits is None:
        return None
    path = evaluator.function_path
    return Fix(
        f"Rename `{near.name}` to `{near.rename_to}`",
        Applicability.SAFE,
        tuple(Edit(path, place, near.rename_to) for place in edits),
    )
