"""A TOML file with the place of every key and value in it.

The values are `tomllib`'s. Neither `tomllib` nor tomlkit gives positions, so a scan of our own finds them: it runs only
on text that `tomllib` has accepted and only when a position is asked for, keeps its own stack, and takes linear time.
(tomlkit would have to be walked in rendering order, and takes ten times as long; the tests hold the scan against it.)
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from vlint.project.manifests.toml_string import character_offsets
from vlint.text import Range, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Path: TypeAlias = "tuple[str | int, ...]"
"""The way to a value from the top of the document: keys, and indices (from 0) into arrays."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^,\]}\s#]*|[^,\]}\s#]+")
_ERROR_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_NESTING = re.compile(rf"{_STRING.pattern}|\#[^\n]*|[\[\]{{}}]", re.DOTALL)
_DEEPEST = 100  # far above what a manifest needs and far below where tomllib runs out of stack


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """Why a document cannot be read, and where; `message` has no full stop."""

    message: str
    range: Range


@dataclass(frozen=True, slots=True)
class _Span:
    """Offsets (characters from 0) of a key and of its value. An array's items have the value's place for a key."""

    key_start: int
    key_end: int
    start: int
    end: int


class TomlDocument:
    """A TOML text: its values, or why there are none, and the range of each key and value."""

    def __init__(self, text: str) -> None:
        """Take `text` (decoded, without a byte order mark); nothing is raised for a text that is not TOML."""
        self.source = Source(text)

    @cached_property
    def _parsed(self) -> tuple[dict[str, Any], DocumentProblem | None]:
        text = self.source.text
        try:
            return tomllib.loads(text), None
        except tomllib.TOMLDecodeError as error:
            return {}, _problem(self.source, str(error))
        except (RecursionError, ValueError) as error:  # ValueError: a date or number that Python has no value for
            offset = _too_deep(text) if isinstance(error, RecursionError) else 0
            message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
            return {}, DocumentProblem(message, self.source.range(offset, offset + 1))

    @property
    def values(self) -> dict[str, Any]:
        """The document's values; empty where it does not parse."""
        return self._parsed[0]

    @property
    def problem(self) -> DocumentProblem | None:
        """Why the document does not parse, or None."""
        return self._parsed[1]

    def get(self, *path: str | int) -> Any:
        """The value at `path`, or None where there is none (TOML has no null)."""
        value: Any = self.values
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    @cached_property
    def _spans(self) -> Mapping[Path, _Span]:
        return {} if self.problem else _Scan(self.source.text).spans

    def value_range(self, *path: str | int) -> Range:
        """Where the value at `path` stands (a table: its header, or its braces).

        Raises:
            KeyError: there is none.
        """
        span = self._spans[path]
        return self.source.range(span.start, span.end)

    def character_range(self, start: int, end: int, *path: str | int) -> Range:
        """Where the characters `start` to `end` (from 0, without the last) of the string at `path` are written.

        Raises:
            KeyError: there is no value.
        """
        span = self._spans[path]
        offsets = character_offsets(self.source.text[span.start : span.end])
        last = len(offsets) - 1
        return self.source.range(span.start + offsets[min(start, last)], span.start + offsets[min(end, last)])

    def key_range(self, *path: str | int) -> Range:
        """Where the last key of `path` stands (an item of an array: the item).

        Raises:
            KeyError: there is none.
        """
        span = self._spans[path]
        return self.source.range(span.key_start, span.key_end)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The way to every value, in the order of the text."""
        return tuple(self._spans)


class _Scan:
    """One pass over valid TOML; `spans` holds the offsets of every key and value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[Path, _Span] = {}
        self._tables: dict[Path, int] = {}  # how many tables each array of tables has so far
        prefix: Path = ()
        position = self._skip(_BLANK, 0)
        while position < len(text):
            if text[position] == "[":
                prefix, position = self._header(position)
            else:
                position = self._pair(prefix, position)
            position = self._skip(_BLANK, position)

    def _skip(self, pattern: re.Pattern[str], position: int) -> int:
        match = pattern.match(self.text, position)
        return match.end() if match else position

    def _keys(self, position: int) -> tuple[list[tuple[str, int, int]], int]:
        """The parts of a dotted key, each with its offsets, and the offset behind them."""
        keys = []
        while True:
            position = self._skip(_SPACE, position)
            pattern = _STRING if self.text[position] in "\"'" else _BARE_KEY
            end = self._skip(pattern, position)
            keys.append((_key_name(self.text[position:end]), position, end))
            position = self._skip(_SPACE, end)
            if self.text[position : position + 1] != ".":
                return keys, position
            position += 1

    def _header(self, start: int) -> tuple[Path, int]:
        brackets = 2 if self.text.startswith("[[", start) else 1
        keys, position = self._keys(start + brackets)
        end = position + brackets
        path: Path = ()
        for name, key_start, key_end in keys:
            path = (*path, name)
            last = key_end == keys[-1][2]
            if last and brackets == 2:
                self._tables[path] = self._tables.get(path, 0) + 1
            span = _Span(key_start, key_end, start, end)
            if last and brackets == 1:
                self.spans[path] = span  # the table's own header says more than an earlier mention of it
            else:
                self.spans.setdefault(path, span)
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
                self.spans.setdefault(path, span)
        return path, end

    def _dotted(self, prefix: Path, position: int) -> tuple[Path, int, int, int]:
        """A pair's path, the offsets of its last key, and the offset of its value."""
        keys, position = self._keys(position)
        path = prefix
        for name, start, end in keys[:-1]:
            path = (*path, name)
            self.spans.setdefault(path, _Span(start, end, start, end))
        name, start, end = keys[-1]
        return (*path, name), start, end, self._skip(_SPACE, position + 1)

    def _pair(self, prefix: Path, position: int) -> int:
        path, key_start, key_end, value = self._dotted(prefix, position)
        return self._value(path, key_start, key_end, value)

    def _value(self, path: Path, key_start: int, key_end: int, position: int) -> int:
        """Scan a value, however nested; the offset behind it."""
        text, spans = self.text, self.spans
        open_values: list[tuple[Path, int, int, int, int]] = []  # path, key offsets, start, items so far
        while True:
            if text[position] in "[{":
                open_values.append((path, key_start, key_end, position, 0))
                spans[path] = _Span(key_start, key_end, position, position)  # in the order of the text; its end follows
                position += 1
            else:
                end = self._skip(_STRING if text[position] in "\"'" else _SCALAR, position)
                spans[path] = _Span(key_start, key_end, position, end)
                position = end
            while open_values:
                outer, outer_key, outer_key_end, start, count = open_values[-1]
                position = self._skip(_BLANK, position)
                if text[position] == ",":
                    position = self._skip(_BLANK, position + 1)
                if text[position] not in "]}":
                    break
                position += 1
                spans[outer] = _Span(outer_key, outer_key_end, start, position)
                open_values.pop()
            if not open_values:
                return position
            open_values[-1] = (outer, outer_key, outer_key_end, start, count + 1)
            if text[start] == "{":
                path, key_start, key_end, position = self._dotted(outer, position)
            else:
                path, key_start, key_end = (*outer, count), position, position


def _key_name(raw: str) -> str:
    if raw[0] not in "\"'":
        return raw
    if "\\" not in raw:
        return raw[1:-1]
    name: str = tomllib.loads(f"key = {raw}")["key"]
    return name


def _problem(source: Source, message: str) -> DocumentProblem:
    """The decoder's message with its place taken out of it; its lines end with LF alone."""
    place = _ERROR_PLACE.search(message)
    offset = len(source.text)
    if place and place[1]:
        offset = 0
        for _ in range(int(place[1]) - 1):
            offset = source.text.index("\n", offset) + 1
        offset += int(place[2]) - 1
    text = message[: place.start()] if place else message
    return DocumentProblem(text[:1].lower() + text[1:], source.range(offset, _behind(source.text, offset)))


def _behind(text: str, offset: int) -> int:
    """The end of the character at `offset`, or `offset` where the line ends there."""
    return offset if text[offset : offset + 1] in ("", "\r", "\n") else offset + 1


def _too_deep(text: str) -> int:
    """The offset of the first bracket that is nested deeper than a manifest can be."""
    depth = 0
    for match in _NESTING.finditer(text):
        if match[0] in "[{":
            depth += 1
            if depth > _DEEPEST:
                return match.start()
        elif match[0] in "]}":
            depth -= 1
    return 0
