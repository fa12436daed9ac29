"""The options of a line in a requirements file (`-r`, `--hash` …), as pip splits and abbreviates them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

INDEXES = {"-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links"}
INCLUDES = {"-r", "--requirement"}
CONSTRAINTS = {"-c", "--constraint"}
EDITABLES = {"-e", "--editable"}
_WITH_VALUE = {
    *INDEXES, *INCLUDES, *CONSTRAINTS, *EDITABLES, "--no-binary", "--only-binary", "--trusted-host", "--use-feature",
    "--global-option", "--hash", "--config-settings", "--config-setting", "-C",
}  # fmt: skip
_WITHOUT_VALUE = {"--no-index", "--prefer-binary", "--require-hashes", "--pre"}
_HASHES = ("sha256", "sha384", "sha512")


class OptionError(ValueError):
    """pip refuses the options; `start` and `end` are indices into the line."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its value, and where the value stands (indices into the line, from 0)."""

    name: str
    value: str
    start: int
    end: int


def parse_options(text: str, start: int, *, checks_hashes: bool = True) -> list[Option]:
    """The options of the line `text` from index `start` on that take a value.

    `checks_hashes`: whether a hash has to be of a known kind, as pip wants it.

    Raises:
        OptionError: pip would stop here.
    """
    found: list[Option] = []
    waiting: Option | None = None
    for word, word_start, word_end in _words(text, start):
        if waiting is not None:
            found.append(Option(waiting.name, word, word_start, word_end))
            waiting = None
        elif word == "--":
            break  # what follows are arguments, and pip looks at none behind an option
        elif word.startswith("-"):
            name, value = _split(word, word_start, word_end)
            if value is not None:
                found.append(Option(name, value, word_end - len(value), word_end))
            elif name in _WITH_VALUE:
                waiting = Option(name, "", word_start, word_end)
    if waiting is not None:
        raise OptionError(f"`{waiting.name}` needs a value", waiting.start, waiting.end)
    for option in found:
        if (
            checks_hashes
            and option.name == "--hash"
            and not option.value.startswith(tuple(f"{name}:" for name in _HASHES))
        ):
            names = ", ".join(_HASHES)
            raise OptionError(f"a hash is written `name:value`, with one of {names}", option.start, option.end)
    return found


def _words(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The words as a shell has them, and where each stands; of one with quotes inside, the place is near."""
    try:
        words = shlex.split(text[start:])
    except ValueError as error:
        raise OptionError(f"the options cannot be split: {str(error).lower()}", start, len(text)) from None
    position = start
    for word in words:
        begin = max(text.find(word, position), position)
        position = min(begin + len(word), len(text))
        yield word, begin, position


def _split(word: str, start: int, end: int) -> tuple[str, str | None]:
    """An option's full name, and the value that is written with it."""
    if not word.startswith("--"):
        if word[:2] in _WITH_VALUE:
            return word[:2], word[2:] or None
        raise OptionError(f"pip has no option `{word}` in a requirements file", start, end)
    name, equals, value = word.partition("=")
    known = _WITH_VALUE | _WITHOUT_VALUE
    matches = [name] if name in known else [option for option in known if option.startswith(name)]
    if len(matches) != 1:
        raise OptionError(f"pip has no option `{name}` in a requirements file", start, end)
    if equals and matches[0] in _WITHOUT_VALUE:
        raise OptionError(f"`{name}` takes no value", start, end)
    return matches[0], value if equals else None
