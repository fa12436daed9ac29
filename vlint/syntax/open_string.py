"""The string that is being typed at a place in a text which need not parse: what it holds so far, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | (?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|'''|"|')
      | (?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)
      | (?P<open>[(\[{])
      | (?P<close>[)\]}])
      | (?P<comma>,)
      | (?P<slash>(?<!/)/(?![/=]))
      | (?P<equals>=(?!=))""",
    re.VERBOSE,
)
_ENDS = {
    '"""': re.compile(r'(?s:\\.|[^\\])*?"""'),
    "'''": re.compile(r"(?s:\\.|[^\\])*?'''"),
    '"': re.compile(r'(?:\\(?s:.)|[^"\\\r\n])*"'),
    "'": re.compile(r"(?:\\(?s:.)|[^'\\\r\n])*'"),
}


@dataclass(frozen=True)
class Operand:
    """What stands on the left of a `/`: a call with its arguments, or (the callee is empty) a string alone."""

    callee: str
    arguments: tuple[str | None, ...]


@dataclass(frozen=True)
class OpenString:
    """A string without its end.

    Attributes:
        text: What is written of it so far.
        is_formatted: Whether it is an f-string.
        callee: The dotted name of the call whose argument it is, or nothing.
        index: Which positional argument it is, from 0.
        keyword: The keyword it is passed by, or None.
        earlier: The strings that are the arguments before it; None for one that is something else.
        divided: The operands of the division that it is the right side of, None for one that is something else.
    """

    text: str
    is_formatted: bool
    callee: str
    index: int
    keyword: str | None
    earlier: tuple[str | None, ...]
    divided: tuple[Operand | None, ...] = ()


@dataclass
class _Division:
    """Operands with `/` between them, as far as they have been seen; `last` is the one that no `/` follows yet."""

    operands: list[Operand | None] = field(default_factory=list)
    last: list[Operand | None] = field(default_factory=list)

    def take(self, found: list[Operand | None]) -> None:
        """An operand (itself a division where it has several parts), or what turns the one before it into another."""
        self.last = [None] if self.last else found

    def divide(self) -> None:
        """A `/` follows."""
        if self.operands:
            self.operands.extend(self.last or [None])
        else:
            self.operands = self.last or [None]
        self.last = []

    def restart(self) -> None:
        """Something else follows, so what came before is no operand of a division."""
        self.operands, self.last = [], []


@dataclass
class _Call:
    """An open bracket, and what has been seen behind it."""

    callee: str
    bracket: str = ""
    arguments: list[str | None] = field(default_factory=list)
    current: str | None = None
    is_simple: bool = True
    keyword: str | None = None
    division: _Division = field(default_factory=_Division)

    def take(self, text: str | None) -> None:
        """A part of the argument: it stays known only if it is a single string."""
        self.is_simple = self.is_simple and self.current is None and text is not None
        self.current = text if self.is_simple else None

    def next_argument(self) -> None:
        self.arguments.append(self.current)
        self.current, self.is_simple, self.keyword = None, True, None
        self.division.restart()

    def as_operands(self) -> list[Operand | None]:
        """What the call, whose bracket has been closed, is as an operand; brackets alone are what is in them."""
        if self.callee:
            last = () if self.current is None and self.is_simple else (self.current,)
            return [Operand(self.callee, (*self.arguments, *last))]
        if self.bracket != "(" or self.arguments:
            return [None]
        if self.division.operands:
            self.division.divide()
        return self.division.operands or self.division.last


def open_string(text: str) -> OpenString | None:
    """The string that `text`, the start of a statement, ends within; None where it ends outside of any."""
    calls = [_Call("")]
    name, name_end, position = "", -1, 0
    while True:
        token = _TOKEN.search(text, position)
        if token is None:
            return None
        if text[position : token.start()].strip(" \t\f\r\n\\"):
            calls[-1].division.restart()  # an operator, a number, or what else is no token
        position = token.end()
        call = calls[-1]
        if token["quote"]:
            end = _ENDS[token["quote"]].match(text, position)
            if end is None:
                return _found(token, text[position:], call)
            string = text[position : end.end() - len(token["quote"])]
            call.take(string)
            call.division.take([Operand("", (string,))])
            position = end.end()
        elif token["name"]:
            name, name_end = re.sub(r"\s", "", token["name"]), token.end()
            call.take(None)
        elif token["open"]:
            is_call = token["open"] == "(" and not text[name_end : token.start()].strip() and name_end >= 0
            calls.append(_Call(name if is_call else "", token["open"]))
        elif token["close"] and len(calls) > 1:
            calls.pop()
            calls[-1].division.take(call.as_operands())
        elif token["comma"]:
            call.next_argument()
        elif token["slash"]:
            call.division.divide()
            call.take(None)
        elif token["equals"] and len(calls) > 1:
            call.keyword, call.is_simple, call.current = name, True, None
            call.division.restart()
        if not token["name"]:
            name_end = -1


def _found(token: re.Match[str], rest: str, call: _Call) -> OpenString | None:
    if len(token["quote"]) == 1 and re.search(r"[\r\n]", rest.replace("\\\r\n", "").replace("\\\n", "")):
        return None  # a string in a line above that was never ended: what follows cannot be told
    is_formatted = "f" in token["prefix"].lower() or "t" in token["prefix"].lower()
    divided = () if call.division.last else tuple(call.division.operands)
    earlier = tuple(call.arguments)
    return OpenString(rest, is_formatted, call.callee, len(call.arguments), call.keyword, earlier, divided)
