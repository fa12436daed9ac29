"""`--fix`, `--unsafe-fixes` and `--diff`: what is written, what is shown, and what stays as it was."""

from __future__ import annotations

import io
import os
import stat
import subprocess

import pytest

from tests.cli.conftest import UNUSED, WORKS

LOCK = '{"_meta": {"requires": {"python_version": "3.11"}}, "default": {}}\n'  # VL301 with an unsafe fix


def test_fix_writes_and_reports_the_rest(shell) -> None:
    shell.write("api/index.py", UNUSED)
    run = shell.run("--fix")
    assert (run.status, run.out) == (0, "No findings in 1 function (fixed 1).\n")
    assert shell.read("api/index.py") == "x = 1\n" + WORKS


def test_unsafe_fixes_are_made_only_when_asked_for(shell) -> None:
    shell.write("Pipfile.lock", LOCK)
    run = shell.run("--fix")
    assert run.status == 1
    assert "with --fix --unsafe-fixes" in run.out
    assert shell.read("Pipfile.lock") == LOCK
    run = shell.run("--fix", "--unsafe-fixes", "--output-format", "json")
    assert shell.read("Pipfile.lock") == LOCK.replace("3.11", "3.12")
    assert run.json == []
    assert run.err == "No findings in 0 functions (fixed 1).\n"


def test_diff_changes_nothing_and_git_takes_it(shell) -> None:
    shell.write("shop/api/index.py", UNUSED)
    shell.write("shop/api/crlf ü.py", UNUSED.replace("\n", "\r\n"))
    run = shell.run("--diff", "shop")
    assert run.status == 0
    assert shell.read("shop/api/index.py") == UNUSED
    assert run.out.startswith("--- a/shop/api/")
    subprocess.run(["git", "apply", "-"], input=run.out.encode(), cwd=shell.directory, check=True)
    assert shell.read("shop/api/index.py") == "x = 1\n" + WORKS
    assert shell.read("shop/api/crlf ü.py") == ("x = 1\n" + WORKS).replace("\n", "\r\n")


def test_diff_fails_as_the_files_do(shell) -> None:
    shell.write("Pipfile.lock", LOCK)
    run = shell.run("--diff", "--unsafe-fixes")
    assert run.status == 1
    assert '+{"_meta": {"requires": {"python_version": "3.12"}}' in run.out


def test_several_roots(shell) -> None:
    for name in ("a", "b"):
        shell.write(f"{name}/api/index.py", UNUSED)
    shell.run("--fix", "a", "b")
    assert shell.read("a/api/index.py") == shell.read("b/api/index.py") == "x = 1\n" + WORKS


def test_a_named_file_alone_is_mended(shell) -> None:
    shell.write("api/a.py", UNUSED)
    shell.write("api/b.py", UNUSED)
    shell.run("--fix", "api/a.py")
    assert shell.read("api/a.py") != UNUSED
    assert shell.read("api/b.py") == UNUSED


def test_line_ends_marks_and_encodings_stay(shell) -> None:
    place = shell.write("api/a.py", b"\xef\xbb\xbf" + UNUSED.replace("\n", "\r\n").encode())
    latin = shell.write("api/b.py", "# coding: latin-1\n# é\n".encode("latin-1") + UNUSED.encode())
    shell.run("--fix")
    assert place.read_bytes() == b"\xef\xbb\xbf" + ("x = 1\n" + WORKS).replace("\n", "\r\n").encode()
    assert latin.read_bytes() == "# coding: latin-1\n# é\nx = 1\n".encode("latin-1") + WORKS.encode()


@pytest.mark.allow_skip("modes and links are a matter of POSIX")
@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_mode_and_links_stay(shell) -> None:
    place = shell.write("lib/a.py", UNUSED)
    place.chmod(0o750)
    (shell.directory / "api").mkdir()
    (shell.directory / "api" / "a.py").symlink_to("../lib/a.py")
    shell.run("--fix")
    assert (shell.directory / "api" / "a.py").is_symlink()
    assert shell.read("lib/a.py") == "x = 1\n" + WORKS
    assert stat.S_IMODE(place.stat().st_mode) == 0o750
    assert sorted(entry.name for entry in (shell.directory / "lib").iterdir()) == ["a.py"]


def test_standard_input_is_given_back_mended(shell, monkeypatch) -> None:
    shell.write("api/a.py", WORKS)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(UNUSED.encode())))
    run = shell.run("--fix", "--stdin-filename", "api/a.py")
    assert (run.status, run.out) == (0, "x = 1\n" + WORKS)
    assert shell.read("api/a.py") == WORKS


def test_standard_input_without_anything_to_mend_comes_back_as_it_was(shell, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WORKS.encode())))
    assert shell.run("--fix", "--stdin-filename", "api/a.py").out == WORKS
