"""A JSON file: its value, what is wrong with it, and where each key and value stands.

The value comes from the standard library's fast parser, held to what JavaScript's `JSON.parse` takes (no `NaN`, no
byte order mark), since the platform reads these files with it. Positions are found only when somebody asks, one
container at a time, so a lock file of megabytes costs no more than its parse.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from vlint.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vlint.project.project import Project
    from vlint.text import Range

KeyPath = tuple["str | int", ...]
"""The way from the root value to a value: names of members and indexes (from 0) of elements."""

Span = tuple[int, int]
"""Start and end (exclusive) in characters from 0."""

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_WHITE_SPACE = " \t\r\n"
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class JsonProblem:
    """Why a text is not JSON. `message` completes "… is not JSON:"."""

    message: str
    range: Range


@dataclass(frozen=True, slots=True)
class Member:
    """Where a value stands, and its key where it has one (elements of an array have none)."""

    key: Span | None
    value: Span


class JsonDocument:
    """The text of a JSON file, with its value and positions.

    Attributes:
        path: The file, relative to the project root.
        source: Its text. Bytes that are not UTF-8 have become U+FFFD, as they do for the platform.
        value: What it holds; None also where there is a problem.
        problem: Why it is not JSON, or None.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.source = Source(text)
        self.value: Any = None
        self.problem: JsonProblem | None = None
        self._has_duplicates = False
        self._members: dict[int, Mapping[str | int, Member]] = {}
        self._parse(text)

    def key_range(self, path: KeyPath) -> Range | None:
        """Where the key of the member at `path` stands, quotes included; None for elements and where there is none."""
        member = self._member(path)
        return self.source.range(*member.key) if member is not None and member.key is not None else None

    def value_range(self, path: KeyPath = ()) -> Range | None:
        """Where the value at `path` stands, quotes or brackets included; None where there is none."""
        member = self._member(path)
        return self.source.range(*member.value) if member is not None else None

    def range(self, path: KeyPath) -> Range | None:
        """Where the key at `path` stands, or the value where it has no key: the place to point at."""
        return self.key_range(path) or self.value_range(path)

    @cached_property
    def duplicates(self) -> tuple[tuple[KeyPath, Range], ...]:
        """Each key that an object has had before, with where it stands again. The last one's value is what counts."""
        if self.problem is not None or not self._has_duplicates:
            return ()
        return tuple((path, self.source.range(*span)) for path, span in _repeated_keys(self.source.text))

    def _parse(self, text: str) -> None:
        def refuse_constant(_: str) -> NoReturn:
            raise _ConstantError

        def collect(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            members = dict(pairs)
            if len(members) != len(pairs):
                self._has_duplicates = True
            return members

        try:
            if text.startswith(_BYTE_ORDER_MARK):
                self.problem = JsonProblem("it starts with a byte order mark", self.source.range(0, 1))
                return
            self.value = json.loads(text, parse_int=_integer, parse_constant=refuse_constant, object_pairs_hook=collect)
        except json.JSONDecodeError as error:
            self.problem = self._explain(error)
        except _ConstantError:
            start, end = next(_constants(text))
            self.problem = JsonProblem(f"{text[start:end]} is not a value of JSON", self.source.range(start, end))
        except RecursionError:
            start = _deepest(text)
            self.problem = JsonProblem("it is nested too deeply", self.source.range(start, start + 1))

    def _explain(self, error: json.JSONDecodeError) -> JsonProblem:
        """The parser's complaint in the words of whoever wrote the file, the same on every version of Python."""
        text, place = self.source.text, error.pos
        before = text[:place].rstrip(_WHITE_SPACE)
        here = text[place : place + 2]
        if error.msg.startswith("Illegal trailing comma"):
            return JsonProblem("a comma stands before the closing bracket", self.source.range(place, place + 1))
        if not text.strip(_WHITE_SPACE):
            return JsonProblem("it is empty", self.source.range(0, 0))
        if error.msg.startswith("Unterminated string"):
            line_end = re.compile(r"[\r\n]|\Z").search(text, place)
            end = line_end.start() if line_end else len(text)
            return JsonProblem("a string has no closing quote", self.source.range(place, end))
        if place >= len(text):
            return JsonProblem("it ends too early", self.source.range(len(text), len(text)))
        if here[0] in "]}" and before.endswith(","):
            comma = len(before) - 1
            return JsonProblem("a comma stands before the closing bracket", self.source.range(comma, comma + 1))
        if here in ("//", "/*"):
            message = "it has a comment, which JSON does not know"
        elif here[0] == "'":
            message = "a string takes double quotes"
        elif error.msg.startswith("Invalid control character"):
            message = "a control character stands in a string"
        else:
            message = _MESSAGES.get(error.msg, error.msg[:1].lower() + error.msg[1:])
        token = _TOKEN.match(text, place)
        end = token.end() if token and token.group()[0] != '"' else place + (text[place] not in "\r\n")
        return JsonProblem(message, self.source.range(place, end))

    def _member(self, path: KeyPath) -> Member | None:
        if self.problem is not None:
            return None
        text = self.source.text
        start = len(text) - len(text.lstrip(_WHITE_SPACE))
        member: Member | None = Member(None, (start, len(text.rstrip(_WHITE_SPACE))))
        for step in path:
            if member is None or text[member.value[0]] not in "{[":
                return None
            container = member.value[0]
            if container not in self._members:
                self._members[container] = _members(text, container)
            member = self._members[container].get(step)
        return member


_MESSAGES = {
    "Expecting property name enclosed in double quotes": "a key in double quotes is expected here",
    "Expecting ':' delimiter": "a colon is expected here",
    "Expecting ',' delimiter": "a comma or a closing bracket is expected here",
    "Expecting value": "a value is expected here",
    "Extra data": "something follows the end of the value",
}


class _ConstantError(ValueError):
    """NaN, Infinity or -Infinity stands where a value should."""


def load_json(project: Project, path: str) -> JsonDocument | None:
    """The JSON file `path`, remembered by the project; None where there is no such file."""

    def load() -> JsonDocument | None:
        content = project.tree.read(path)
        return None if content is None else JsonDocument(path, content.decode("utf-8", "replace"))

    return project.remember(("json", path), load)


def _integer(digits: str) -> int | float:
    """An integer; one too long for Python to convert (JavaScript does not mind) as a float, usually infinite."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _members(text: str, container: int) -> Mapping[str | int, Member]:
    """The members of the object or the elements of the array that starts at `container`; of a repeated key the last."""
    found: dict[str | int, Member] = {}
    key: Span | None = None
    start = end = depth = 0
    for match in _TOKEN.finditer(text, container):
        token = match.group()
        depth -= token in "}]"
        closes = depth == 0 and match.start() > container
        if closes or (depth == 1 and token == ","):
            if end:
                found[json.loads(text[slice(*key)]) if key else len(found)] = Member(key, (start, end))
            key, start, end = None, 0, 0
            if closes:
                break
        elif depth == 1 and token == ":":
            key, start, end = (start, end), 0, 0
        elif match.start() > container:
            start, end = start or match.start(), match.end()
        depth += token in "{["
    return found


def _repeated_keys(text: str) -> Iterator[tuple[KeyPath, Span]]:
    """Every key that stands in its object for a second time or more, in one pass."""
    stack: list[tuple[set[str] | None, list[str | int]]] = []
    last: Span | None = None
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "{":
            stack.append((set(), [""]))
        elif token == "[":
            stack.append((None, [0]))
        elif token in "}]":
            stack.pop()
        elif token == "," and stack[-1][0] is None:
            step = stack[-1][1]
            step[0] = int(step[0]) + 1
        elif token == ":" and last is not None:
            names, step = stack[-1]
            step[0] = json.loads(text[slice(*last)])
            if names is not None and step[0] in names:
                yield tuple(way[0] for _, way in stack), last
            if names is not None:
                names.add(str(step[0]))
        last = match.span()


def _constants(text: str) -> Iterator[Span]:
    return (match.span() for match in _TOKEN.finditer(text) if match.group() in ("NaN", "Infinity", "-Infinity"))


def _deepest(text: str) -> int:
    """The offset of the bracket at which the nesting is deepest."""
    depth = deepest = offset = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        depth += (token in "{[") - (token in "}]")
        if depth > deepest:
            deepest, offset = depth, match.start()
    return offset
