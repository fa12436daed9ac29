"""Suppression comments: where they count, what they silence, and that those which silence nothing are reported."""

from __future__ import annotations

import pytest

from vlint import lint
from vlint.fixes import apply_fixes, read_text

HOOK = "def handler(event, context):{comment}\n    return None\n"


def codes(tmp_path, files: dict[str, str | bytes]) -> list[str]:
    for name, text in files.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [f"{finding.code} {finding.path}:{finding.range.start.line}" for finding in lint(tmp_path)]


def hook(comment: str) -> dict[str, str | bytes]:
    return {"api/hook.py": HOOK.format(comment=comment)}


@pytest.mark.parametrize(
    "comment",
    [
        "  # vlint: ignore[VL102]",
        "  #vlint:ignore[VL102]",
        "  # vlint: ignore [VL102]",
        "  # vlint: ignore[vl102]",
        "  # vlint: ignore",
        "  # type: ignore  # vlint: ignore[VL102]",
        "  # vlint: ignore[VL102]  # noqa",
        "  # vlint: ignore[VL102] because a test sends nothing",
    ],
)
def test_a_comment_on_the_line_silences(tmp_path, comment) -> None:
    assert codes(tmp_path, hook(comment)) == []


@pytest.mark.parametrize(
    "comment",
    ["  # ignore[VL102]", "  # vlint: disable", "  # vlint: ignore-line[VL102]", "  # vlint ignore[VL102]"],
)
def test_other_comments_do_not(tmp_path, comment) -> None:
    assert codes(tmp_path, hook(comment)) == ["VL102 api/hook.py:1"]


@pytest.mark.parametrize("place", ["# {}\n{}", "{1}# {0}\n", "{1}    x = 1  # {0}\n"])
@pytest.mark.parametrize("words", ["vlint: ignore-file[VL102]", "vlint: ignore-file"])
def test_a_comment_anywhere_silences_the_file(tmp_path, place, words) -> None:
    assert codes(tmp_path, {"api/hook.py": place.format(words, HOOK.format(comment=""))}) == []


def test_the_inside_of_a_string_is_no_comment(tmp_path) -> None:
    text = '"""\n# vlint: ignore-file\n"""\nx = "# vlint: ignore-file"\n' + HOOK.format(comment="")
    assert codes(tmp_path, {"api/hook.py": text}) == ["VL102 api/hook.py:5"]


def test_another_code_does_not_silence_and_is_reported(tmp_path) -> None:
    assert codes(tmp_path, hook("  # vlint: ignore[VL101]")) == ["VL102 api/hook.py:1", "VL001 api/hook.py:1"]


@pytest.mark.parametrize("line", [1, 4])
def test_first_and_last_line_of_a_statement(tmp_path, line) -> None:
    lines = ["def app(", "    environ,", "    start_response, more", "): return []", ""]
    assert codes(tmp_path, {"api/a.py": "\n".join(lines)}) == ["VL104 api/a.py:1"]
    lines[line - 1] += "  # vlint: ignore[VL104]"
    assert codes(tmp_path, {"api/a.py": "\n".join(lines)}) == []


def test_a_comment_does_not_reach_the_body_below(tmp_path) -> None:
    header = "def app(environ, start_response):  # vlint: ignore[VL202]\n"
    text = f"{header}    open('absent.txt')\n    return start_response('200', []) or []\n"
    assert codes(tmp_path, {"api/a.py": text}) == ["VL001 api/a.py:1", "VL202 api/a.py:2"]


def test_a_comment_on_a_line_of_its_own_silences_nothing(tmp_path) -> None:
    files = {"api/hook.py": "# vlint: ignore[VL102]\n" + HOOK.format(comment="")}
    assert codes(tmp_path, files) == ["VL001 api/hook.py:1", "VL102 api/hook.py:2"]
    (unused, _) = lint(tmp_path)
    assert unused.help == "Write the comment at the end of the line that it is meant for, or remove it"


def test_toml_and_requirements(tmp_path) -> None:
    lock = '{"_meta": {"requires": {"python_version": "3.11"}}, "default": {}}'
    plain = '[requires]\npython_version = "3.11"\n'
    found = codes(tmp_path, {"Pipfile": plain, "Pipfile.lock": lock})
    in_pipfile = {place.split()[0] for place in found if " Pipfile:2" in place}
    assert in_pipfile
    commented = plain.replace('"3.11"', f'"3.11"  # vlint: ignore[{",".join(sorted(in_pipfile))}]')
    assert not [place for place in codes(tmp_path, {"Pipfile": commented}) if " Pipfile:" in place]


def test_unused_ones_in_toml_and_requirements(tmp_path) -> None:
    files = {
        "api/a.py": "def app(environ, start_response):\n    return start_response('200', []) or []\n",
        "pyproject.toml": "x = \"# vlint: ignore\"\ny = '''\n# vlint: ignore\n'''  # vlint: ignore[VL301]\n",
        "requirements.txt": "flask  # vlint: ignore[VL402]\nsix # x#y\nflit@https://x/#vlint:ignore\n",
    }
    found = [place for place in codes(tmp_path, files) if place.startswith("VL001")]
    assert found == ["VL001 pyproject.toml:4", "VL001 requirements.txt:1"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # vlint: ignore[VL101]\n", "x = 1\n"),
        ("x = 1  # vlint: ignore\n", "x = 1\n"),
        ("# vlint: ignore-file[VL202]\nx = 1\n", "x = 1\n"),
        ("x = 1  # noqa  # vlint: ignore[VL101]\n", "x = 1  # noqa\n"),
        ("x = 1  # vlint: ignore[VL101]  # noqa\n", "x = 1  # noqa\n"),
        ("x = 1  # vlint: ignore[VL101, VL202]\n", "x = 1\n"),
        ("x = 1  # vlint: ignore[VL999]\n", "x = 1\n"),
        ("x = 1  # vlint: ignore[VL101]", "x = 1"),
        ("é = '😀'  # vlint: ignore[VL101]\r\ny = 2\r\n", "é = '😀'\r\ny = 2\r\n"),
    ],
)
def test_the_fix_removes_what_silences_nothing(tmp_path, before, after) -> None:
    works = "def app(environ, start_response):\n    return start_response('200', []) or []\n"
    (tmp_path / "api").mkdir()
    place = tmp_path / "api" / "a.py"
    place.write_bytes((works + before).encode())
    findings = [finding for finding in lint(tmp_path) if finding.code == "VL001"]
    assert findings
    texts, made = apply_fixes(findings, lambda path: read_text(place.read_bytes()))
    assert made == tuple(findings)
    assert texts["api/a.py"] == works + after


@pytest.mark.parametrize(
    ("codes_before", "codes_after"),
    [
        ("VL102, VL101", "VL102"),
        ("VL101, VL102", "VL102"),
        ("VL101,VL102,VL202", "VL102"),
        ("VL202, VL102, VL999", "VL102"),
    ],
)
def test_the_fix_keeps_the_codes_that_silence(tmp_path, codes_before, codes_after) -> None:
    assert all(line.startswith("VL001") for line in codes(tmp_path, hook(f"  # vlint: ignore[{codes_before}]")))
    place = tmp_path / "api" / "hook.py"
    texts, _ = apply_fixes(lint(tmp_path), lambda path: place.read_text())
    assert texts["api/hook.py"] == HOOK.format(comment=f"  # vlint: ignore[{codes_after}]")


def test_an_unknown_code_names_the_nearest(tmp_path) -> None:
    codes(tmp_path, hook("  # vlint: ignore[VL102, VL10]"))
    (finding,) = lint(tmp_path)
    assert finding.message.startswith("There is no rule VL10; did you mean 'VL10")
    assert (finding.range.start.column, finding.range.end.column) == (54, 58)


def test_unused_comments_can_be_silenced_themselves(tmp_path) -> None:
    works = "def app(environ, start_response):\n    return start_response('200', []) or []\n"
    text = works + "x = 1  # vlint: ignore[VL101]  # vlint: ignore[VL001]\n"
    assert codes(tmp_path, {"api/a.py": text}) == []


def test_comments_count_in_a_file_that_is_half_typed(tmp_path) -> None:
    text = HOOK.format(comment="  # vlint: ignore[VL102]") + "x = (\n# end\n"
    assert "VL102 api/hook.py:1" not in codes(tmp_path, {"api/hook.py": text})
    text = "x = (\n" + HOOK.format(comment="  # vlint: ignore[VL102]")
    assert "VL102 api/hook.py:2" not in codes(tmp_path, {"api/hook.py": text})


def test_a_comment_in_a_helper_is_judged_too(tmp_path) -> None:
    files = {
        "api/a.py": "from api._lib import app\n",
        "api/_lib.py": "def app(environ, start_response):  # vlint: ignore[VL104]\n"
        "    return start_response('200', []) or []\n",
    }
    assert codes(tmp_path, files) == ["VL001 api/_lib.py:1"]
