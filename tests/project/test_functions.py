"""Which files are functions of a root on disk, and on which route."""

from __future__ import annotations

import json

import pytest

from vlint.platform import load_platform, platform_names
from vlint.project.functions import built_files, functions, helpers, unbuilt
from vlint.project.project import Project
from vlint.project.tree import Tree


@pytest.fixture
def project(tmp_path):
    def make(*names: str, platform: str = "2025-03", **files: str) -> Project:
        for name in names:
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("")
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text)
        return Project(Tree(tmp_path), load_platform(platform))

    return make


def paths(project: Project) -> list[str]:
    return [function.path for function in functions(project)]


@pytest.mark.parametrize("platform", platform_names())
def test_routes(project, platform) -> None:
    made = project(
        "api/index.py", "api/user.py", "api/user/index.py", "api/[id].py", "api/a/[b]/[c].py", "api/_x.py", "x.py",
        platform=platform,
    )  # fmt: skip
    assert {function.path: function.route for function in functions(made)} == {
        "api/index.py": "/api",
        "api/user.py": "/api/user",
        "api/user/index.py": "/api/user",
        "api/[id].py": "/api/:id",
        "api/a/[b]/[c].py": "/api/a/:b/:c",
    }


def test_helpers_are_what_is_left(project) -> None:
    made = project("api/a.py", "api/_b.py", "api/_lib/c.py", "api/__init__.py", "api/.d.py", "api/e.txt", "f.py")
    assert paths(made) == ["api/a.py"]
    assert helpers(made) == ("api/.d.py", "api/__init__.py", "api/_b.py", "api/_lib/c.py")


def test_what_is_ignored_is_no_function(project) -> None:
    names = ["api/a.py", "api/b.py", "api/c/d.py", "api/node_modules/x.py", "api/env/pyvenv.cfg", "api/env/x.py"]
    made = project(*names, _gitignore="/api/b.py\n", _vercelignore="c/\n")
    assert paths(made) == ["api/a.py"]


def test_only_what_builds_lists_is_built(project) -> None:
    builds = [
        {"src": "app.py", "use": "@vercel/python"},
        {"src": "/lib/*.py", "use": "@now/python@2.0.0", "config": {"maxLambdaSize": "15mb"}},
        {"src": "web/**", "use": "@vercel/static"},
        {"src": "**/*.py", "use": "@vercel/node"},
        {"src": "missing.py", "use": "@vercel/python"},
        {"use": "@vercel/python"},
        {"src": 1},
        "no object",
    ]
    names = ["app.py", "lib/a.py", "lib/b.txt", "lib/c/d.py", "web/x.py", "api/index.py"]
    made = project(*names, vercel_json=json.dumps({"builds": builds}))
    assert {function.path: function.route for function in functions(made)} == {
        "app.py": "/app.py",
        "lib/a.py": "/lib/a.py",
    }
    assert built_files(made) == ("api/index.py", "app.py", "lib/a.py", "lib/c/d.py", "web/x.py")
    assert unbuilt(made) == ()


@pytest.mark.parametrize("builds", [[], None, "x", {}])
def test_builds_without_elements_turn_nothing_off(project, builds) -> None:
    made = project("api/index.py", vercel_json=json.dumps({"builds": builds}))
    assert paths(made) == ["api/index.py"]


def test_a_runtime_makes_a_function_of_another_language(project) -> None:
    settings = {"functions": {"api/a.py": {"runtime": "x@1.0.0"}, "api/b.py": {"runtime": "@vercel/python@4.7.1"}}}
    made = project("api/a.py", "api/b.py", vercel_json=json.dumps(settings))
    assert paths(made) == ["api/b.py"]


def test_a_configuration_that_is_not_json_changes_nothing(project) -> None:
    assert paths(project("api/index.py", vercel_json="{")) == ["api/index.py"]


def test_functions_come_and_go_with_their_files(project, tmp_path) -> None:
    made = project("api/a.py")
    assert paths(made) == ["api/a.py"]
    (tmp_path / "api/b.py").write_text("")
    made.changed(["api/b.py"])
    made.tree.set_overlay("api/c/d.py", "x = 1")
    assert paths(made) == ["api/a.py", "api/b.py", "api/c/d.py"]
    (tmp_path / ".gitignore").write_text("b.py\n")
    made.changed([".gitignore"])
    made.tree.set_overlay("vercel.json", '{"builds": [{"src": "api/a.py", "use": "@vercel/python"}]}')
    assert paths(made) == ["api/a.py"]
    made.tree.set_overlay("vercel.json", None)
    assert paths(made) == ["api/a.py", "api/c/d.py"]


def test_a_keystroke_in_a_module_leaves_the_functions_alone(project) -> None:
    made = project("api/a.py")
    first = functions(made)
    made.tree.set_overlay("api/a.py", "app = 1")
    opened = functions(made)
    made.tree.set_overlay("api/a.py", "app = 2")
    assert functions(made) is opened
    assert opened == first
