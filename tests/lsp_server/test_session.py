"""What a session tells of its files, piece by piece of its work."""

from __future__ import annotations

from pathlib import Path

from lsp_server.session import Session


def test_an_edited_file_is_told_of_with_what_changed_in_it(tmp_path: Path) -> None:
    """Work that is interrupted tells of neither: a client would be asked to pull again after its own edit."""
    file = tmp_path / "api" / "index.py"
    file.parent.mkdir()
    file.write_text("from flask import Flask\napp = Flask(__name__)\n")
    session = Session(tmp_path)
    session.settle()
    session.take_changed()
    session.edit(file, "app = 'text'\n")
    session.step(lambda is_urgent: True)
    assert not session.is_settled(file)
    assert (session.take_changed(), session.take_edited()) == (set(), set())
    session.settle()
    assert file in session.take_changed()
    assert session.take_edited() == {file}
    assert session.take_edited() == set()
