"""Poetry's constraints as PEP 440 has them; the bounds are those of Poetry's documentation of them."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from vlint.project.manifests.poetry import main_requirements, other_requirements, specifier
from vlint.project.manifests.toml_document import TomlDocument


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("^1.2.3", ">=1.2.3,<2"), ("^1.2", ">=1.2,<2"), ("^1", ">=1,<2"), ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"), ("^0.0", ">=0.0,<0.1"), ("^0", ">=0,<1"),
        ("~1.2.3", ">=1.2.3,<1.3"), ("~1.2", ">=1.2,<1.3"), ("~1", ">=1,<2"),
        ("*", ""), ("1.*", "==1.*"), ("1.2.*", "==1.2.*"), ("1.2.3", "==1.2.3"), ("==1.2.3", "==1.2.3"),
        (">=1.2,<2", ">=1.2,<2"), (">= 1.2, < 2", ">=1.2,<2"), ("!=1.2", "!=1.2"), ("~=1.2", "~=1.2"),
        ("^1.2 || ^2", ""), ("three", ""), ("", ""), (None, ""), (1, ""),
    ],
)  # fmt: skip
def test_constraints(constraint: object, expected: str) -> None:
    assert specifier(constraint) == SpecifierSet(expected)


def test_tables() -> None:
    document = TomlDocument(
        '[tool.poetry.dependencies]\npython = "^3.12"\nFlask = {version = "^3", extras = ["async"]}\n'
        'own = {git = "https://example.com/own.git"}\nspare = {version = "*", optional = true}\n'
        "two = [{version = '1', markers = 'os_name == \"nt\"'}, {version = '2', markers = 'os_name == \"posix\"'}]\n"
        '[tool.poetry.group.test.dependencies]\npytest = "*"\n[tool.poetry.dev-dependencies]\nmypy = "*"\n'
    )
    found = list(main_requirements(document, "pyproject.toml"))
    assert [(item.name, str(item.specifier), item.url, str(item.marker)) for item in found] == [
        ("flask", "<4,>=3", None, "None"),
        ("own", "", "https://example.com/own.git", "None"),
        ("two", "==1", None, 'os_name == "nt"'),
        ("two", "==2", None, 'os_name == "posix"'),
    ]
    assert found[0].extras == {"async"}
    assert (found[0].location.range.start.line, found[0].location.range.start.column) == (3, 1)
    others = [(item.name, item.group) for item in other_requirements(document, "pyproject.toml")]
    assert others == [("mypy", "Poetry's group `dev`"), ("pytest", "Poetry's group `test`")]
