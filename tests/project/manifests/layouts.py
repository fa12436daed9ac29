"""Projects of manifests alone, and the directory of a function in each."""

from __future__ import annotations

import json
from itertools import product

Layout = tuple[str, dict[str, str], str]
"""A name, the files, and the function's directory."""


def lock(version: object = None, **packages: object) -> str:
    requires = {} if version is None else {"python_version": version}
    return json.dumps({"_meta": {"requires": requires}, "default": packages, "develop": {}})


PIPFILE = '[packages]\nflask = "*"\n\n[requires]\npython_version = "3.13"\n'
REQUIREMENTS = "flask==3.0.3\n"


def pyproject(requires: str | None = None, more: str = "") -> str:
    wanted = f'requires-python = "{requires}"\n' if requires is not None else ""
    return f'[project]\nname = "app"\nversion = "1"\n{wanted}dependencies = ["flask"]\n{more}'


TOOLS = "[tool.ruff]\nline-length = 100\n"
WORKSPACE = '\n[tool.uv.workspace]\nmembers = ["{members}"]\nexclude = ["{excluded}"]\n'

_MANIFESTS = {
    "pyproject.toml": pyproject(),
    "Pipfile.lock": lock("3.13", flask={"version": "==3.0.3"}),
    "Pipfile": PIPFILE,
    "requirements.txt": REQUIREMENTS,
    "requirements.frozen.txt": REQUIREMENTS,
    "requirements-frozen.txt": REQUIREMENTS,
    "requirements.in": REQUIREMENTS,
    "requirements/prod.txt": REQUIREMENTS,
}
_VERSIONS = (
    "3", "3.6", "3.8", "3.9", "3.11", "3.12", "3.13", "3.14", "3.15", "3.12.1", "3.120", " 3.12", "3.12 ", "", ">=3.12",
    "python3.12", "3.12.*", "3.x", "312", "v3.12", "03.12",
)  # fmt: skip
_SPECIFIERS = (
    ">=3.12", ">=3.13", ">=3.8", ">=3.8,<3.12", "<3.13", "==3.13.*", "==3.13", "~=3.12", "~=3.13.0", "~=3.10",
    "3.12", ">3.12", ">3.13", "<=3.12", "!=3.12", "!=3.12.*", ">=3.12.4", ">=3.13.2,<3.14", "<3.12.5", "^3.12", "", "*",
    "three", ">=3.12, <4", ">=3.15", "<3.9", "<3", "===3.13", ">=3.14.0rc1", ">3.12.0", "<3.13.0", "!=3.12.3", "~=3",
)  # fmt: skip
_REQUESTS = (
    "3.12", "3.13", "3.14", "3.11", "3.9", "3.6", "3", "313", "3.13.1", ">=3.13", ">=3.12,<3.14", "<3.12", "python3.13",
    "python@3.13", "cpython@3.13", "cpython3.14", "cp313", "pypy@3.10", "pypy", "graalpy", "any", "default", "3.13t",
    "3.13+freethreaded", "3.14d", "cpython-3.13-linux-x86_64-gnu", "cpython-3.13-macos-aarch64-none", "cpython-3.13",
    "any-3.13-linux", "CPython@3.13", "  3.13  ", "three", "# 3.13", "", "\n\n3.13\n", "3.11\n3.13", "three\n3.13",
    "# wanted\n3.14 ", "3.15", "3.13-dev", "3.13rc1", "~=3.13", "==3.13.*", "system", "cpython", "v3.13", "3.13 # ours",
    "cpython-any-linux", "pyodide@0.26",
)  # fmt: skip


def layouts() -> list[Layout]:
    found: list[Layout] = [("nothing", {}, "api")]
    for name, text in _MANIFESTS.items():
        found.append((f"{name} at the root", {name: text}, "api"))
        found.append((f"{name} beside", {f"api/{name}": text}, "api"))
        found.append((f"{name} between", {f"api/{name}": text}, "api/v1"))
    for (near, near_text), (far, far_text) in product(_MANIFESTS.items(), repeat=2):
        found.append((f"api/{near} and {far}", {f"api/{near}": near_text, far: far_text}, "api"))
        if near < far:
            found.append((f"{near} and {far}", {near: near_text, far: far_text}, "api"))
    found += [(f"lock {version!r}", {"Pipfile.lock": lock(version)}, "api") for version in _VERSIONS]
    found += [(f"requires {spec!r}", {"pyproject.toml": pyproject(spec)}, "api") for spec in _SPECIFIERS]
    found += [(f"request {request!r}", {".python-version": request}, "api") for request in _REQUESTS]
    found += _versions_in_two_places()
    found += _workspaces()
    found += _broken()
    return found


def _versions_in_two_places() -> list[Layout]:
    return [
        ("file before manifest", {".python-version": "3.14\n", "pyproject.toml": pyproject(">=3.12")}, "api"),
        ("file before lock", {".python-version": "3.14\n", "Pipfile.lock": lock("3.13")}, "api"),
        ("nearest file", {".python-version": "3.14\n", "api/.python-version": "3.13\n"}, "api"),
        ("nearest file, deeper", {".python-version": "3.14\n", "api/.python-version": "3.13\n"}, "api/v1/x"),
        ("root file, near lock", {".python-version": "3.14\n", "api/Pipfile.lock": lock("3.13")}, "api"),
        ("root file, near requirements", {".python-version": "3.14\n", "api/requirements.txt": "flask\n"}, "api"),
        ("root file, near pyproject", {".python-version": "3.14\n", "api/pyproject.toml": pyproject()}, "api"),
        ("near file, root manifest", {"api/.python-version": "3.14\n", "pyproject.toml": pyproject(">=3.12")}, "api"),
        ("unsupported near file", {"api/.python-version": "3.8\n", ".python-version": "3.14\n"}, "api"),
        ("tools alone", {"pyproject.toml": TOOLS, "requirements.txt": REQUIREMENTS}, "api"),
        ("tools alone, near", {"api/pyproject.toml": TOOLS, "requirements.txt": REQUIREMENTS}, "api"),
        ("both pyprojects", {"api/pyproject.toml": pyproject(">=3.13"), "pyproject.toml": pyproject(">=3.14")}, "api"),
        ("only the root's bound", {"api/pyproject.toml": pyproject(), "pyproject.toml": pyproject(">=3.14")}, "api"),
    ]


def _workspaces() -> list[Layout]:
    cases = [("api", "none"), ("*", "none"), ("api/*", "none"), ("api/**", "none"), ("api", "api"), ("{api,x}", "none")]
    found: list[Layout] = []
    for members, excluded in cases:
        root = pyproject(">=3.14", WORKSPACE.format(members=members, excluded=excluded))
        found.append(
            (f"workspace {members} less {excluded}", {"pyproject.toml": root, "api/pyproject.toml": pyproject()}, "api")
        )
        found.append(
            (
                f"workspace {members} less {excluded}, its file",
                {"pyproject.toml": root, "api/pyproject.toml": pyproject(), ".python-version": "3.13\n"},
                "api",
            )
        )
        found.append(
            (f"workspace {members}, deeper", {"pyproject.toml": root, "api/v1/pyproject.toml": pyproject()}, "api/v1")
        )
    alone = pyproject(None, "\n[tool.uv.workspace]\n")
    found.append(("workspace below", {"api/pyproject.toml": alone, "pyproject.toml": pyproject(">=3.14")}, "api"))
    return found


def _broken() -> list[Layout]:
    texts = {
        "pyproject.toml": ("[project", "a = ", "[project]\nname = 1\n", '[project]\ndependencies = "flask"\n',
                           "[project]\nrequires-python = 3.12\n", '[build-system]\nrequires = "x"\n', "project = 1\n",
                           '[tool.uv.workspace]\nmembers = "x"\n', '[dependency-groups]\ndev = [1]\n',
                           '[tool.poetry]\nname = 1\n'),
        "Pipfile.lock": ("", "{", "[]", "null", '"x"', '{"_meta": []}', '{"default": []}', '{"default": {"a": 1}}',
                         '{"default": {"a": "1"}}', '{"_meta": {"requires": {"python_version": 3.12}}}',
                         '{"_meta": {"requires": []}}', '{"_meta": {"hash": {"sha256": 1}}}', '{"develop": 1}',
                         '{"default": {"a": {"version": 1}}}', '\ufeff{}', '{"default": {"a": {"hashes": "x"}}}',
                         '{"_meta": {"sources": [{"url": 1}]}}', '{"default": {}}'),
        "Pipfile": ("[packages", 'packages = "x"\n', "[packages]\na = 1\n", "[packages]\na = {version = 1}\n",
                    'source = "x"\n', "[requires]\npython_version = 3.12\n", "[dev-packages]\na = true\n",
                    "[scripts]\na = 1\n", '[packages]\na = {version = "*", editable = "x"}\n'),
        ".python-version": ("three\n", "\n", "# 3.12\n", "3.12.x.y\n"),
        "requirements.txt": ("flask=3\n", "flask requests\n", "-r missing.txt\n", "flask; python_version < 3\n", "%\n"),
    }  # fmt: skip
    return [
        (f"broken {name} {number}", {name: text}, "api")
        for name, variants in texts.items()
        for number, text in enumerate(variants)
    ]
