"""Positions in the client's units, whatever it sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from lsp_server.positions import Units
from vlint.text import Position, Source

KINDS = (types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf16, types.PositionEncodingKind.Utf32)

LINE = "é = '😀'  # ok"

COLUMNS = {  # of the character behind the emoji
    types.PositionEncodingKind.Utf8: 10,
    types.PositionEncodingKind.Utf16: 7,
    types.PositionEncodingKind.Utf32: 6,
}


@pytest.mark.parametrize("kind", KINDS)
def test_columns(kind) -> None:
    units, source = Units(kind), Source(f"\n{LINE}\n")
    place, sent = Position(2, 7), types.Position(1, COLUMNS[kind])
    assert units.position(source, place) == sent
    assert units.from_client(source, sent) == place


@pytest.mark.parametrize(("kind", "inside"), [(KINDS[0], (7, 8, 9)), (KINDS[1], (6,))])
def test_inside_of_a_character(kind, inside) -> None:
    """A place between the units of a character is moved behind it."""
    for column in inside:
        assert Units(kind).from_client(Source(LINE), types.Position(0, column)) == Position(1, 7)


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_outside(kind) -> None:
    units = Units(kind)
    for text in (LINE, "abc"):
        source = Source(f"{text}\nx")
        assert units.from_client(source, types.Position(0, 1000)) == Position(1, len(text) + 1)
        assert units.from_client(source, types.Position(1000, 0)) == Position(2, 2)
        assert units.from_client(source, types.Position(2**31 - 1, 2**31 - 1)) == Position(2, 2)
        assert units.position(source, Position(3, 5)) == types.Position(2, 0)
    assert units.from_client(Source(""), types.Position(0, 0)) == Position(1, 1)


def test_line_ends() -> None:
    """Lines end with LF, CRLF and a lone CR; a form feed and other separators are characters like any."""
    source = Source("a\r\nb\rc\nd\fe\u2028f")
    assert Units().from_client(source, types.Position(3, 4)) == Position(4, 5)
    assert Units().from_client(source, types.Position(0, 5)) == Position(1, 2)
    assert Units().from_client(source, types.Position(1, 1)) == Position(2, 2)


TEXTS = st.text(st.sampled_from(["a", "é", "你", "😀", "\n", "\r", "\t", "\f", "\u2028"]), max_size=40)


@given(TEXTS, st.integers(0, 40), st.sampled_from(KINDS))
def test_there_and_back(text, offset, kind) -> None:
    source, units = Source(text), Units(kind)
    place = source.position(offset)
    if place.column > len(source.line(place.line)) + 1:
        return  # between CR and LF, where no client can be
    assert units.from_client(source, units.position(source, place)) == place


@given(TEXTS, st.integers(0, 12), st.integers(0, 80), st.sampled_from(KINDS))
def test_every_position_is_one_in_the_text(text, line, character, kind) -> None:
    source = Source(text)
    place = Units(kind).from_client(source, types.Position(line, character))
    assert source.position(source.offset(place)) == place
