"""Fixes: edits over texts, overlaps, rounds, encodings, and diffs that Git takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlint.finding import Applicability, Edit, Finding, Fix, Severity
from vlint.fixes import apply_edits, apply_fixes, encode, fix_all, read_text, unified_diff
from vlint.text import Source


def edit(text: str, old: str, new: str, *, path: str = "a.py", start: int | None = None) -> Edit:
    place = text.index(old) if start is None else start
    return Edit(path, Source(text).range(place, place + len(old)), new)


def finding(*edits: Edit, safe: bool = True) -> Finding:
    fix = Fix("a fix", Applicability.SAFE if safe else Applicability.UNSAFE, edits)
    return Finding("VL201", "x", Severity.ERROR, "m", edits[0].path, edits[0].range, "u", fix=fix)


def test_edits_on_one_line() -> None:
    text = "open('a'); open('b')\n"
    assert apply_edits(text, [edit(text, "'b'", "'data/b'"), edit(text, "'a'", "'data/a'")]) == (
        "open('data/a'); open('data/b')\n"
    )


def test_insertions_at_one_place_keep_their_order() -> None:
    text = "x\n"
    assert apply_edits(text, [edit(text, "", "1"), edit(text, "", "2")]) == "12x\n"


def test_insertion_before_a_replaced_range() -> None:
    text = "abc"
    assert apply_edits(text, [edit(text, "abc", "x"), edit(text, "", "i", start=0)]) == "ix"
    assert apply_edits(text, [edit(text, "abc", "x"), edit(text, "", "i", start=3)]) == "xi"


@pytest.mark.parametrize(("first", "second"), [("abc", "bcd"), ("bc", "abcd"), ("abcd", "bc"), ("abc", "abcd")])
def test_overlapping_edits_are_refused(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="overlapping"):
        apply_edits("abcd", [edit("abcd", first, "x"), edit("abcd", second, "y")])


def test_insertion_inside_a_replaced_range_is_refused() -> None:
    with pytest.raises(ValueError, match="overlapping"):
        apply_edits("abcd", [edit("abcd", "abcd", "x"), edit("abcd", "", "y", start=2)])


def test_the_first_of_overlapping_fixes_is_made_and_the_other_left() -> None:
    text = "abcd"
    first, second = finding(edit(text, "abc", "x")), finding(edit(text, "cd", "y"))
    assert apply_fixes([first, second], lambda _: text) == ({"a.py": "xd"}, (first,))


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    text = "abcd"
    first, second = finding(edit(text, "a", "x")), finding(edit(text, "a", "y"), edit(text, "d", "z"))
    assert apply_fixes([first, second], lambda _: text)[0] == {"a.py": "xbcd"}


def test_an_import_that_two_fixes_need_is_added_once() -> None:
    text = "open('a')\nopen('b')\n"
    needed = edit(text, "", "import os\n", start=0)
    findings = [finding(needed, edit(text, "'a'", "os.x")), finding(needed, edit(text, "'b'", "os.y"))]
    changed, made = apply_fixes(findings, lambda _: text)
    assert changed == {"a.py": "import os\nopen(os.x)\nopen(os.y)\n"}
    assert list(made) == findings


def test_unsafe_fixes_are_made_only_when_asked_for() -> None:
    text = "ab"
    findings = [finding(edit(text, "a", "x"), safe=False), finding(edit(text, "b", "y"))]
    assert apply_fixes(findings, lambda _: text)[0] == {"a.py": "ay"}
    assert apply_fixes(findings, lambda _: text, unsafe=True)[0] == {"a.py": "xy"}


def test_overlapping_fixes_are_both_made_in_rounds() -> None:
    original = {"a.py": "aa bb"}

    def check(overlay):
        text = {**original, **overlay}["a.py"]
        return [finding(edit(text, old, new)) for old, new in (("aa bb", "aa, bb"), ("aa", "AA")) if old in text]

    outcome = fix_all(check, original.__getitem__)
    assert outcome.texts == {"a.py": "AA, bb"}
    assert len(outcome.fixed) == 2
    assert outcome.remaining == ()


def test_a_fix_that_never_ends_is_stopped() -> None:
    outcome = fix_all(lambda overlay: [finding(edit(overlay.get("a.py", ""), "", "x", start=0))], lambda _: "")
    assert set(outcome.texts["a.py"]) == {"x"}
    assert len(outcome.remaining) == 1


@given(st.text(), st.data())
def test_disjoint_edits_equal_a_rebuild(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    source = Source(text)
    pairs = [
        (a, b) for a, b in pairs if source.offset(source.position(a)) == a and source.offset(source.position(b)) == b
    ]
    edits = [Edit("a.py", source.range(a, b), f"<{number}>") for number, (a, b) in enumerate(pairs)]
    pieces, position = [], 0
    for number, (start, end) in enumerate(pairs):
        pieces += [text[position:start], f"<{number}>"]
        position = end
    assert apply_edits(text, edits) == "".join(pieces) + text[position:]


@pytest.mark.parametrize(
    "content",
    [
        b"x = 1\r\ny = 2\r",
        b"\xef\xbb\xbfx = 'e'\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
        b"x = '\xff'\n",
        "x = 'é🎉'\n".encode(),
        b"# coding: nonsense\nx\n",
    ],
)
def test_text_goes_back_to_the_same_bytes(content: bytes) -> None:
    assert encode(read_text(content), content) == content


def test_latin_1_stays_latin_1() -> None:
    content = b"# coding: latin-1\nx = '\xe9'\n"
    assert encode(read_text(content) + "# é\n", content) == content + b"# \xe9\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("name", ["api/a.py", "api/with space.py", 'api/quo"te.py', "api/é[id].py"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\r\nb\r\n", b"a\r\nB\r\n"),
        (b"a\nb", b"a\nB"),
        (b"a\nb", b"a\nb\n"),
        (b"a\rb\x0cc\x85\n" * 9, b"a\rb\x0cc\n" + b"a\rb\x0cc\x85\n" * 8),
        (b"\xff\xfe\n", b"\xff\n"),
        ("\u2028x\n".encode(), b"y\n"),
    ],
)
def test_git_applies_the_diff(tmp_path: Path, name: str, before: bytes, after: bytes) -> None:
    place = tmp_path / name
    place.parent.mkdir()
    place.write_bytes(before)
    patch = unified_diff({name: before}, {name: after})
    (tmp_path / "fix.patch").write_bytes(patch)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = subprocess.run(["git", "apply", "fix.patch"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + patch.decode("utf-8", "replace")
    assert place.read_bytes() == after


def test_a_diff_of_nothing_is_empty() -> None:
    assert unified_diff({"a.py": b"a\n"}, {"a.py": b"a\n"}) == b""
