"""What is wrong with an entry point that is there: where to point, what to say, and the fix where one is certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.finding import Fix, Location, Related
from vlint.semantics.interfaces import Fault, Wrong
from vlint.text import FILE_START

if TYPE_CHECKING:
    from vlint.semantics.entry_point import EntryPoint
    from vlint.semantics.evaluator import Evaluator


@dataclass(frozen=True)
class FaultFound:
    """A fault of the chosen entry point, ready to be told."""

    variable: str
    location: Location
    what: str
    reason: str
    help: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()


def fault(found: EntryPoint, evaluator: Evaluator, kind: Fault) -> FaultFound | None:
    """The fault of that kind that the entry point certainly has, or None."""
    judgement, chosen = found.judgement, found.chosen
    if not isinstance(judgement, Wrong) or judgement.fault != kind or chosen is None:
        return None
    location = chosen.location or Location(evaluator.function_path, FILE_START)
    return FaultFound(
        chosen.variable,
        location,
        judgement.what,
        judgement.reason,
        help=judgement.hint or None,
        related=related_to(location, judgement),
    )


def related_to(location: Location, judgement: Wrong) -> tuple[Related, ...]:
    """Where the value came to be, if that is another place than the name's."""
    origin = judgement.value.origin
    if origin is None or origin == location:
        return ()
    return (Related(origin, f"this is {judgement.what}"),)
