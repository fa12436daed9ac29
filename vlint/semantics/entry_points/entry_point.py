"""The verdict on a function's module: which variable the runtime takes, by which interface, or why it takes none.

2025-03 goes by the names that the loaded module has; 2026-08 by syntax first, then by the named variable alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vlint.semantics.entry_points.detection import Detected, detect
from vlint.semantics.entry_points.interfaces import judge_application, judge_handler
from vlint.semantics.entry_points.judgements import Judgement, Right, Undecided, Wrong, agreed
from vlint.semantics.evaluation.descriptions import listed
from vlint.semantics.evaluation.evaluator import Evaluator, location_of
from vlint.semantics.evaluation.operators import plain
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.values import Arguments, FunctionValue, Unbound, Unknown, Value, options
from vlint.semantics.loading.syntax_problems import certain_problem

if TYPE_CHECKING:
    from vlint.finding import Location
    from vlint.project.functions import Function
    from vlint.project.project import Project
    from vlint.semantics.evaluation.flow import Reached
    from vlint.semantics.evaluation.scopes import ModuleScope


@dataclass(frozen=True)
class Candidate:
    """A name under which the runtime may look for an entry point, and what it would find.

    Attributes:
        variable: The name.
        is_handler: Whether a request handler is expected there.
        value: What the name is when the module has been loaded.
        judgement: What the runtime makes of it: undecided also where the name may be missing.
        bindings: The bindings that reach the end of the module.
        may_be_missing: Whether the name can be unbound.
    """

    variable: str
    is_handler: bool
    value: Value
    judgement: Judgement
    bindings: tuple[Reached, ...]
    may_be_missing: bool

    @property
    def is_missing(self) -> bool:
        """Whether the module certainly has no such name."""
        return isinstance(self.value, Unbound)

    @property
    def is_certain(self) -> bool:
        """Whether a statement binds the name for certain, or names it where it binds it perhaps."""
        named = any(reached.binding.kind not in {"star", "broken"} for reached in self.bindings)
        return not self.is_missing and (named or not self.may_be_missing)

    @property
    def location(self) -> Location | None:
        """Where the name is bound, if anywhere."""
        return location_of(self.bindings[-1].binding) if self.bindings else None


@dataclass(frozen=True)
class EntryPoint:
    """The verdict on a module.

    Attributes:
        judgement: `Right` with the interface, `Wrong` with the reason, or `Undecided`.
        chosen: The candidate that the runtime takes, or None where there is none or it cannot be known which.
        candidates: What the module has under each name that can be an entry point, in the runtime's order.
        detected: What the platform's look at the syntax finds (None where it finds nothing or does not look).
        syntactic: Whether the platform looks at the syntax first.
    """

    judgement: Judgement
    chosen: Candidate | None
    candidates: tuple[Candidate, ...]
    detected: Detected | None
    syntactic: bool

    @property
    def variable(self) -> str | None:
        """The name of the variable that the runtime takes, or None."""
        return self.chosen.variable if self.chosen is not None else None

    @property
    def interface(self) -> str | None:
        """`handler`, `wsgi` or `asgi` where the entry point works, else None."""
        return self.judgement.interface if isinstance(self.judgement, Right) else None

    @property
    def is_missing(self) -> bool:
        """Whether the module certainly has no entry point under any name."""
        return isinstance(self.judgement, Wrong) and self.judgement.fault == "missing"


def entry_point(project: Project, function: Function) -> EntryPoint:
    """The verdict on a function's module, remembered by the project."""
    return project.remember(("entry point", function.path), lambda: judge(Evaluator(project, function.path)))


def judge(evaluator: Evaluator) -> EntryPoint:
    """The verdict on the module of an evaluator's function."""
    facts = evaluator.platform.entry_point
    if facts.detection == "syntax":
        return _judge_by_syntax(evaluator)
    names = [(name, True) for name in facts.handler_names] + [(name, False) for name in facts.application_names]
    candidates = tuple(candidate(name, evaluator, is_handler=is_handler) for name, is_handler in names)
    candidates = tuple(_as_listed(one, evaluator) for one in candidates)
    found: list[tuple[Candidate, Judgement]] = []
    for one in candidates:
        if not one.is_missing:
            found.append((one, one.judgement))
        if not one.may_be_missing:
            break
    else:
        found.append((candidates[-1], _nothing(candidates)))
    return _combine(found, candidates, None, syntactic=False)


def _judge_by_syntax(evaluator: Evaluator) -> EntryPoint:
    facts = evaluator.platform.entry_point
    scope = evaluator.function_module
    detected = detect(scope.module, evaluator.platform)
    names = [(name, False) for name in facts.application_names] + [(name, True) for name in facts.handler_names]
    if detected is not None:
        variable = detected.variable
        is_handler = variable.lower() in facts.handler_names
        one = candidate(variable, evaluator, is_handler=is_handler)
        others = tuple(candidate(name, evaluator, is_handler=expects) for name, expects in names if name != variable)
        judgement = _nothing((one,)) if one.is_missing else one.judgement
        if one.may_be_missing and scope.module.contains("__getattr__"):
            judgement = Undecided("the module may have a __getattr__")
        return EntryPoint(judgement, one, (one, *others), detected, syntactic=True)
    candidates = tuple(candidate(name, evaluator, is_handler=is_handler) for name, is_handler in names)
    newer = scope.module.problem is not None and certain_problem(scope.module, evaluator) is None
    nothing = Undecided("syntax that is not known") if newer else _nothing(candidates)
    return EntryPoint(nothing, None, candidates, None, syntactic=True)


def _nothing(candidates: tuple[Candidate, ...]) -> Wrong:
    names = listed([one.variable for one in candidates])
    return Wrong("missing", "nothing", f"the module has no {names}", candidates[0].value)


def candidate(name: str, evaluator: Evaluator, *, is_handler: bool) -> Candidate:
    """What the function's module has under `name` when it has been loaded."""
    scope = evaluator.function_module
    value = evaluator.final(name, scope)
    bindings, _ = evaluator.bindings(name, Place(scope))
    judgements = [
        judge_option(option, evaluator, is_handler=is_handler)
        for option in options(value)
        if not isinstance(option, Unbound)
    ]
    missing = any(isinstance(option, Unbound) for option in options(value))
    kept = tuple(reached for reached in bindings if reached.binding.kind != "delete")
    if isinstance(value, Unbound) and _is_spelled_otherwise(name, scope):
        value = Unknown("a name in other letters, which Python takes for the same")
        return Candidate(name, is_handler, value, Undecided(value.reason), kept, missing)
    return Candidate(name, is_handler, value, agreed(judgements), kept, missing)


def _is_spelled_otherwise(name: str, scope: ModuleScope) -> bool:
    """Whether the module has the name in other letters that Python takes for these, such as those of full width."""
    has_others = scope.module.matches(re.compile(r"[^\x00-\x7f]"))
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    return has_others and any(
        not statement.mentions(name) and pattern.search(unicodedata.normalize("NFKC", statement.text))
        for statement in scope.module.statements
    )


def _as_listed(one: Candidate, evaluator: Evaluator) -> Candidate:
    """The candidate as `dir` shows it, where the module says by `__dir__` itself which names it has."""
    scope = evaluator.function_module
    if not scope.module.contains("__dir__"):
        return one
    function = evaluator.final("__dir__", scope)
    if not isinstance(function, FunctionValue):
        return one
    names = plain(evaluator.call(function, Arguments(), Place(scope)))
    if isinstance(names, list | tuple):
        return one if one.variable in names else replace(one, value=Unbound(), may_be_missing=True)
    return replace(one, judgement=Undecided("the module has its own __dir__"), may_be_missing=True)


def judge_option(value: Value, evaluator: Evaluator, *, is_handler: bool) -> Judgement:
    """What the runtime makes of one value under a handler's or an application's name."""
    if not is_handler:
        return judge_application(value, evaluator)
    judgement = judge_handler(value, evaluator)
    if not isinstance(judgement, Wrong) or judgement.fault == "unusable-handler":
        return judgement
    if not evaluator.platform.entry_point.looks_at_signature:
        return judgement
    other = judge_application(value, evaluator)  # which the runtime takes it for
    if not isinstance(other, Wrong) or other.fault == "unanswered":
        return other
    return replace(judgement, at_start=other.at_start)


def _combine(
    found: list[tuple[Candidate, Judgement]],
    candidates: tuple[Candidate, ...],
    detected: Detected | None,
    *,
    syntactic: bool,
) -> EntryPoint:
    judgement = agreed([judgement for _, judgement in found])
    missing = isinstance(judgement, Wrong) and judgement.fault == "missing" and not judgement.value.origin
    chosen = found[0][0] if not missing or not found[0][0].is_missing else None
    if len(found) > 1 and not isinstance(judgement, Wrong):
        chosen = found[0][0] if isinstance(judgement, Right) else None
    return EntryPoint(judgement, chosen, candidates, detected, syntactic)
