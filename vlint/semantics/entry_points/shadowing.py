"""Entry points that work and are passed over, because the platform takes another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.entry_points.judgements import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Location
    from vlint.semantics.entry_points.entry_point import Candidate, EntryPoint


def shadowed(found: EntryPoint) -> Iterator[tuple[Candidate, Location]]:
    """The candidates, other than the chosen one and with another value, that certainly would work."""
    winner = found.chosen
    if winner is None or winner.may_be_missing:
        return
    for candidate in found.candidates:
        if candidate is winner or candidate.may_be_missing or candidate.value == winner.value:
            continue
        if isinstance(candidate.judgement, Right) and candidate.location is not None:
            yield candidate, candidate.location
