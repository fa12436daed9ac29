"""Brace expansion in glob patterns, as the npm package brace-expansion 1.1 does it: `{a,b}`, `{1..3}`, nesting."""

from __future__ import annotations

import itertools
import re

LIMIT = 2_000
"""How many patterns one may become; what would be more is taken as one that nobody can judge."""

_PAIR = re.compile(r"\{[^{]*?\}")
_NUMBERS = re.compile(r"-?\d+\.\.-?\d+(?:\.\.-?\d+)?", re.ASCII)
_LETTERS = re.compile(r"[a-zA-Z]\.\.[a-zA-Z](?:\.\.-?\d+)?", re.ASCII)
_COMMA_AND_CLOSE = re.compile(r",(?!,).*\}")
_ESCAPED = {"\\\\": "\ue000", "\\{": "\ue001", "\\}": "\ue002", "\\,": "\ue003", "\\.": "\ue004"}
_CLOSE = _ESCAPED["\\}"]


class TooManyPatternsError(ValueError):
    """A pattern stands for more than `LIMIT` others."""


def expand(pattern: str) -> list[str]:
    """The patterns that `pattern` stands for; itself alone where it has no braces to expand.

    Raises:
        TooManyPatternsError: There are more than `LIMIT`.
    """
    if not _PAIR.search(pattern):
        return [pattern]
    if pattern.startswith("{}"):
        pattern = "\\{\\}" + pattern[2:]
    for escape, mask in _ESCAPED.items():
        pattern = pattern.replace(escape, mask)
    return [_unmask(expanded) for expanded in _expand(pattern, outermost=True)]


def _unmask(text: str) -> str:
    for escape, mask in _ESCAPED.items():
        text = text.replace(mask, escape[1])
    return text


def _expand(text: str, *, outermost: bool) -> list[str]:
    pair = _leftmost_pair(text)
    if pair is None:
        return [text]
    before, body, after = text[: pair[0]], text[pair[0] + 1 : pair[1]], text[pair[1] + 1 :]
    if before.endswith("$"):
        return [text]
    is_sequence = bool(_NUMBERS.fullmatch(body) or _LETTERS.fullmatch(body))
    if not is_sequence and "," not in body:
        if _COMMA_AND_CLOSE.search(after):  # Bash reads `{a},b}` as one set, and so does the platform
            return _expand(f"{before}{{{body}{_CLOSE}{after}", outermost=True)
        return [text]
    if is_sequence:
        choices = _sequence(body)
    else:
        parts = _split(body)
        if len(parts) == 1:  # x{{a,b}}y is x{a}y and x{b}y
            parts = [f"{{{part}}}" for part in _expand(parts[0], outermost=False)]
            choices = parts if len(parts) == 1 else _all(parts)
        else:
            choices = _all(parts)
    ends = _expand(after, outermost=False) if after else [""]
    if len(choices) * len(ends) > LIMIT:
        raise TooManyPatternsError
    made = (before + choice + end for choice, end in itertools.product(choices, ends))
    return [text for text in made if text or not outermost or is_sequence]


def _all(parts: list[str]) -> list[str]:
    return [expanded for part in parts for expanded in _expand(part, outermost=False)]


def _leftmost_pair(text: str) -> tuple[int, int] | None:
    """The leftmost opening brace that is closed, and where."""
    opened: list[int] = []
    best: tuple[int, int] | None = None
    for offset, character in enumerate(text):
        if character == "{":
            opened.append(offset)
        elif character == "}" and opened:
            start = opened.pop()
            if best is None or start < best[0]:
                best = (start, offset)
            if not opened:
                return best
    return best


def _split(body: str) -> list[str]:
    """The members of a set: split at commas that stand in no inner braces."""
    parts, depth = [""], 0
    pairs = {offset for pair in _pairs(body) for offset in pair}
    for offset, character in enumerate(body):
        if offset in pairs:
            depth += 1 if character == "{" else -1
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _pairs(text: str) -> list[tuple[int, int]]:
    opened: list[int] = []
    found = []
    for offset, character in enumerate(text):
        if character == "{":
            opened.append(offset)
        elif character == "}" and opened:
            found.append((opened.pop(), offset))
    return found


def _sequence(body: str) -> list[str]:
    """`1..3` → 1, 2, 3; `a..e..2` → a, c, e; `01..10` keeps its width."""
    first, last, *rest = body.split("..")
    letters = not first.lstrip("-").isdigit()
    start, stop = (ord(first), ord(last)) if letters else (int(first), int(last))
    step = max(abs(int(rest[0])), 1) if rest else 1
    count = abs(stop - start) // step + 1
    if count > LIMIT:
        raise TooManyPatternsError
    values = [start + (step if stop >= start else -step) * index for index in range(count)]
    if letters:
        return [chr(value).replace("\\", "") for value in values]
    if not any(re.match(r"-?0\d", part) for part in (first, last, *rest)):
        return [str(value) for value in values]
    width = max(len(first), len(last))
    return [f"-{-value:0{max(width - 1, 1)}d}" if value < 0 else f"{value:0{width}d}" for value in values]
