"""What a judgement of an entry point can be: right with its interface, wrong with the reason, or undecided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from vlint.semantics.evaluation.values import Value

Interface = Literal["handler", "wsgi", "asgi"]
Fault = Literal["missing", "not-a-handler", "unusable-handler", "not-callable", "signature", "unanswered"]

ARGUMENTS = {"wsgi": ("environ", "start_response"), "asgi": ("scope", "receive", "send")}

HINTS = {
    "wsgi": "call `start_response(status, headers)`, then return the body as a list of bytes",
    "asgi": "send `http.response.start` with the status, then `http.response.body`",
}
"""How an application of each interface answers."""


@dataclass(frozen=True)
class Right:
    """The runtime takes it, and requests are passed to it by `interface`."""

    interface: Interface


@dataclass(frozen=True)
class Wrong:
    """The runtime does not take it, or every request fails.

    Attributes:
        fault: What kind of mistake it is.
        what: What the value is (`a function`, `an instance of Mangum`), for a sentence.
        reason: Why it does not work.
        value: The value.
        hint: What to write instead, or empty.
        at_start: Whether the runtime certainly ends when it starts, and not on each request.
    """

    fault: Fault
    what: str
    reason: str
    value: Value
    hint: str = ""
    at_start: bool = False


@dataclass(frozen=True)
class Undecided:
    """It cannot be known from the source."""

    reason: str


Judgement: TypeAlias = "Right | Wrong | Undecided"


def agreed(judgements: list[Judgement]) -> Judgement:
    """One judgement for a choice: that of all the options where they agree, else undecided."""
    if not judgements:
        return Undecided("no value")
    first = judgements[0]
    if all(isinstance(other, Right) for other in judgements):
        return first
    if isinstance(first, Wrong) and all(isinstance(other, Wrong) for other in judgements):
        return replace(first, at_start=all(isinstance(one, Wrong) and one.at_start for one in judgements))
    return Undecided("it depends on what cannot be known")
