"""URIs as editors write them, on both kinds of file system."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lsp_server.uris import from_path, relative, to_path

POSIX = {
    "file:///a/b.py": "/a/b.py",
    "FILE:///a/b.py": "/a/b.py",
    "file://localhost/a/b.py": "/a/b.py",
    "file:/a/b.py": "/a/b.py",
    "file:///a/with%20space.py": "/a/with space.py",
    "file:///a/with space.py": "/a/with space.py",
    "file:///a/100%25.py": "/a/100%.py",
    "file:///a/%5Bid%5D.py": "/a/[id].py",
    "file:///a/[id].py": "/a/[id].py",
    "file:///a/gr%C3%BC%C3%9Fe.py": "/a/grüße.py",
    "file:///a/grüße.py": "/a/grüße.py",
    "file:///a/%F0%9F%98%80.py": "/a/😀.py",
    "file:///a/c%23.py": "/a/c#.py",
    "file:///a/c#.py": "/a/c#.py",
    "file:///a/what?.py": "/a/what?.py",
    "file:///a%2Fb.py": "/a/b.py",
}

WINDOWS = {
    "file:///c%3A/a.py": "c:/a.py",
    "file:///C%3A/a.py": "c:/a.py",
    "file:///c:/a.py": "c:/a.py",
    "file:///C:/With%20Space/a.py": "c:/With Space/a.py",
    "file:///c%3A": "c:/",
    "file:///d%3A/%E4%BD%A0/%25.py": "d:/你/%.py",
    "file://server/share/a.py": "//server/share/a.py",
}

NO_FILES = (
    "",
    "untitled:Untitled-1",
    "git:/a/b.py?ref",
    "vscode-notebook-cell:/a/b.ipynb#x",
    "http://example.org/a.py",
    "a/b.py",
    "file:",
    "file:a.py",
    "file:///a%00.py",
    "file://[::1/a.py",
)


@pytest.mark.parametrize("uri", POSIX)
def test_posix(uri) -> None:
    assert to_path(uri, PurePosixPath) == PurePosixPath(POSIX[uri])


@pytest.mark.parametrize("uri", WINDOWS)
def test_windows(uri) -> None:
    found = to_path(uri, PureWindowsPath)
    assert str(found) == str(PureWindowsPath(WINDOWS[uri]))


@pytest.mark.parametrize("uri", NO_FILES)
def test_no_file(uri) -> None:
    assert to_path(uri) is None
    assert to_path(uri, PurePosixPath) is None


def test_the_path_is_made_plain() -> None:
    assert to_path("file:///a/./b/../c.py") == Path("/a/c.py")
    assert to_path("file:////a/b.py") == Path("/a/b.py")


def test_one_windows_file_has_one_uri_as_vs_code_writes_it() -> None:
    for uri in ("file:///c%3A/My%20Project/a.py", "file:///C:/My Project/a.py"):
        path = to_path(uri, PureWindowsPath)
        assert from_path(path) == "file:///c%3A/My%20Project/a.py"
    assert from_path(PureWindowsPath("//server/share/a b.py")) == "file://server/share/a%20b.py"


NAMES = st.text(st.characters(exclude_characters="/\0\\", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_there_and_back(names) -> None:
    path = PurePosixPath("/", *names)
    uri = from_path(path)
    assert uri.isascii()
    assert not {" ", '"', "<", ">", "#", "?"} & set(uri)
    assert to_path(uri, PurePosixPath) == path


@given(st.lists(NAMES.filter(lambda name: ":" not in name), min_size=1, max_size=4))
def test_there_and_back_on_windows(names) -> None:
    path = PureWindowsPath("c:/", *names)
    assert str(to_path(from_path(path), PureWindowsPath)) == str(path)


@pytest.mark.parametrize("flavour", [PurePosixPath, PureWindowsPath])
def test_relative(flavour) -> None:
    top = flavour("c:/a") if flavour is PureWindowsPath else flavour("/a")
    assert relative(top / "b/c.py", top) == "b/c.py"
    assert relative(top, top) == ""
    assert relative(top.parent, top) is None
    assert relative(top.with_name("ab") / "c.py", top) is None
    assert relative(top / "b", flavour(top.anchor)) == "a/b"


def test_relative_takes_case_as_the_system_does() -> None:
    assert relative(PureWindowsPath("c:/A/b.py"), PureWindowsPath("c:/a")) == "b.py"
    assert relative(PurePosixPath("/A/b.py"), PurePosixPath("/a")) is None
