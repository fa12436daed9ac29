"""The code frame: marks stand under what they mean, measured in terminal cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.report.samples import EVERYTHING, finding, span
from vlint.report import render
from vlint.report.frame import MOST_CELLS, crop, frame, frame_line
from vlint.report.report import Report, Style
from vlint.text import Range, Source


def shown(text: str, place: Range, **options: object) -> str:
    lines = frame(Source(text), place, mark_style="", width=options.pop("width", None), **options)  # type: ignore[arg-type]  # as given
    return "\n".join(line.plain for line in lines)


def test_lines_around_and_the_mark_below() -> None:
    text = "one = 1\ntwo = open('x')\nthree = 3\n"
    assert shown(text, span(2, 7, 2, 16)) == (
        "  |\n1 | one = 1\n2 | two = open('x')\n  |       ^^^^^^^^^\n3 | three = 3\n  |"
    )


def test_blank_lines_around_are_left_out() -> None:
    assert shown("\n\nx = 1\n\n", span(3, 1, 3, 2)) == "  |\n3 | x = 1\n  | ^\n  |"


def test_the_gutter_is_as_wide_as_the_widest_number() -> None:
    text = "x\n" * 100
    assert shown(text, span(99, 1, 99, 2)) == "    |\n 98 | x\n 99 | x\n    | ^\n100 | x\n    |"


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("\tx = 1", 2, 3),
        ("a\tbc\td = 1", 6, 7),
        ("名前 = open('x')", 6, 10),
        ("'😀👍🏽' + open('x')", 9, 13),
        ("'e\u0301a' + x", 9, 10),
        ("'👨\u200d👩\u200d👧' + x", 11, 12),
        ("\x1b[31m = x", 9, 10),
        ("x\u202e = y", 6, 7),
        ("x = 1", 6, 6),
        ("", 1, 1),
    ],
)
def test_the_mark_stands_under_the_range(line, start, end) -> None:
    made = frame_line(Source(line), span(1, start, 1, end), 1)
    assert made.mark is not None
    first, length = made.mark
    before, marked = line[: start - 1].expandtabs(4), line[start - 1 : end - 1]
    assert first == cell_len(before.replace("\x1b", "?").replace("\u202e", "?"))
    assert length == max(cell_len(marked), 1)
    assert "\t" not in made.text
    assert "\x1b" not in made.text
    assert "\u202e" not in made.text


def test_a_range_of_several_lines() -> None:
    text = "x = f(\n    1,\n    2,\n)\n"
    assert shown(text, span(1, 5, 4, 2)) == (
        "  |\n1 | x = f(\n  |     ^^\n2 |     1,\n  |     ^^\n3 |     2,\n  |     ^^\n4 | )\n  | ^\n  |"
    )


def test_a_long_range_is_shown_by_its_ends() -> None:
    text = "".join(f"line{number}\n" for number in range(1, 30))
    lines = shown(text, span(2, 1, 20, 3)).splitlines()
    assert [line.split("|")[0].strip() for line in lines if "^" not in line] == [
        "", "1", "2", "3", "4", "…", "18", "19", "20", "21", "",
    ]  # fmt: skip


def test_a_range_that_ends_before_a_line_does_not_mark_it() -> None:
    assert shown("one\ntwo\n", span(1, 1, 2, 1)) == "  |\n1 | one\n  | ^^^\n2 | two\n  |"


@pytest.mark.parametrize("place", [span(2, 1, 2, 1), span(9, 9, 9, 9), span(1, 99, 1, 100), span(0, 0, 0, 0)])
def test_a_range_at_or_past_the_end_has_one_mark_at_most(place) -> None:
    assert shown("x = 1\n", place).count("^") <= 1


def test_no_line_end_is_shown() -> None:
    assert shown("a = 1\r\nb = 2\rc = 3", span(2, 1, 2, 2), context=1) == (
        "  |\n1 | a = 1\n2 | b = 2\n  | ^\n3 | c = 3\n  |"
    )


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("column", [1, 30, 200, 395])
def test_a_long_line_is_cut_with_the_mark_in_sight(width, column) -> None:
    line = "".join(f"{number:>4}" for number in range(100))
    text = shown(line, span(1, column, 1, column + 3), width=width)
    code, marks = text.splitlines()[1:3]
    assert cell_len(code) <= width
    at = marks.index("^")
    assert code[at : at + 3] == line[column - 1 : column + 2]


def test_wide_characters_are_never_cut_in_half() -> None:
    made = crop(frame_line(Source("中" * 100), span(1, 50, 1, 52), 1), 31)
    assert cell_len(made.text) <= 31
    assert made.mark is not None
    assert made.mark[0] + made.mark[1] <= 31


def test_a_file_of_one_huge_line_is_no_trouble() -> None:
    text = shown("x" * 5_000_000, span(1, 4_000_000, 1, 4_500_000))
    assert max(map(len, text.splitlines())) <= MOST_CELLS + 3


def test_text_report() -> None:
    text = render("text", EVERYTHING, Style())
    assert text.startswith(
        "error[VL201]: 'file.txt' is looked for from the project root\n"
        " --> api/user.py:3:11\n"
        "  |\n"
        "3 | with open('file.txt') as file:\n"
        "  |           ^^^^^^^^^^\n"
        "4 |     pass\n"
        "  |\n"
        "  = help: Write 'api/file.txt'\n"
        "  = fix: Write 'api/file.txt' (--fix)\n"
        "  = note: the other one is here\n"
        " --> api/ünï côdé.py:2:13\n"
    )
    assert text.endswith("Found 1 error, 1 warning and 1 note in 2 files. 1 fixable with --fix.\n")


def test_colour_only_when_asked_for() -> None:
    assert "\x1b[" not in render("text", EVERYTHING, Style(color=False, width=100))
    assert "\x1b[1;31merror[VL201]\x1b[0m" in render("text", EVERYTHING, Style(color=True, width=100))


def test_long_messages_are_wrapped_to_the_terminal_only() -> None:
    report = Report((finding("a.py", span(1, 1, 1, 2), message="word " * 60, help="other " * 60),))
    wrapped = render("text", report, Style(width=60))
    assert max(map(cell_len, wrapped.splitlines())) <= 60
    assert wrapped.split() == render("text", report, Style()).split()
    assert render("text", report, Style()).splitlines()[0].count("word") == 60


def test_a_file_that_cannot_be_read_has_no_frame() -> None:
    report = Report((finding("gone.py", span(1, 1, 1, 1)),))
    assert render("text", report, Style(quiet=True)).splitlines()[1:2] == [" --> gone.py:1:1"]
