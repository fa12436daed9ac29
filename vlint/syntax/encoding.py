"""How the bytes of a module become text: byte order mark, PEP 263 declaration, UTF-8 otherwise."""

from __future__ import annotations

import codecs
import io
import tokenize
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EncodingProblem:
    """Why the bytes are not text. `offset` counts characters of the decoded text, from 0."""

    message: str
    offset: int


def decode(content: bytes) -> tuple[str, EncodingProblem | None]:
    """The text of a module, without a byte order mark and with its line ends kept, and what is wrong with it.

    Where something is, the text is what could be read, so that positions can still be shown.
    Source of the rules: PEP 263, and `tokenize.detect_encoding` of the standard library, which follows it.
    """
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError as error:
        return _decode_broken(content, str(error))
    if encoding == "utf-8-sig":
        content, encoding = content.removeprefix(codecs.BOM_UTF8), "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        return _decode_broken(content, f"{error.reason} in {encoding}", encoding, error.start)
    except (LookupError, ValueError) as error:  # codecs that do not decode to text, such as hex
        return _decode_broken(content, f"encoding {encoding} cannot be used for source code: {error}")
    null = text.find("\0")
    if null >= 0:
        return text, EncodingProblem("source code cannot contain null bytes", null)
    return text, None


def _decode_broken(
    content: bytes, message: str, encoding: str = "utf-8", start: int | None = None
) -> tuple[str, EncodingProblem]:
    content = content.removeprefix(codecs.BOM_UTF8)
    if start is None:
        start = _first_bad_byte(content)
    offset = len(content[:start].decode(encoding, "replace"))
    return content.decode(encoding, "replace"), EncodingProblem(message, offset)


def _first_bad_byte(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0
