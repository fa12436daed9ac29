"""The string that is being typed at a place in a text which need not parse: what it holds so far, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from keyword import iskeyword

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
_BLANK = " \t\f\r\n\\"
_LINE_END = re.compile(r"(?<![\\\r])\n|(?<!\\)\r")
"""The end of a line that no backslash continues."""
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


@dataclass(frozen=True, slots=True)
class Code:
    """What stands before a string, as it is written.

    Attributes:
        line: Where the logical line begins, as an offset in the text.
        function: What is called with the string: a name, or `Path(x).joinpath`.
        arguments: The arguments before it, without the comma that follows them.
        left: What is divided by the string.
    """

    line: int = 0
    function: str = ""
    arguments: str = ""
    left: str = ""


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
        code: What stands before it, as it is written.
        quote: What it is to end with.
    """

    text: str
    is_formatted: bool
    callee: str
    index: int
    keyword: str | None
    earlier: tuple[str | None, ...]
    divided: tuple[Operand | None, ...] = ()
    code: Code = Code()
    quote: str = "'"


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
    """An open bracket, and what has been seen behind it.

    Spans are offsets in the text: `function` is what is called, `begin` where the operands begin that only `/` parts.
    """

    callee: str
    bracket: str = ""
    function: tuple[int, int] = (0, 0)
    begin: int | None = None
    last_comma: int | None = None
    arguments: list[str | None] = field(default_factory=list)
    current: str | None = None
    is_simple: bool = True
    keyword: str | None = None
    division: _Division = field(default_factory=_Division)

    def take(self, text: str | None) -> None:
        """A part of the argument: it stays known only if it is a single string."""
        self.is_simple = self.is_simple and self.current is None and text is not None
        self.current = text if self.is_simple else None

    def next_argument(self, comma: int) -> None:
        self.begin, self.last_comma = None, comma
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
    name, name_end, position, line = "", -1, 0, 0
    while True:
        token = _TOKEN.search(text, position)
        if token is None:
            return None
        call, gap = calls[-1], text[position : token.start()]
        if gap.strip(_BLANK):
            call.division.restart()  # an operator, a number, or what else is no token
        if gap.strip(_BLANK) not in ("", "."):
            call.begin = None
        if len(calls) == 1 and _LINE_END.search(gap):
            call.begin, line = None, position + max(gap.rfind("\n"), gap.rfind("\r")) + 1
        position = token.end()
        if token["name"] and iskeyword(token["name"]):
            call.begin = None
            call.division.restart()
        elif call.begin is None and (token["quote"] or token["name"] or token["open"]):
            call.begin = token.start()
        if token["quote"]:
            end = _ENDS[token["quote"]].match(text, position)
            if end is None:
                return _found(text, token, calls, line)
            string = text[position : end.end() - len(token["quote"])]
            call.take(string)
            call.division.take([Operand("", (string,))])
            position = end.end()
        elif token["name"]:
            name, name_end = re.sub(r"\s", "", token["name"]), token.end()
            call.take(None)
        elif token["open"]:
            is_call = token["open"] == "(" and not text[name_end : token.start()].strip() and name_end >= 0
            function = (call.begin or 0, token.start()) if is_call else (0, 0)
            calls.append(_Call(name if is_call else "", token["open"], function))
        elif token["close"] and len(calls) > 1:
            calls.pop()
            calls[-1].division.take(call.as_operands())
        elif token["comma"]:
            call.next_argument(token.start())
        elif token["slash"]:
            call.division.divide()
            call.take(None)
        elif token["equals"]:
            call.begin = None
            if len(calls) > 1:
                call.keyword, call.is_simple, call.current = name, True, None
                call.division.restart()
        if not token["name"]:
            name_end = -1


def _found(text: str, token: re.Match[str], calls: list[_Call], line: int) -> OpenString | None:
    rest, call = text[token.end() :], calls[-1]
    if len(token["quote"]) == 1 and _LINE_END.search(rest):
        return None  # a string in a line above that was never ended: what follows cannot be told
    is_formatted = "f" in token["prefix"].lower() or "t" in token["prefix"].lower()
    divided = () if call.division.last else tuple(call.division.operands)
    arguments = text[call.function[1] + 1 : call.last_comma] if call.callee and call.last_comma is not None else ""
    left = (
        text[call.begin : token.start()].rstrip().removesuffix("/").rstrip()
        if divided and call.begin is not None
        else ""
    )
    code = Code(line, text[slice(*call.function)], arguments.strip(), left)
    earlier, index = tuple(call.arguments), len(call.arguments)
    return OpenString(rest, is_formatted, call.callee, index, call.keyword, earlier, divided, code, token["quote"])
