"""Why a module has no entry point: a near miss, a name that is bound where loading never comes, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.finding import Fix, Location, Related, Severity
from vlint.text import FILE_START

if TYPE_CHECKING:
    from vlint.semantics.entry_point import EntryPoint
    from vlint.semantics.evaluator import Evaluator


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
class Hidden:
    """A name that would be an entry point if loading the module bound it."""

    variable: str
    location: Location
    reason: str
    help: str | None = None


def missing_entry_point(found: EntryPoint, evaluator: Evaluator) -> Missing | None:
    """Why the module certainly has no entry point, or None where it has (or may have) one."""
    if not found.is_missing or found.detected is not None or hidden_entry_point(found, evaluator) is not None:
        return None
    names = " or ".join(f"`{one.variable}`" for one in found.candidates)
    severity = Severity.WARNING if found.syntactic else None
    return Missing(Location(evaluator.function_path, FILE_START), f"the module has no {names}", severity=severity)


def hidden_entry_point(found: EntryPoint, evaluator: Evaluator) -> Hidden | None:
    """Where an entry point is bound that loading the module does not leave behind, or None."""
    del evaluator
    if not found.is_missing:
        return None
    return None
