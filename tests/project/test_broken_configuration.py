"""A `vercel.json` broken in every way gives findings with places in the text, and never a traceback.

One project stays open, as in an editor, so that what it remembers is put to the test as well.
"""

from __future__ import annotations

import json

import pytest

from tests.ending import ends
from tests.proof.test_configuration_shape import OTHERS, RIGHT, at, places
from vlint import Finding, Severity
from vlint.linter import check as check_project
from vlint.linter import lint, open_project
from vlint.platform import platform_names
from vlint.text import Source

TEXT = json.dumps(RIGHT, indent=1)


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    (root / "api").mkdir()
    (root / "api/a.py").write_text("from http.server import BaseHTTPRequestHandler as B\nclass handler(B): pass\n")

    projects = {platform: open_project(root, platform=platform) for platform in platform_names()}

    def check(text: str, platform: str = "2025-03") -> list[Finding]:
        projects[platform].tree.set_overlay("vercel.json", text)
        found = check_project(projects[platform])
        source = Source(text)
        for finding in found:
            if finding.path == "vercel.json":
                start, end = finding.range.start, finding.range.end
                assert start <= end <= source.position(len(text))
                assert source.position(source.offset(start)) == start
                assert source.position(source.offset(end)) == end
        return [finding for finding in found if finding.code.startswith("VL5")]

    return check


def test_cut_at_every_character(findings) -> None:
    for cut in range(len(TEXT)):
        found = findings(TEXT[:cut])
        assert [finding.code for finding in found] == ["VL501"], cut
        assert found[0].severity is Severity.ERROR


def test_every_character_taken_away_or_changed(findings) -> None:
    for place in range(0, len(TEXT), 3):
        findings(TEXT[:place] + TEXT[place + 1 :])
        findings(TEXT[:place] + "\x00" + TEXT[place + 1 :])
        findings(TEXT[:place] + "{" + TEXT[place + 1 :])


def test_another_type_at_every_place(findings) -> None:
    for path in places(RIGHT):
        for other in OTHERS[:: 1 if len(path) < 2 else 4]:
            made = json.loads(TEXT)
            if path:
                at(made, path[:-1])[path[-1]] = other
            else:
                made = other
            findings(json.dumps(made))


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"a": 1, "a": 2}', ["VL501", "VL501"]),
        ("\ufeff{}", ["VL501"]),
        ("", ["VL501"]),
        ("null", ["VL501"]),
        ('"text"', ["VL501"]),
        ("{}", []),
        ("\x00", ["VL501"]),
        ("[" * 100_000, ["VL501"]),
        ('{"functions": ' * 50_000, ["VL501"]),
        ('{"functions": {"api/' + "{a,b}" * 40 + '.py": {"memory": 128}}}', []),
        ('{"functions": {"' + "!(" * 100 + '": {"memory": 128}}}', []),
        ('{"functions": {"\\ud800": {"memory": 1}}}', ["VL502", "VL503"]),
        ('{"builds": [{"use": "@vercel/python", "src": "' + "*" * 4000 + '"}]}', ["VL504"]),
    ],
)
def test_hostile_files(findings, text, codes, platform) -> None:
    assert [finding.code for finding in findings(text, platform)] == codes


def test_five_megabytes(findings) -> None:
    entries = ",".join(f'{{"source": "/{index}", "destination": "/api/{index}"}}' for index in range(110_000))
    text = f'{{"rewrites": [{entries}], "cleanUrls": 1}}'
    assert len(text) > 5_000_000
    with ends():
        found = findings(text)
    assert {finding.code for finding in found} == {"VL501", "VL506"}


def test_bytes_that_are_no_text(tmp_path) -> None:
    (tmp_path / "vercel.json").write_bytes(b'{"name": "\xff\xfe", "cleanUrls": 1}')
    (found,) = lint(tmp_path)
    assert (found.code, found.range.start.column) == ("VL501", 29)
