"""Globs match what the platform's minimatch matches."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.ending import ends
from tests.oracles.platforms import LineServer
from tests.oracles.setup import HERE, missing, node_modules
from vlint.project.braces import TooManyPatternsError, expand
from vlint.project.globs import compile_glob

PATHS = [
    "api/user.py", "api/index.py", "api/a/b/c.py", "api/[id].py", "api/[id]/index.py", "api/.hidden.py", "api/i.py",
    "api/_lib/x.py", "api/user.ts", "api/a/user_test.go", "api", "api/", "user.py", "src/api/user.py", "api/a b.py",
    "data/a.csv", "data/deep/b.csv", "data/.c.csv", "public/x", "api/(group)/a.py", "api/a+b.py", "api/d.py", "",
]  # fmt: skip

PATTERNS = [
    "api/user.py", "api/*.py", "api/**", "api/**/*.py", "api/**/*", "**/*.py", "**", "*", "api/*", "*.py", "/api/*.py",
    "api/[id].py", "api/\\[id\\].py", "api/[[]id].py", "api/[!a-m]*.py", "api/[^u]*", "api/?.py", "api/{user,index}.py",
    "api/{a,b}/**/*.{py,ts}", "api/**/!(*_test).go", "api/+(user|index).py", "api/@(user|x).py", "api/!(user).py",
    "!api/**", "!!api/*.py", "#api", "api//user.py", "./api/user.py", "api/*(u|s|e|r).py", "api/.*", "api/(group)/*",
    "data/{**,x}", "{data,public}/**", "{1..3}", "api/{a..z}.py", "api/*.+(py|ts)", "", " api/*.py ", "api/**/index.py",
    "api/a+b.py", "data/**/.*", "api/user.{py}", "api/user.py,api/index.py", "api/[a-", "api/(*", "api/!(*.ts|index*)",
    "**/", "api/***", "api/a**/*.py", "api/**.py", "[a]pi/*", "ap?/user.py", "\\api/user.py", "API/*.py", "api/[]x]*",
]  # fmt: skip

ATOMS = [
    "a", "b", "api", "/", "/", "*", "**", "?", "[ab]", "[!a]", "[^b]", "[a-c]", "[]", "[", "]", "(", ")", "+(", "!(",
    "@(", "?(", "*(", "|", "{", "}", ",", "{a,b}", "..", ".", "\\", "1", "{1..3}", "_", "-", ".py", "[id]", "$", "!",
]  # fmt: skip
NAMES = ["a", "b", "ab", "api", "a.py", ".a", "_a", "", "x", "[id].py", "[", "(a)", "1", "a1", ".", "..", "a|b", "*"]


@pytest.fixture(scope="module")
def minimatch():
    if missing():
        pytest.skip(missing() or "")
    server = LineServer(["node", str(HERE / "routes_server.cjs")], NODE_PATH=str(node_modules()))
    yield lambda pattern, paths, dot: server.ask({"pattern": pattern, "paths": paths, "dot": dot})["matches"]
    server.close()


@pytest.mark.proof
@pytest.mark.parametrize("dot", [False, True])
def test_patterns_people_write_match_as_minimatch_does(minimatch, dot) -> None:
    for pattern in PATTERNS:
        glob = compile_glob(pattern, dot=dot)
        assert glob.exact, pattern
        assert [glob.matches(path) for path in PATHS] == minimatch(pattern, PATHS, dot), pattern


@pytest.mark.proof
def test_patterns_nobody_writes_match_as_minimatch_does(minimatch, capsys) -> None:
    source = random.Random(5)
    counts: Counter[str] = Counter()
    for _ in range(4000):
        pattern = "".join(source.choice(ATOMS) for _ in range(source.randint(1, 8)))
        paths = ["/".join(source.choice(NAMES) for _ in range(source.randint(1, 4))) for _ in range(15)]
        paths += [pattern, pattern.replace("**", "a/b").replace("*", "a"), pattern.replace("?", "x")]
        paths += [pattern.replace("{a,b}", "a").replace("[ab]", "b"), pattern.replace("@(", "").replace(")", "")]
        dot = source.random() < 0.3
        glob = compile_glob(pattern, dot=dot)
        counts["exact" if glob.exact else "not judged"] += 1
        if glob.exact:
            answers = [glob.matches(path) for path in paths]
            assert answers == minimatch(pattern, paths, dot), pattern
            counts["matches"] += sum(answers)
    with capsys.disabled():
        print(f"\nglobs against minimatch: {dict(counts)}, all alike")
    assert counts["not judged"] < 400


@pytest.mark.proof
def test_wcmatch_would_not_do(minimatch, capsys) -> None:
    """Why the language is read here: the nearest package disagrees, and nothing tells on which patterns."""
    wcmatch = pytest.importorskip("wcmatch.glob")
    flags = wcmatch.GLOBSTAR | wcmatch.BRACE | wcmatch.EXTGLOB | wcmatch.NEGATE | wcmatch.NEGATEALL | wcmatch.FORCEUNIX
    source = random.Random(5)
    patterns = PATTERNS + ["".join(source.choice(ATOMS) for _ in range(source.randint(1, 6))) for _ in range(1000)]
    paths = [path for path in [*PATHS, *NAMES] if path]
    different = [
        pattern
        for pattern in patterns
        if [wcmatch.globmatch(path, pattern, flags=flags) for path in paths] != minimatch(pattern, paths, False)
    ]
    with capsys.disabled():
        print(f"\nglobs of wcmatch against minimatch: {len(different)} of {len(patterns)} patterns differ")
    assert len(different) > 30


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a", ["a"]),
        ("{a,b}c", ["ac", "bc"]),
        ("{a,b{c,d}}", ["a", "bc", "bd"]),
        ("{1..3}", ["1", "2", "3"]),
        ("{3..1}", ["3", "2", "1"]),
        ("{01..03}", ["01", "02", "03"]),
        ("{a..e..2}", ["a", "c", "e"]),
        ("{a}", ["{a}"]),
        ("{a},b}", ["a}", "b"]),
        ("${a,b}", ["${a,b}"]),
        ("{{a,b}}", ["{a}", "{b}"]),
        ("{}", ["{}"]),
        ("\\{a,b}", ["{a,b}"]),
        ("{,a}", ["a"]),
        ("x{,a}", ["x", "xa"]),
    ],
)
def test_braces(pattern, expected) -> None:
    assert expand(pattern) == expected


def test_a_pattern_of_too_many_is_not_judged() -> None:
    with pytest.raises(TooManyPatternsError):
        expand("{1..9}" * 5)
    assert not compile_glob("{1..9}" * 5).exact
    assert not compile_glob("{1..99999999999}").exact


@pytest.mark.parametrize(
    "pattern", ["*a" * 60 + "b", "+(" * 25 + "a" + ")" * 25 + "b", "**/a/" * 40 + "b", "@(a|*)" * 40]
)
def test_no_pattern_takes_long(pattern) -> None:
    glob = compile_glob(pattern)
    with ends():
        glob.matches("a" * 250)
        glob.matches("/".join("a" * 120))
