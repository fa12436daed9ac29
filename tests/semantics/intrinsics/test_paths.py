"""Path expressions: what the evaluator computes is what Python computes, in the place where a function runs."""

from __future__ import annotations

import os
import os.path
import pathlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vlint.platform import load_platform
from vlint.project.project import Project
from vlint.project.tree import Tree
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.evaluation.values import Fails, Unknown, Value, options
from vlint.semantics.intrinsics.paths import ROOT, PathValue, text_of

HEADER = "import os\nimport os.path as p\nimport pathlib\nfrom pathlib import Path\nfrom os.path import join, dirname\n"


def evaluate(expression: str, root: Path, prelude: str = "") -> Value:
    overlay = {"api/user.py": f"{HEADER}{prelude}\nresult = {expression}\n"}
    evaluator = Evaluator(Project(Tree(root, overlay), load_platform()), "api/user.py")
    return evaluator.final("result", evaluator.function_module)


names = st.sampled_from(["'data'", "'..'", "'.'", "'a.txt'", "'x/y.tar.gz'", "'/etc'", "''", "'a b'", "'é'"])
texts = st.recursive(
    st.one_of(names, st.just("__file__"), st.just("os.getcwd()"), st.just("os.curdir"), st.just("os.pardir")),
    lambda inner: st.one_of(
        st.builds("join({}, {})".format, inner, inner),
        st.builds("os.path.join({}, {}, {})".format, inner, names, inner),
        *(
            st.builds(f"os.path.{f}({{}})".format, inner)
            for f in ("abspath", "normpath", "basename", "dirname", "realpath")
        ),
        st.builds("p.splitext({})[0]".format, inner),
        st.builds("p.split({})[1]".format, inner),
        st.builds("({} + os.sep + {})".format, inner, names),
        st.builds("f'{{{}}}/b'".format, st.just("os.getcwd()")),
        st.builds("'%s/%s' % ({}, {})".format, inner, names),
        st.builds("'{{}}/{{}}'.format({}, {})".format, inner, names),
        st.builds("os.path.relpath({})".format, inner),
    ),
    max_leaves=5,
)
paths = st.recursive(
    st.one_of(
        st.builds("Path({})".format, texts),
        st.builds("pathlib.Path({}, {})".format, names, names),
        st.just("Path(__file__)"),
        st.just("Path.cwd()"),
    ),
    lambda inner: st.one_of(
        st.builds("({} / {})".format, inner, names),
        st.builds("({} / {})".format, names, inner),
        st.builds("({} / {})".format, inner, inner),
        st.builds("{}.joinpath({}, {})".format, inner, names, names),
        *(
            st.builds(f"{{}}.{a}".format, inner)
            for a in ("parent", "absolute()", "resolve()", "parents[0]", "parents[1]")
        ),
        st.builds("{}.with_name('n.txt')".format, inner),
        st.builds("{}.with_suffix('.json')".format, inner),
        st.builds("{}.with_stem('stem')".format, inner),
        st.builds("{}.relative_to(Path.cwd())".format, inner),
    ),
    max_leaves=4,
)
expressions = st.one_of(
    texts,
    paths,
    *(st.builds(f"{{}}.{a}".format, paths) for a in ("name", "stem", "suffix", "as_posix()")),
    st.builds("str({})".format, paths),
    st.builds("os.fspath({})".format, paths),
    st.builds("join({}, 'x')".format, paths),
    st.builds("f'{{{}}}/y'".format, st.just("Path(__file__).parent")),
)


@settings(max_examples=200, deadline=None)
@given(expressions)
def test_the_evaluator_computes_what_python_does(expression: str) -> None:
    value = evaluate(expression, Path(__file__).parent / "no-such-project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "getcwd", lambda: ROOT)
        if hasattr(pathlib, "_NormalAccessor"):  # Python 3.10 keeps its own reference
            patch.setattr(pathlib._NormalAccessor, "getcwd", staticmethod(lambda: ROOT))
        names = {"os": os, "p": os.path, "pathlib": pathlib, "Path": Path, "join": os.path.join,
                 "dirname": os.path.dirname, "__file__": f"{ROOT}/api/user.py"}  # fmt: skip
        try:
            expected = eval(expression, names)
        except (ValueError, TypeError, IndexError) as error:
            assert isinstance(value, Fails), (expression, value, error)
            return
    assert text_of(value) == str(expected), expression
    assert isinstance(value, PathValue) == isinstance(expected, pathlib.PurePath), expression


@pytest.mark.parametrize(
    "expression",
    [
        "os.environ['X']",
        "join('a', os.environ['X'])",
        "Path(input())",
        "f'{input()}/x'",
        "'/'.join(input())",
        "Path(*x)",
    ],
)
def test_what_is_not_known_is_unknown(expression: str, tmp_path: Path) -> None:
    value = evaluate(expression, tmp_path, "x = input()")
    assert text_of(value) is None


@pytest.mark.parametrize(
    ("prelude", "expression", "expected"),
    [
        ("names = {'a': 'x.txt', 'b': 'y.txt'}", "[n for n in names.values()][1]", {"y.txt"}),
        ("import random\nd = 'a' if random.random() else 'b'", "join(d, 'f')", {"a/f", "b/f"}),
        ("import importlib.resources as r", "r.files('data') / 'x'", {f"{ROOT}/data/x"}),
        ("import flask\napp = flask.Flask(__name__)", "join(app.root_path, 'x')", {f"{ROOT}/api/x"}),
        ("import tempfile", "join(tempfile.gettempdir(), 'x')", {"/tmp/x"}),
        ("", "os.path.expanduser('~/x')", {"/home/sbx_user1051/x"}),
        ("", "os.path.commonpath(['a/b', 'a/c'])", {"a"}),
    ],
)
def test_known_texts(prelude: str, expression: str, expected: set[str], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "api").mkdir()
    (tmp_path / "api/user.py").touch()
    value = evaluate(expression, tmp_path, prelude)
    assert not isinstance(value, Unknown)
    assert {text_of(option) for option in options(value)} == expected
