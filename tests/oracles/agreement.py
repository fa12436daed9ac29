"""Compares what vlint says of a project with what the platform did with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vlint import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.oracles.outcome import Outcome
    from vlint import Finding

ENTRY_POINT_CODES = ("VL10", "VL405")
WITHOUT_METHODS = "VL108"
NOT_IMPLEMENTED = 501

Kind = Literal["works, and vlint is silent", "works: FALSE ALARM", "fails, and vlint says so", "fails: MISSED"]


@dataclass(frozen=True)
class Comparison:
    """One function on one platform: what became of it, and what vlint said."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def kind(self) -> Kind:
        said = any(finding.severity is not Severity.INFO or is_helper(finding) for finding in self.findings)
        if answers(self.outcome):
            return "works: FALSE ALARM" if said else "works, and vlint is silent"
        return "fails, and vlint says so" if said else "fails: MISSED"

    @property
    def agrees(self) -> bool:
        return self.kind in ("works, and vlint is silent", "fails, and vlint says so")

    def __str__(self) -> str:
        said = "; ".join(f"{finding.code} {finding.message}" for finding in self.findings) or "nothing"
        return f"the platform: {self.outcome}\n       vlint: {said}"


def answers(outcome: Outcome) -> bool:
    """Whether a request of some method is answered by the function's own code: 501 says that it has none."""
    return outcome.works and outcome.status != NOT_IMPLEMENTED


def is_helper(finding: Finding) -> bool:
    """Whether it says that a module without an entry point is a helper of other functions: true, and no mistake."""
    return finding.code == "VL101"


def compare(outcomes: Iterable[Outcome], findings: Sequence[Finding]) -> list[Comparison]:
    """Each function with the findings about it: those in its file, and those in files that are no functions."""
    outcomes = list(outcomes)
    functions = {outcome.path for outcome in outcomes}
    about = [finding for finding in findings if finding.code.startswith(ENTRY_POINT_CODES)]
    return [
        Comparison(outcome, tuple(f for f in about if f.path == outcome.path or f.path not in functions))
        for outcome in outcomes
    ]


@dataclass
class Table:
    """How often vlint and a platform agree."""

    title: str
    counts: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)

    def add(self, name: str, comparison: Comparison) -> None:
        self.counts[comparison.kind] += 1
        if not comparison.agrees:
            self.disagreements.append(f"{name}\n{comparison}")

    @property
    def failing(self) -> int:
        return self.counts["fails, and vlint says so"] + self.counts["fails: MISSED"]

    @property
    def silent_share(self) -> float:
        """The share of the failing functions about which vlint says nothing."""
        return self.counts["fails: MISSED"] / max(1, self.failing)

    def __str__(self) -> str:
        rows = [f"  {count:6}  {kind}" for kind, count in sorted(self.counts.items(), reverse=True)]
        return "\n".join([self.title, *rows, f"  silent on {self.silent_share:.1%} of what fails"])
