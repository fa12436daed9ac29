"""Each character of a TOML string is found again in the text, over strings of every kind made at random."""

from __future__ import annotations

import random
import sys

import pytest

from vlint.project.manifests.toml_document import TomlDocument
from vlint.project.manifests.toml_string import character_offsets

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ESCAPES = ["\\n", "\\u00e9", "\\U0001F600", '\\"', "\\\\", "\\t"]
PLAIN = ["a", "b", "é", "😀", " "]
KINDS = {
    '"': [*PLAIN, *ESCAPES, "'"],
    "'": [*PLAIN, "\\", '"'],
    '"""': [*PLAIN, *ESCAPES, "'", '"', '""', "\n", "\r\n", "\\\n   ", "\\ \r\n\n "],
    "'''": [*PLAIN, "\\", "'", '"', "\n", "\r\n"],
}


@pytest.mark.parametrize("quotes", KINDS)
def test_every_character_has_its_place(quotes: str) -> None:
    source = random.Random(quotes)
    tried = 0
    for _ in range(5000):
        written = quotes + "".join(source.choices(KINDS[quotes], k=source.randint(0, 6))) + quotes
        try:
            value = tomllib.loads(f"a = {written}")["a"]
        except tomllib.TOMLDecodeError:
            continue  # a quote too many
        tried += 1
        offsets = character_offsets(written)
        assert len(offsets) == len(value) + 1
        assert offsets == sorted(set(offsets))
        for character, offset in zip(value, offsets, strict=False):
            assert written[offset] == character or written[offset] in "\\\r"
    assert tried > 1000


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ('a = ["x = 1"]', 2, 3, (1, 9, 1, 10)),
        ('a = ["\\u0078 = 1"]', 2, 3, (1, 14, 1, 15)),
        ("a = ['x = 1']", 2, 3, (1, 9, 1, 10)),
        ('a = ["""\n\\\n   x = 1"""]', 2, 3, (3, 6, 3, 7)),
        ('a = ["x"]', 1, 9, (1, 8, 1, 8)),
    ],
)
def test_characters_of_a_value(text: str, start: int, end: int, expected: tuple[int, int, int, int]) -> None:
    found = TomlDocument(text).character_range(start, end, "a", 0)
    assert (found.start.line, found.start.column, found.end.line, found.end.column) == expected
