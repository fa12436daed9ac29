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
class OpenString:
    """A string without its end.

    Attributes:
        text: What is written of it so far.
        is_formatted: Whether it is an f-string.
        callee: The dotted name of the call whose argument it is, or nothing.
        index: Which positional argument it is, from 0.
        keyword: The keyword it is passed by, or None.
        earlier: The strings that are the arguments before it; None for one that is something else.
    """

    text: str
    is_formatted: bool
    callee: str
    index: int
    keyword: str | None
    earlier: tuple[str | None, ...]


@dataclass
class _Call:
    """An open bracket, and what has been seen behind it."""

    callee: str
    arguments: list[str | None] = field(default_factory=list)
    current: str | None = None
    is_simple: bool = True
    keyword: str | None = None

    def take(self, text: str | None) -> None:
        """A part of the argument: it stays known only if it is a single string."""
        self.is_simple = self.is_simple and self.current is None and text is not None
        self.current = text if self.is_simple else None

    def next_argument(self) -> None:
        self.arguments.append(self.current)
        self.current, self.is_simple, self.keyword = None, True, None


def open_string(text: str) -> OpenString | None:
    """The string that `text`, the start of a statement, ends within; None where it ends outside of any."""
    calls = [_Call("")]
    name, name_end, position = "", -1, 0
    while True:
        token = _TOKEN.search(text, position)
        if token is None:
            return None
        position = token.end()
        if token["quote"]:
            end = _ENDS[token["quote"]].match(text, position)
            if end is None:
                return _found(token, text[position:], calls[-1])
            calls[-1].take(text[position : end.end() - len(token["quote"])])
            position = end.end()
        elif token["name"]:
            name, name_end = re.sub(r"\s", "", token["name"]), token.end()
            calls[-1].take(None)
        elif token["open"]:
            is_call = token["open"] == "(" and not text[name_end : token.start()].strip() and name_end >= 0
            calls.append(_Call(name if is_call else ""))
        elif token["close"] and len(calls) > 1:
            calls.pop()
        elif token["comma"]:
            calls[-1].next_argument()
        elif token["equals"] and len(calls) > 1:
            calls[-1].keyword, calls[-1].is_simple, calls[-1].current = name, True, None
        if not token["name"]:
            name_end = -1


def _found(token: re.Match[str], rest: str, call: _Call) -> OpenString | None:
    if len(token["quote"]) == 1 and re.search(r"[\r\n]", rest.replace("\\\r\n", "").replace("\\\n", "")):
        return None  # a string in a line above that was never ended: what follows cannot be told
    is_formatted = "f" in token["prefix"].lower() or "t" in token["prefix"].lower()
    return OpenString(rest, is_formatted, call.callee, len(call.arguments), call.keyword, tuple(call.arguments))
