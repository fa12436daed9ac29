"""Edits within statements are taken into what is known of a module: the findings stay those of a fresh run.

Real projects (the cases of all rules) are typed at where it matters: characters, words and lines come and go, words are
put for others, above all those that rules look for.
"""

from __future__ import annotations

import random
import re

import pytest

from lsp_server.session import Session
from tests.cases import all_cases
from vlint.linter import check, open_project
from vlint.syntax.check import flaw
from vlint.syntax.module import load_module

CASES = all_cases()
SHARES = 12
EVERY = 5
"""One case in so many is looked at."""
EDITS = 20
"""Edits of each module of a case."""

WORDS = (
    "open", "app", "handler", "application", "global app", "path", "self", "os.chdir('x')", "globals()", "exec('')",
    "return", "raise", "import json", "x := 1", "'data/file.txt'", "# vlint: ignore", "exit()", "yield", "Flask", "()",
    "(", "'", "del app", "if x:", "await x", "run", "do_GET", "nonlocal app", "Path", "join", "...", "pass", "def",
)  # fmt: skip

HALVES = ("def half(x\n", "value = = 1\n", "class Half(\n    pass\n", "for x in\n", "value = [1,\n", "@\n", "'\n")


def parsing(text: str, chance: random.Random) -> str:
    """The text after one edit, mostly one that leaves it right."""
    for _ in range(20):
        after = edited(text, chance)
        if chance.random() < 0.1 or (flaw(after) is None and after != text):
            return after
    return text


def with_half_a_statement(text: str, chance: random.Random) -> str:
    """The text with the beginning of a statement between two others."""
    starts = [match.start() for match in re.finditer(r"^(?=[^\s#)\]}])", text, re.MULTILINE)]
    place = chance.choice(starts or [0])
    return text[:place] + chance.choice(HALVES) + text[place:]


def edited(text: str, chance: random.Random) -> str:
    """The text after one edit."""
    words = [match.span() for match in re.finditer(r"\w+|\S", text)]
    inner = [span for span in words if text[text.rfind("\n", 0, span[0]) + 1 : span[0]].startswith(" ")]
    if inner and chance.random() < 0.8:
        words = inner
    start, end = chance.choice(words) if words else (0, 0)
    kind = chance.randrange(8)
    if kind == 0:
        place = chance.randint(start, end)
        return text[:place] + chance.choice("abx_ .#,(") + text[place:]
    if kind == 1:
        place = chance.randint(start, end)
        return text[:place] + text[place + 1 :]
    if kind == 2:
        return text[:start] + chance.choice(WORDS) + text[end:]
    if kind == 3:
        other = chance.choice(words or [(0, 0)])
        return text[:start] + text[slice(*other)] + text[end:]
    if kind >= 5:
        return with_other_lines(text, start, kind, chance)
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return text[:line_end] + chance.choice(("; ", " # ", "  ", " or ")) + chance.choice(WORDS) + text[line_end:]


def with_other_lines(text: str, place: int, kind: int, chance: random.Random) -> str:
    """The text with a line more or less around `place`."""
    begin = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place) + 1 or len(text)
    line = text[begin:end]
    if kind == 5:
        return text[:begin] + chance.choice(("\n", "\n\n", "# a comment\n", "    # a comment\n")) + text[begin:]
    if kind == 6:
        return text[:begin] + text[end:] if chance.random() < 0.5 else text[:end] + line + text[end:]
    indent = line[: len(line) - len(line.lstrip())].strip("\n")
    return text[:end] + f"{indent}{chance.choice(WORDS)}\n" + text[end:]


@pytest.mark.proof
@pytest.mark.parametrize("share", range(SHARES))
def test_findings_after_edits_within_statements_are_those_of_a_fresh_run(tmp_path, share, capsys) -> None:
    chance = random.Random(share)
    taken = steps = beside_broken = 0
    for number, case in enumerate(CASES[share :: SHARES * EVERY]):
        folder = tmp_path / str(number)
        for name, text in case.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        modules = [name for name in case.files if name.endswith(".py")]
        if not modules or any("\0" in text for text in case.files.values()):
            continue
        session = Session(folder)
        session.settle()
        root = session.roots[0]
        overlay = {}
        for name in modules:
            original = text = case.files[name]
            for _ in range(EDITS):
                text = original if chance.random() < (0.3 if flaw(text) else 0.1) else text
                is_whole = flaw(text) is None
                text = (
                    with_half_a_statement(text, chance) if is_whole and chance.random() < 0.3 else parsing(text, chance)
                )
                overlay[name] = text
                before = load_module(root.project, name)
                edition, was_broken = before.edition, bool(before.problem)
                session.edit(folder / name, text)
                session.settle()
                after = load_module(root.project, name)
                is_taken = after is before and after.edition > edition
                taken += is_taken
                beside_broken += is_taken and was_broken and after.problem is not None
                steps += 1
                project = open_project(root.directory, overlay=overlay, settings=root.settings)
                shown = {finding for path in root.shown() for finding in root.findings(path)}
                assert shown == set(check(project)), (case.path.name, name, text)
    with capsys.disabled():
        print(
            f"\n[edits, share {share + 1}/{SHARES}] {steps} edits, {taken} taken in, {beside_broken} beside broken ones"
        )
    assert steps > 50
    assert taken > steps / 10
    assert beside_broken > 10
