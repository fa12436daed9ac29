"""What a function-scoped rule is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Problem
    from vlint.platform import Platform
    from vlint.project.functions import Function
    from vlint.project.project import Project
    from vlint.semantics.entry_points.entry_point import EntryPoint
    from vlint.semantics.entry_points.faults import FaultFound
    from vlint.semantics.entry_points.judgements import Fault
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.syntax.module import Module


@dataclass(frozen=True)
class FunctionModule:
    """A function with its module; semantic values hang on it and are computed when first asked for."""

    project: Project
    function: Function
    module: Module

    @property
    def platform(self) -> Platform:
        """The platform in force."""
        return self.project.platform

    @cached_property
    def evaluator(self) -> Evaluator:
        """An evaluator of this module's code, made for this check."""
        from vlint.semantics.evaluation.evaluator import Evaluator

        return Evaluator(self.project, self.function.path)

    @property
    def entry_point(self) -> EntryPoint:
        """The verdict on the module's entry point."""
        from vlint.semantics.entry_points.entry_point import entry_point

        return entry_point(self.project, self.function)

    def application_fault(self, kind: Fault) -> Iterator[Problem]:
        """The fault of that kind that the application certainly has, told with what follows from it."""
        from vlint.semantics.entry_points.faults import fault

        found = fault(self.entry_point, self.evaluator, kind)
        if found is not None:
            yield found.problem(f", so {self.consequence_of(found)}")

    @property
    def gets_no_value(self) -> bool:
        """Whether making the entry point raises, which the rules about entry points tell."""
        from vlint.semantics.entry_points.judgements import Wrong
        from vlint.semantics.evaluation.values import Fails, Unbound

        judgement = self.entry_point.judgement
        if not isinstance(judgement, Wrong) or not isinstance(judgement.value, Fails):
            return False
        return not isinstance(judgement.value, Unbound) or judgement.value.origin is not None

    @property
    def is_built(self) -> bool:
        """Whether the platform builds the module as a function; while it does not parse, whether it is meant as one."""
        from vlint.semantics.entry_points.deployed import is_built

        if is_built(self.project, self.function.path):
            return True
        return self.module.problem is not None and any(one.is_certain for one in self.entry_point.candidates)

    @property
    def consequence_of_nothing(self) -> str:
        """What the platform does with a function that has no entry point."""
        if self._is_left_out:
            return "the file is not deployed, and requests get 404"
        return self.consequence_at_start

    @property
    def consequence_at_start(self) -> str:
        """What follows from an entry point that the runtime refuses."""
        return "the function exits at start: every request gets 500"

    def consequence_of(self, found: FaultFound) -> str:
        """What the platform does with a function whose entry point has a fault."""
        return self.consequence_of_nothing if found.at_start or self._is_left_out else "every request gets 500"

    @property
    def _is_left_out(self) -> bool:
        found = self.entry_point
        return found.syntactic and found.detected is None
