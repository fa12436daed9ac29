"""The tree: inside the root only, in exact letter case, through bad file systems, and never stale."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ending import calls
from vlint.platform import load_platform
from vlint.project.project import Project
from vlint.project.tree import Kind, Record, Tree


def make(root: Path, *names: str) -> Path:
    for name in names:
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(name)
    return root


def test_answers_about_files_and_directories(tmp_path) -> None:
    tree = Tree(make(tmp_path, "api/a.py", "data/file.txt"))
    assert tree.read("api/a.py") == b"api/a.py"
    assert tree.kind("api") is Kind.DIRECTORY
    assert tree.kind("") is Kind.DIRECTORY
    assert tree.kind("data/file.txt") is Kind.FILE
    assert tree.kind("data/file.txt/x") is None
    assert tree.read("data") is None
    assert tree.list("") == ("api", "data")
    assert tree.list("nothing") == ()


@pytest.mark.parametrize(
    "path", ["..", "../outside", "/etc/passwd", "a/../a", "./a", "a//b", "a/", "a\0b", "/", "//a", "\udcff"]
)
def test_paths_of_another_form_lead_nowhere(tmp_path, path) -> None:
    make(tmp_path, "outside/secret", "root/a/b")
    tree = Tree(tmp_path / "root")
    assert (tree.read(path), tree.kind(path), tree.list(path)) == (None, None, ())
    assert (tree.list(""), tree.read("a/b")) == (("a",), b"root/a/b")  # nor do they hide others


def test_letter_case_has_to_match(tmp_path) -> None:
    tree = Tree(make(tmp_path, "Data/File.txt"))
    assert tree.is_file("Data/File.txt")
    assert not tree.is_file("data/File.txt")
    assert not tree.is_file("Data/file.txt")


def test_a_path_longer_than_any_file_system_takes_is_nowhere_at_once(tmp_path) -> None:
    tree = Tree(tmp_path, {"a": "file"})
    for path in ["a/" * 500_000 + "b", "a/" * 2000 + "b", "x" * 5_000_000]:
        assert (tree.read(path), tree.kind(path), tree.list(path)) == (None, None, ())
    tree.set_overlay("a", None)


def test_links_are_followed_inside_the_root_only(tmp_path) -> None:
    make(tmp_path, "outside/secret", "root/real/file")
    root = tmp_path / "root"
    for name, target in [
        ("out", tmp_path / "outside"),
        ("secret", "../outside/secret"),
        ("in", "real"),
        ("loop", "loop"),
        ("self", "."),
        ("absolute", root / "real"),
        ("broken", "nothing"),
        ("etc", "/etc"),
    ]:
        (root / name).symlink_to(target)
    tree = Tree(root)
    assert tree.read("in/file") == b"root/real/file"
    assert tree.read("absolute/file") == b"root/real/file"
    assert tree.read("self/self/self/in/file") == b"root/real/file"
    for path in ["out", "out/secret", "secret", "loop", "loop/x", "broken", "etc", "etc/passwd"]:
        assert tree.kind(path) is None, path
        assert tree.read(path) is None, path
    assert tree.list("") == ("absolute", "in", "real", "self")
    assert tree.list("in") == ("file",)


def test_what_cannot_be_read_is_not_there(tmp_path) -> None:
    make(tmp_path, "open/file", "closed/file", "locked")
    os.mkfifo(tmp_path / "pipe")
    tree = Tree(tmp_path)
    assert tree.kind("pipe") is None
    assert tree.read("pipe") is None
    if os.geteuid() == 0:
        return  # nothing is closed to root
    (tmp_path / "closed").chmod(0)
    (tmp_path / "locked").chmod(0)
    try:
        assert tree.list("closed") == ()
        assert tree.read("closed/file") is None
        assert tree.read("locked") is None
    finally:
        (tmp_path / "closed").chmod(0o755)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not text exist on Linux only")
def test_names_that_are_not_text_are_left_out(tmp_path) -> None:
    (tmp_path / "grüße").write_text("x")
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.py"), "wb"):  # noqa: PTH118, PTH123 - bytes need os.path
        pass
    assert Tree(tmp_path).list("") == ("grüße",)


def test_a_file_that_vanishes_between_two_questions(tmp_path) -> None:
    tree = Tree(make(tmp_path, "file"))
    assert tree.is_file("file")
    (tmp_path / "file").unlink()
    assert tree.read("file") is None


def test_an_overlay_makes_its_directories(tmp_path) -> None:
    tree = Tree(make(tmp_path, "api/a.py"), {"new/deep/file.py": "text é", "api/a.py": "other"})
    assert tree.kind("new/deep") is Kind.DIRECTORY
    assert tree.list("new") == ("deep",)
    assert tree.read("new/deep/file.py") == "text é".encode()
    assert tree.read("api/a.py") == b"other"
    tree.set_overlay("new/deep/file.py", None)
    tree.set_overlay("api/a.py", None)
    assert tree.kind("new") is None
    assert tree.read("api/a.py") == b"api/a.py"


def test_an_overlay_outside_the_root_is_nothing(tmp_path) -> None:
    tree = Tree(tmp_path, {"../x": "1", "/etc/passwd": "2", "": "3"})
    assert tree.list("") == ()
    assert tree.read("../x") is None


def test_an_overlay_behind_a_link_lies_where_the_link_leads(tmp_path) -> None:
    make(tmp_path, "real/a.py", "real/b.py")
    (tmp_path / "link").symlink_to("real")
    tree = Tree(tmp_path, {"link/a.py": "new"})
    assert tree.read("real/a.py") == b"new"
    assert tree.read("link/b.py") == b"real/b.py"


def test_a_thousand_files_take_one_scan_a_directory(tmp_path, monkeypatch) -> None:
    make(tmp_path, *(f"package{index % 10}/module{index}.py" for index in range(1000)))
    scans = []
    scandir = os.scandir
    tree = Tree(tmp_path)
    monkeypatch.setattr(os, "scandir", lambda path: scans.append(path) or scandir(path))
    monkeypatch.setattr(os.path, "realpath", None)
    for index in range(1000):
        assert tree.read(f"package{index % 10}/module{index}.py") is not None
        assert not tree.is_file(f"package{index % 10}/other{index}.py")
    assert len(scans) == 11


def test_record_holds_every_question(tmp_path) -> None:
    tree = Tree(make(tmp_path, "a", "b/c"))
    with tree.recording() as outer:
        tree.read("a")
        with tree.recording() as inner:
            tree.is_file("b/c")
        tree.list("b")
    assert inner == Record(lookups={"b/c"})
    assert outer == Record({"a"}, {"b/c"}, {"b"})


def test_record_touches_what_lies_above_and_below() -> None:
    record = Record(lookups={"data/file.txt"})
    assert record.touches(["data/file.txt"])
    assert record.touches(["data"])
    assert record.touches(["data/file.txt/x"])
    assert record.touches([""])
    assert not record.touches(["data/other.txt"])
    assert not record.touches(["dat"])


NAMES = ["a", "b", "C"]
PATHS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map("/".join)
TEXTS = st.sampled_from(["one", "two"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), PATHS, TEXTS),
        st.tuples(st.just("remove"), PATHS, TEXTS),
        st.tuples(st.just("directory"), PATHS, TEXTS),
        st.tuples(st.just("link"), PATHS, PATHS),
        st.tuples(st.just("overlay"), PATHS, TEXTS),
        st.tuples(st.just("uncover"), PATHS, TEXTS),
        st.tuples(st.just("ask"), PATHS, TEXTS),
    ),
    max_size=30,
)
QUESTIONS = ["", *NAMES, *(f"{a}/{b}" for a in NAMES for b in NAMES), "a/b/C", "C/C/a", "b/a/a"]


def answers(tree: Tree, path: str) -> object:
    return tree.read(path), tree.kind(path), dict(tree.entries(path)), tree.is_link(path)


def change_disk(root: Path, action: str, path: str, text: str) -> None:
    place = root / path
    try:
        if action == "remove":
            shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
            return
        if action == "directory":
            place.mkdir(parents=True)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(root / text) if action == "link" else place.write_text(text)
    except OSError:
        pass  # a file where a directory is needed, or the reverse: nothing happens


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_tree_told_of_each_change_is_as_good_as_a_fresh_one(tmp_path_factory, steps) -> None:
    root = tmp_path_factory.mktemp("root")
    tree = Tree(root)
    project = Project(tree, load_platform())
    overlay: dict[str, str] = {}
    for action, path, text in steps:
        if action == "overlay":
            overlay[path] = text
            tree.set_overlay(path, text)
        elif action == "uncover":
            overlay.pop(path, None)
            tree.set_overlay(path, None)
        elif action != "ask":
            behind_links = os.path.relpath(os.path.realpath(root / path), os.path.realpath(root))
            change_disk(root, action, path, text)
            project.changed([path, behind_links])
        asked = QUESTIONS if action == "ask" else QUESTIONS[: len(steps) % len(QUESTIONS)]
        fresh = Tree(root, overlay)
        for question in asked:
            expected = answers(fresh, question)
            assert answers(tree, question) == expected
            nested = project.remember(
                ("outer", question),
                lambda question=question: project.remember(question, lambda: answers(tree, question)),
            )
            assert nested == expected


def test_only_what_rests_on_a_changed_answer_is_computed_again(tmp_path) -> None:
    make(tmp_path, "api/a.py", "api/b.py")
    project = Project(Tree(tmp_path), load_platform())
    made: list[str] = []

    def names() -> tuple[str, ...]:
        made.append("names")
        return project.tree.list("api")

    def text(path: str) -> bytes | None:
        made.append(path)
        project.remember("names", names)
        return project.tree.read(path)

    def all_values() -> list[str]:
        made.clear()
        for path in ["api/a.py", "api/b.py"]:
            project.remember(path, lambda path=path: text(path))
        return sorted(made)

    assert all_values() == ["api/a.py", "api/b.py", "names"]
    assert all_values() == []
    project.tree.set_overlay("api/a.py", "new text")
    assert all_values() == ["api/a.py"]
    project.tree.set_overlay("api/a.py", "new text")
    assert all_values() == []
    project.changed(["api/b.py", "elsewhere"])
    assert all_values() == []
    make(tmp_path, "api/c.py")
    project.changed(["api/c.py"])
    assert all_values() == ["api/a.py", "api/b.py", "names"]
    assert project.recall("api/a.py") == Record({"api/a.py"}, set(), {"api"})


def test_a_failed_computation_is_not_remembered_but_counts(tmp_path) -> None:
    project = Project(Tree(tmp_path), load_platform())

    def fail() -> None:
        project.tree.is_file("x")
        raise LookupError

    def outer() -> str:
        with pytest.raises(LookupError):
            project.remember("fails", fail)
        return "done"

    assert project.remember("outer", outer) == "done"
    assert project.recall("fails") is None
    assert project.recall("outer") == Record(lookups={"x"})


def test_a_value_computed_on_the_way_to_itself(tmp_path) -> None:
    make(tmp_path, "x")
    project = Project(Tree(tmp_path), load_platform())

    def value(depth: int = 0) -> object:
        if depth:
            return project.tree.read("x")
        return project.remember("value", lambda: value(1))

    assert project.remember("value", value) == b"x"
    make(tmp_path, "other")
    (tmp_path / "x").write_text("new")
    project.changed(["x"])
    assert project.remember("value", value) == b"new"


def test_a_keystroke_costs_no_more_among_thousands_of_values(tmp_path) -> None:
    def cost(count: int) -> int:
        root = tmp_path / str(count)
        make(root, *(f"p/m{index}.py" for index in range(count)))
        project = Project(Tree(root), load_platform())
        for index in range(count):
            project.remember(index, lambda index=index: project.tree.read(f"p/m{index}.py"))

        def keystroke() -> None:
            project.tree.set_overlay("p/m7.py", "x")
            assert project.recall(7) is None
            assert project.recall(8) is not None
            project.remember(7, lambda: project.tree.read("p/m7.py"))

        return calls(keystroke)

    assert cost(2000) <= cost(20) * 1.2
