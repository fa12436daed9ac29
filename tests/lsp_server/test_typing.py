"""While somebody types nothing lies: a finding belongs to the last text that parsed, or to the next one that does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest

from lsp_server.session import Session
from tests.cases import CASES, Case, read_case
from vlint.syntax.check import flaw

MODULES = 32
LONGEST = 420

SYNTAX_ERROR = "VL100"
RAISES = "VL105"
NO_ENTRY_POINT = "VL101"
NO_ENTRY_POINT_EITHER = re.compile("^VL101|^VL105.* is bound only")
"""That there is none is told in other words where one stands near by; not where that one's statement is broken."""


def different_modules() -> list[tuple[Case, str]]:
    """Functions of the cases, short enough to be typed, of as many kinds as there are."""
    found: dict[str, tuple[Case, str]] = {}
    for path in sorted(CASES.rglob("*.txtar")):
        case = read_case(path)
        for name, text in case.files.items():
            if re.fullmatch(r"api/(?!.*_)[\w/]+\.py", name) and 40 < len(text) <= LONGEST and flaw(text) is None:
                found.setdefault(re.sub(r"\w+", "x", text), (case, name))
    kinds = sorted(found)
    return [found[kinds[index * len(kinds) // MODULES]] for index in range(min(MODULES, len(kinds)))]


@dataclass
class Tally:
    """What was seen while a module was typed."""

    steps: int = 0
    wrong: list[str] = field(default_factory=list)
    syntax_only: int = 0


@dataclass
class Typist:
    """A session in which one file's text changes, and what it shows for each text."""

    session: Session
    path: object
    tally: Tally = field(default_factory=Tally)
    history: list[tuple[bool, set[tuple[str, str]], str]] = field(default_factory=list)

    def show(self, text: str) -> None:
        self.session.edit(self.path, text)
        self.session.settle(self.path)
        found = {(finding.code, finding.message) for _, finding in self.session.findings(self.path)}
        self.history.append((flaw(text) is None, found, text))

    def judge(self) -> None:
        """Compare each text that does not parse with the nearest before and behind it that do."""
        behind: set[tuple[str, str]] = set()
        allowed_behind = []
        for parses, found, _ in reversed(self.history):
            behind = found if parses else behind
            allowed_behind.append(behind)
        before: set[tuple[str, str]] = set()
        for (parses, found, text), after in zip(self.history, reversed(allowed_behind), strict=True):
            self.tally.steps += 1
            if parses:
                before = found
                continue
            others = {pair for pair in found if pair[0] != SYNTAX_ERROR}
            self.tally.syntax_only += not others
            syntax_errors = len(found) - len(others)
            lies = others - before - after
            if any(NO_ENTRY_POINT_EITHER.match(" ".join(pair)) for pair in before | after):
                lies = {pair for pair in lies if pair[0] != NO_ENTRY_POINT}
            if lies or syntax_errors != 1:
                self.tally.wrong.append(f"{lies or f'{syntax_errors} syntax errors'}\n{text}")
        self.history.clear()


@pytest.mark.proof
def test_typing_deleting_pasting_and_undoing(tmp_path, record_property, capsys) -> None:
    modules = different_modules()
    assert len(modules) >= 30
    total = Tally()
    for number, (case, name) in enumerate(modules):
        folder = tmp_path / str(number)
        folder.mkdir()
        case.write_project(folder)
        text = case.files[name]
        typist = Typist(Session(folder), folder / name, total)
        whole = [text[:length] for length in range(len(text) + 1)]
        for step in (*whole, *reversed(whole)):  # typed, and deleted again
            typist.show(step)
        typist.judge()
        for step in ("", text, "", text):  # pasted, undone, done again
            typist.show(step)
        typist.judge()
    with capsys.disabled():
        share = len(total.wrong) / total.steps
        print(
            f"\n{len(modules)} modules, {total.steps} steps: a wrong finding in {share:.2%}, "
            f"a syntax error alone in {total.syntax_only / total.steps:.1%}"
        )
    assert not total.wrong, "\n\n".join(total.wrong[:5])


@pytest.mark.proof
def test_typing_in_the_middle_of_a_module(tmp_path) -> None:
    """What is typed between the statements of a whole module leaves their findings alone."""
    before = "import os\nopen('../data/file.txt')\n"
    behind = "\napp = 'text'\n"
    typed = "def read(name):\n    with open(name) as file:\n        return {line: 1 for line in file}\n"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/file.txt").write_text("x")
    typist = Typist(Session(tmp_path), tmp_path / "api/index.py")
    shown = []
    for length in range(len(typed) + 1):
        typist.show(before + typed[:length] + behind)
        # a keyword's first letters are a name, which is not defined: a module of that text would end there
        raising = {RAISES} if typist.history[-1][0] else set()
        shown.append({code for code, _ in typist.history[-1][1]} - {SYNTAX_ERROR} - raising)
    assert shown[0] == {"VL201", "VL103"}
    assert {frozenset(codes) for codes in shown} <= {frozenset({"VL201", "VL103"}), frozenset({"VL201"})}
    typist.judge()
    assert not typist.tally.wrong, typist.tally.wrong[0]


@pytest.mark.parametrize("typed", ["print(server", "if server", "server.route("])
def test_a_near_miss_is_named_while_a_statement_about_it_is_typed(tmp_path, typed) -> None:
    """What the statement does with the name is not known yet; what the name was given is."""
    typist = Typist(Session(tmp_path), tmp_path / "api/index.py")
    shown = []
    for length in range(len(typed) + 1):
        typist.show(f"from flask import Flask\n\nserver = Flask(__name__)\n{typed[:length]}")
        shown.append({message for code, message in typist.history[-1][1] if code == "VL101"})
    assert all(messages == shown[0] for messages in shown), shown
    (message,) = shown[0]
    assert "`server` is an instance of `Flask`" in message
