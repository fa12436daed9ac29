"""What is wrong with an entry point that is there: where to point, what to say, and the fix where one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.finding import Fix, Location, Problem, Related
from vlint.semantics.entry_points.fault_fixes import fix_of
from vlint.semantics.entry_points.judgements import Fault, Right, Wrong
from vlint.semantics.evaluation.values import Fails
from vlint.text import FILE_START

if TYPE_CHECKING:
    from vlint.semantics.entry_points.entry_point import Candidate, EntryPoint
    from vlint.semantics.evaluation.evaluator import Evaluator


@dataclass(frozen=True)
class FaultFound:
    """A fault of the chosen entry point, ready to be told."""

    variable: str
    location: Location
    what: str
    reason: str
    raises: bool = False
    """Whether making the value raises, as `reason` says."""
    at_start: bool = False
    """Whether the function certainly ends when it starts."""
    help: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()

    @property
    def sentence(self) -> str:
        """What the variable is, and what is wrong with that."""
        if self.raises:
            return f"`{self.variable}` gets no value: this {self.reason}"
        what = self.what.removesuffix(f" (`{self.variable}`)")
        return f"`{self.variable}` is {what}, which {self.reason}"

    def problem(self, consequence: str) -> Problem:
        """The fault as a rule tells it; `consequence` goes on with the sentence."""
        message = f"{self.sentence}{consequence}"
        return Problem(self.location, message, help=self.help, fix=self.fix, related=self.related)


def fault(found: EntryPoint, evaluator: Evaluator, kind: Fault) -> FaultFound | None:
    """The fault of that kind that the entry point certainly has, or None."""
    chosen = found.chosen or _unseen_handler(found)
    judgement = chosen.judgement if chosen is not None and found.chosen is None else found.judgement
    if not isinstance(judgement, Wrong) or judgement.fault != kind or chosen is None:
        return None
    location = chosen.location or Location(evaluator.function_path, FILE_START)
    return FaultFound(
        chosen.variable,
        location,
        judgement.what,
        judgement.reason,
        raises=isinstance(judgement.value, Fails),
        at_start=judgement.at_start,
        help=judgement.hint or _advice(found, judgement, evaluator),
        fix=fix_of(found, chosen, judgement, evaluator),
        related=related_to(location, judgement),
    )


def _unseen_handler(found: EntryPoint) -> Candidate | None:
    """The handler that the look at the syntax does not see, and that is wrong all the same; None if there is more."""
    if not found.syntactic or found.detected is not None:
        return None
    certain = [one for one in found.candidates if one.is_certain]
    if not all(isinstance(one.judgement, Wrong) for one in certain):
        return None
    return next((one for one in certain if one.is_handler and not _is_seen_as_application(one)), None)


def _is_seen_as_application(one: Candidate) -> bool:
    """Whether the platform would take a handler for an application, if it saw it: VL107 tells that it does not."""
    return isinstance(one.judgement, Wrong) and one.judgement.fault == "unanswered"


def _advice(found: EntryPoint, judgement: Wrong, evaluator: Evaluator) -> str | None:
    """What to write instead, where no table has a better word."""
    works = [one.variable for one in found.candidates if not one.is_handler and isinstance(one.judgement, Right)]
    if judgement.fault == "not-a-handler" and works:
        return f"take it away: `{works[0]}` works by itself"
    if judgement.fault == "not-a-handler":
        base = evaluator.platform.entry_point.handler_base.rpartition(".")[2]
        return f"write `class handler({base})` with a method `do_GET`, or an application `app` without `handler`"
    if judgement.fault == "signature":
        return "an application takes `(environ, start_response)`, or is async and takes `(scope, receive, send)`"
    return None


def related_to(location: Location, judgement: Wrong) -> tuple[Related, ...]:
    """Where the value came to be, if that is another place than the name's."""
    origin = judgement.value.origin
    if origin is None or origin == location:
        return ()
    return (Related(origin, f"this is {judgement.what}"),)
