"""The text of one requirement (PEP 508), and where and why it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as ParsedRequirement

_SINGLE_EQUALS = re.compile(r"(?<![=!<>~])=(?!=)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is no requirement: packaging's reason, and the indices (from 0) of what it stumbles over.

    `is_single_equals`: with `==` in that place it would be one.
    """

    reason: str
    start: int
    end: int
    is_single_equals: bool = False


def parse_requirement(text: str) -> ParsedRequirement | Refusal:
    """The requirement that `text` is, or why it is none."""
    try:
        return ParsedRequirement(text)
    except InvalidRequirement as error:
        reason, column = _reason_and_column(error)
    except RecursionError:  # brackets in a condition
        return Refusal("it is nested too deeply", 0, len(text))
    reason = f"{reason[:1].lower()}{reason[1:]}"
    equals = _SINGLE_EQUALS.search(text)
    if equals and _is_requirement(f"{text[: equals.start()]}={text[equals.start() :]}"):
        return Refusal(reason, equals.start(), equals.end(), is_single_equals=True)
    column = min(column, len(text))
    return Refusal(reason, column, min(column + 1, len(text)))


def _is_requirement(text: str) -> bool:
    try:
        ParsedRequirement(text)
    except (InvalidRequirement, RecursionError):
        return False
    return True


def _reason_and_column(error: InvalidRequirement) -> tuple[str, int]:
    """The first line of packaging's message, and the index (from 0) that its caret points at; 0 where it has none."""
    lines = str(error).splitlines()
    if len(lines) < 3:
        return lines[0].rstrip(".") if lines else "it is no requirement", 0
    return lines[0], max(lines[-1].find("~"), 0) - 4 if "~" in lines[-1] else max(lines[-1].find("^") - 4, 0)
