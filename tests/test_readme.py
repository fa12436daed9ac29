"""The README tells the truth: its table, its commands, its settings, its links and its picture."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from vlint.cli import main
from vlint.rules.catalogue import describe_rules
from vlint.settings import load_settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


COMMANDS = [
    shlex.split(line[2:]) for block in blocks("console") for line in block.splitlines() if line.startswith("$ vlint")
]


def test_the_table_of_rules_is_the_registry() -> None:
    rows = re.findall(r"^\| (VL\d+) \| `(.+?)` \| (\w+) \| (.+?) \|$", README, re.MULTILINE)
    assert rows == [(rule.code, rule.name, rule.severity.value, rule.summary) for rule in describe_rules()]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_runs_as_it_stands(command, tmp_path, monkeypatch, capfd) -> None:
    project = tmp_path / "storefront"
    shutil.copytree(REPOSITORY / "tests" / "projects" / "storefront", project)
    monkeypatch.chdir(project)
    assert command[0] == "vlint"
    assert main(command[1:]) in (0, 1)
    captured = capfd.readouterr()
    assert captured.out
    assert captured.err == ""


def test_every_dependency_is_explained_to_contributors() -> None:
    data = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in data["project"]["dependencies"]}
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w, -]+) \|", text.partition("## Dependencies")[2], re.MULTILINE)
    assert {name for row in rows for name in row.split(", ")} - {"package"} == names


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 8


def test_the_settings_are_read(tmp_path) -> None:
    (block,) = blocks("toml")
    (tmp_path / "pyproject.toml").write_text(block)
    settings = load_settings(tmp_path)
    assert set(settings.origins) == set(tomllib.loads(block)["tool"]["vlint"])


def test_the_comments_silence(tmp_path, monkeypatch, capfd) -> None:
    block = next(block for block in blocks("python") if "ignore" in block)
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "page.py").write_text(block)
    monkeypatch.chdir(tmp_path)
    assert main(["-q"]) == 0
    assert capfd.readouterr().out == ""


def test_the_python_example_runs(capfd) -> None:
    block = next(block for block in blocks("python") if "import vlint" in block)
    exec(block.replace("path/to/project", str(REPOSITORY / "tests" / "projects" / "storefront")), {})
    assert "VL101" in capfd.readouterr().out


def test_the_configurations_parse() -> None:
    pre_commit, workflow = map(yaml.safe_load, blocks("yaml"))
    hooks = {hook["id"] for hook in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())}
    assert {hook["id"] for repo in pre_commit["repos"] for hook in repo["hooks"]} <= hooks
    (command,) = [step["run"] for step in workflow["jobs"]["vlint"]["steps"] if step.get("run", "").startswith("vlint")]
    assert "--output-format sarif" in command


def test_every_option_it_names_exists() -> None:
    from vlint.cli.check import parser

    known = {option for action in parser()._actions for option in action.option_strings}
    prose = re.sub(r"^```.*?^```$", "", README, flags=re.DOTALL | re.MULTILINE)
    named = set(re.findall(r"(?<![\w-])--[a-z-]+", " ".join(re.findall(r"`([^`]*)`", prose)))) - {"--all-files"}
    assert named
    assert named <= known


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_inside_the_repository_lead_somewhere(document) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if not target.startswith("http"):
            assert (REPOSITORY / target).exists(), target


def test_the_picture_is_of_this_version() -> None:
    """The words in the picture are those that the demo prints now."""
    import html

    sys.path.insert(0, str(REPOSITORY / ".github" / "readme"))
    try:
        import picture
    finally:
        sys.path.pop(0)

    def words(svg: str) -> str:
        return html.unescape("\n".join(re.findall(r"<text[^>]*>(.*?)</text>", svg)))

    assert words(picture.draw()) == words(picture.PICTURE.read_text(encoding="utf-8"))
