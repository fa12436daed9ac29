"""The cut is proved over the standard library and every installed package, whole and broken.

With `VLINT_PROOF=all` the libcst comparison runs over every file instead of one in eight, and every file is broken.
"""

from __future__ import annotations

import ast
import os
import warnings
from pathlib import Path

import libcst as cst
import pytest

from tests.syntax.corpus import corpus, share
from vlint.syntax.check import flaw
from vlint.syntax.cut import cut
from vlint.syntax.encoding import decode
from vlint.syntax.module import Module
from vlint.syntax.scan import scan

pytestmark = pytest.mark.proof

SHARES = 8
ALL = os.environ.get("VLINT_PROOF") == "all"


def text_of(path: Path) -> str | None:
    text, problem = decode(path.read_bytes())
    return None if problem is not None else text


def syntax_tree(text: str) -> list[str] | None:
    """Each top-level statement as CPython's parser sees it; None where it does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [ast.dump(node) for node in ast.parse(text).body]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@pytest.mark.parametrize("index", range(SHARES))
def test_pieces_are_the_file_and_parse_as_in_the_whole(index: int, capsys: pytest.CaptureFixture[str]) -> None:
    files = characters = statements = 0
    for path in share(corpus(), index, SHARES):
        text = text_of(path)
        whole = syntax_tree(text) if text is not None else None
        if text is None or whole is None:
            continue
        pieces = scan(text)
        assert "".join(text[piece.start : piece.end] for piece in pieces) == text, path
        parts = [syntax_tree(text[piece.start : piece.end]) for piece in pieces]
        assert all(part is not None for part in parts), path
        assert [node for part in parts if part for node in part] == whole, path
        files, characters, statements = files + 1, characters + len(text), statements + len(pieces)
    with capsys.disabled():
        print(
            f"\n[cut, share {index + 1}/{SHARES}] {files} files, {characters:,} characters, {statements:,} statements"
        )
    assert files > 50


def without_spaces(code: str) -> str:
    """libcst loses a space here and there."""
    return "".join(code.split())


def without_outer_comments(code: str) -> str:
    """Comments before and behind a statement hang on another node in a piece than in the whole; they mean nothing."""
    lines = code.splitlines()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    while lines and (not lines[0].strip() or lines[0].lstrip().startswith("#")):
        del lines[0]
    return "\n".join(lines)


@pytest.mark.parametrize("index", range(SHARES) if ALL else [3])
def test_trees_are_those_of_the_whole_file(index: int, capsys: pytest.CaptureFixture[str]) -> None:
    files = characters = statements = 0
    for path in share(corpus(), index, SHARES):
        content = path.read_bytes()
        module = Module(path.name, content)
        if module.problem is not None or len(content) > (10_000_000 if ALL else 60_000):
            continue
        tree = cst.parse_module(module.source.text)
        whole = [tree.code_for_node(statement) for statement in tree.body]  # with the indentation of its file
        own = []
        for statement in module.statements:
            assert statement.tree is not None, path
            for node in statement.tree.body:
                own.append(statement.tree.code_for_node(node))
                start, end = statement.span(node)
                covered = module.source.text[start:end]
                assert covered.strip() == covered, path
                assert without_spaces(covered) in without_spaces(own[-1]), path
        assert [without_outer_comments(code) for code in own] == [without_outer_comments(code) for code in whole], path
        files, characters, statements = files + 1, characters + len(content), statements + len(own)
    with capsys.disabled():
        print(
            f"\n[trees, share {index + 1}/{SHARES}] {files} files, {characters:,} characters, {statements:,} statements"
        )
    assert files > 50


def valid_statements(text: str) -> list[str]:
    return [piece.strip() for start, end in cut(text) if flaw(piece := text[start:end]) is None and piece.strip()]


@pytest.mark.parametrize("index", range(64) if ALL else [7])
def test_undamaged_statements_survive_a_cut_at_every_line(index: int, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands whole before the cut line is found as it is in the whole file."""
    checked = 0
    for path in share(corpus(), index, 400 if not ALL else 64):
        text = text_of(path)
        if text is None or len(text) > 20_000 or syntax_tree(text) is None:
            continue
        ends = [end for _, end in cut(text)]
        whole = [text[start:end].strip() for start, end in cut(text)]
        for line_end in range(0, len(text), max(1, len(text) // 40)):
            place = text.rfind("\n", 0, line_end) + 1
            complete = [statement for statement, end in zip(whole, ends, strict=True) if end < place]
            assert valid_statements(text[:place])[: len(complete)] == complete, (path, place)
            checked += 1
    with capsys.disabled():
        print(f"\n[cut at a line] {checked} broken files")
    assert checked > 50


@pytest.mark.parametrize("index", range(64) if ALL else [5])
def test_undamaged_statements_survive_a_lost_bracket_or_quote(index: int, capsys: pytest.CaptureFixture[str]) -> None:
    """One bracket or quote is removed: every statement but the one it stood in keeps its text, and so its tree.

    What follows a lost quote of a triple-quoted string can be lost up to where such a string next ends a statement;
    for those only the statements before the damage are asked for.
    """
    checked = kept = asked = 0
    for path in share(corpus(), index, 400 if not ALL else 64):
        text = text_of(path)
        if text is None or len(text) > 12_000 or syntax_tree(text) is None:
            continue
        pieces = cut(text)
        places = [offset for offset, character in enumerate(text) if character in "()[]{}\"'"]
        for place in places[:: max(1, len(places) // 60)]:
            broken = text[:place] + text[place + 1 :]
            if syntax_tree(broken) is not None:
                continue
            found = set(valid_statements(broken))
            others = [(start, text[start:end].strip()) for start, end in pieces if not start <= place < end]
            for start, statement in others:
                asked += 1
                if statement in found or not statement:
                    kept += 1
                else:
                    assert start > place, (path, place, statement)
            checked += 1
    with capsys.disabled():
        print(f"\n[lost bracket or quote] {checked} broken files: {kept} of {asked} undamaged statements kept")
    assert checked > 100
    assert kept / asked > 0.98
