"""The order in which JavaScript's `localeCompare` puts file names.

The platform sorts files with it and reports the first conflict. This is the root collation of Unicode for ASCII;
other letters come by their base letter, and what has none comes behind, by code point.
"""

from __future__ import annotations

import unicodedata

_PUNCTUATION = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_WEIGHTS = {character: weight for weight, character in enumerate(_PUNCTUATION + "0123456789")}
_LETTERS = {character: len(_WEIGHTS) + weight for weight, character in enumerate("abcdefghijklmnopqrstuvwxyz")}
_OTHERS = 1000


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[str, ...], tuple[bool, ...]]:
    """A key to sort by: letters first, then accents, then small before capital."""
    weights = []
    accents: list[str] = []
    capitals = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            accents[-1:] = [(accents[-1] if accents else "") + character]
            continue
        small = character.lower()
        weights.append(_WEIGHTS.get(small, _LETTERS.get(small, _OTHERS + ord(small[0]))))
        accents.append("")
        capitals.append(small != character)
    return tuple(weights), tuple(accents), tuple(capitals)
