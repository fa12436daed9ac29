"""Which files travel with a function, as the platform's own glob collects them."""

from __future__ import annotations

import json

import pytest

from tests.oracles.platforms import LineServer
from tests.oracles.setup import HERE, missing, node_modules
from vlint.platform import load_platform, platform_names
from vlint.project.bundle import bundled
from vlint.project.functions import functions
from vlint.project.project import Project
from vlint.project.tree import Tree

FILES = [
    "api/index.py", "api/_lib/x.py", "api/data.csv", "data/a.csv", "data/b.txt", "data/deep/c.csv",
    "data/.hidden/d.csv", ".env", ".hidden/x", "node_modules/x/y.js", "web/node_modules/z.js", "node_modules.txt",
    "web/.next/a", "web/.nuxt/b", ".vercel/project.json", ".github/x.yml", "public/a.png", "web/public/b.png",
    "venv/x.py", "web/.venv/x", "yarn.lock", "web/package-lock.json", "a/__pycache__/x.pyc", ".mypy_cache/x",
    "with space.txt", "a[b]/c.txt", "requirements.txt", "web/.git/x", "tests/test_a.py", "tests/deep/test_b.py",
    "README.md", "docs/a.md",
]  # fmt: skip

EXCLUDES: list[str | None] = [
    None, "data/**", "data/*", "data", "data/", "/data/**", "./data/**", "**/*.csv", "*.csv", "{data,docs}/**",
    "tests/**", "!data/**", "**/.*", "**/.*/**", "**", "*", "**/deep/**", "**/*.{csv,md}", "data/**/*.csv",
    "a[b]/**", "a\\[b\\]/**", "+(data|docs)/**", "web/**/*.js", "**/{data,docs}/**", "", "api/[a-z]*.csv",
    "with space.txt", "**/test_*.py", "data/**,docs/**", "#data", "d?ta/**", "**/node_modules/**",
    "{**/*.md,data/a.csv}", "data/!(a).csv", "data//a.csv",
]  # fmt: skip


@pytest.mark.proof
@pytest.mark.parametrize("platform", platform_names())
def test_bundles_are_the_platforms(tmp_path, platform, capsys) -> None:
    if missing():
        pytest.skip(missing() or "")
    for name in FILES:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("")
    server = LineServer(["node", str(HERE / "bundle_server.cjs")], NODE_PATH=str(node_modules()))
    facts = load_platform(platform).bundle
    judged = 0
    for exclude in EXCLUDES:
        setting = {"memory": 512} if exclude is None else {"excludeFiles": exclude}
        (tmp_path / "vercel.json").write_text(json.dumps({"functions": {"api/index.py": setting}}))
        listed = [] if exclude and facts.exclude_files == "replaces" else list(facts.excluded)
        ignore = [*listed, exclude] if exclude else listed
        travels = set(server.ask({"root": str(tmp_path), "ignore": ignore})["files"])
        project = Project(Tree(tmp_path), load_platform(platform))
        (function,) = functions(project)
        for name in [*FILES, "vercel.json"]:
            found = bundled(project, function, name).bundled
            assert found is (name in travels), (exclude, name)
            judged += 1
    server.close()
    with capsys.disabled():
        print(f"\nbundles of {platform}: {judged} files judged, all as the platform's glob has them")
