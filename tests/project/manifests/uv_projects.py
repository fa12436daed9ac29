"""Projects for uv: the `pyproject.toml` of each by a name, and what is changed in one of them once it is locked."""

from __future__ import annotations

HEAD = '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.12"\n'
GROUPS = '\n[dependency-groups]\ndev = ["gamma"]\nother = ["delta", {include-group = "More"}]\nmore = ["beta<2"]\n'

WHEELS = [("alpha", "1.0", "eps"), ("beta", "1.0"), ("beta", "2.0"), ("gamma", "1.0"), ("delta", "1.0"), ("eps", "1.0")]
"""Name, version and requirements of the distributions that there are: alpha brings eps along."""


def project(dependencies: str = '"alpha"', more: str = "") -> str:
    return f"{HEAD}dependencies = [{dependencies}]\n{more}"


def uv(text: str) -> str:
    return f"\n[tool.uv]\n{text}\n"


PROJECTS = {
    "plain": project(),
    "nothing": HEAD,
    "groups": project(more=GROUPS),
    "default groups": project(more=GROUPS + uv('default-groups = ["dev", "other"]')),
    "all groups": project(more=GROUPS + uv('default-groups = "all"')),
    "no groups": project(more=GROUPS + uv("default-groups = []")),
    "development included": project(
        more='[dependency-groups]\ndev = ["gamma"]\nweb = ["delta", {include-group = "dev"}]\n'
        + uv('default-groups = ["web"]\ndev-dependencies = ["beta"]')
    ),
    "extras": project(more='[project.optional-dependencies]\nx = ["beta"]\n'),
    "own extra": project('"app[x]"', '[project.optional-dependencies]\nx = ["beta", "app[y]"]\ny = ["gamma"]\n'),
    "markers": project('"alpha", "beta; sys_platform == \'win32\'", "gamma; python_version < \'3.13\'"'),
    "full version": project("\"beta; python_full_version >= '3.13'\", \"gamma; python_full_version < '3.13.0'\""),
    "poetry alone": '[tool.poetry.dependencies]\npython = "^3.12"\nalpha = "*"\n',
    "poetry beside": project(more='[tool.poetry.dependencies]\nbeta = "*"\n'),
    "tools alone": "[tool.ruff]\nline-length = 100\n",
    "groups alone": '[dependency-groups]\nother = ["delta"]\n',
    "empty": "",
    "no name": '[project]\nversion = "1"\ndependencies = ["alpha"]\n',
    "no version": '[project]\nname = "app"\ndependencies = ["alpha"]\n',
    "no python": '[project]\nname = "app"\nversion = "1"\ndependencies = ["alpha"]\n',
    "another Python": '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.9,<3.12"\n',
    "conflict": project('"beta<2", "beta>=2"'),
    "conflict of a group": project('"beta<2"', '[dependency-groups]\ndev = ["beta>=2"]\n'),
    "conflict of an extra": project('"beta<2"', '[project.optional-dependencies]\nx = ["beta>=2"]\n'),
    "conflict of extras": HEAD + '[project.optional-dependencies]\nx = ["beta>=2"]\ny = ["beta<2"]\n',
    "declared conflict": HEAD
    + '[project.optional-dependencies]\nx = ["beta>=2"]\ny = ["beta<2"]\n'
    + uv('conflicts = [[{extra = "x"}, {extra = "y"}]]'),
    "conflict on Linux": project("\"beta<2; sys_platform == 'linux'\", \"beta>=2; sys_platform == 'linux'\""),
    "no conflict": project("\"beta<2; sys_platform == 'linux'\", \"beta>=2; sys_platform == 'win32'\""),
    "constraint": project('"beta"', uv('constraint-dependencies = ["beta<2", "unknown<1"]')),
    "conflict with a constraint": project('"beta>=2"', uv('constraint-dependencies = ["beta<2"]')),
    "override": project('"beta<1", "beta>=9"', uv('override-dependencies = ["beta<2"]')),
    "no such group": project(more='[dependency-groups]\ndev = [{include-group = "nope"}]\n'),
    "circle": project(more='[dependency-groups]\ndev = [{include-group = "a"}]\na = [{include-group = "dev"}]\n'),
    "no such default": project(more=uv('default-groups = ["nope"]')),
    "development is always a group": project(more=uv('default-groups = ["dev"]')),
    "wrong group": project(more='[dependency-groups]\ndev = ["gamma = 1"]\n'),
    "wrong extra": project(more='[project.optional-dependencies]\nx = ["gamma = 1"]\n'),
    "wrong dependency": project('"alpha = 1"'),
    "wrong constraint": project(more=uv('constraint-dependencies = ["beta = 1"]')),
    "standard module": project('"alpha", "zipfile"'),
    "standard module of a group": project(more='[dependency-groups]\nx = ["zipfile"]\n'),
    "two spellings of a group": project(more='[dependency-groups]\nx = ["beta"]\nX = ["gamma"]\n'),
    "something else in a group": project(more='[dependency-groups]\nx = [{foo = "y"}]\n'),
}

CHANGED_AFTER_THE_LOCK = {
    "the same": ("", ""),
    "one more": ('"alpha"', '"alpha", "delta"'),
    "one less": ('"alpha"', ""),
    "wrong now": ('"alpha"', '"alpha = 1"'),
    "wrong group now": ('"gamma"', '"gamma = 1"'),
    "another name": ('name = "app"', 'name = "other"'),
    "no name now": ('name = "app"', ""),
    "no version now": ('version = "1"', ""),
    "another default": ("[dependency-groups]", '[tool.uv]\ndefault-groups = ["other"]\n[dependency-groups]'),
    "a default that is not there": ("[dependency-groups]", '[tool.uv]\ndefault-groups = ["x"]\n[dependency-groups]'),
}
"""What is replaced by what in the project "groups" after it was locked."""

CHANGED_LOCKS = {
    "another Python": ('requires-python = ">=3.12"', 'requires-python = ">=3.13"'),
    "no version of the lock": ("version = 1\n", ""),
    "version is a string": ("version = 1\n", 'version = "1"\n'),
    "broken": ("[[package]]", "[[package]"),
    "another project": ('name = "app"', 'name = "other"'),
    "packages of another type": ("[[package]]", "[package.x]"),
    "unknown key": ("version = 1\n", "version = 1\nunknown = 1\n"),
    "a name of another type": ('name = "gamma"\nversion', "name = 1\nversion"),
}
"""What is replaced by what, everywhere, in the lock of the project "groups"."""
