"""The case files: a small project and what is expected of it, in one text file.

The format is txtar (as Go's tools use it): text before the first marker says what the case shows; `-- NAME --` on a
line of its own starts a file. These names are not files of the project:

    -- expected --            the findings on the default platform, one a line:
                              CODE PATH:LINE:COLUMN-LINE:COLUMN [severity]
    -- expected 2026-08 --    the same for another platform; without it nothing is checked there
    -- runtime 2025-03 --     what the platform's own code did with the project; a script writes it, nobody by hand
    -- fixed PATH --          the file after all fixes (safe and unsafe)
    -- options --             settings of the run, as TOML
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_MARKER = re.compile(r"^-- (.+?) --$")
_SPECIAL = re.compile(r"^(expected|runtime|fixed|options)( |$)")


@dataclass
class Case:
    """One case file, taken apart."""

    path: Path
    comment: str
    files: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    def write_project(self, root: Path) -> Path:
        for name, text in self.files.items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        return root

    def expected(self, platform: str, default: str) -> list[str] | None:
        name = "expected" if platform == default else f"expected {platform}"
        text = self.sections.get(name)
        return None if text is None else [line for line in text.splitlines() if line.strip()]


def read_case(path: Path) -> Case:
    comment: list[str] = []
    current = comment
    parts: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        marker = _MARKER.match(line.rstrip("\n"))
        if marker:
            current = parts.setdefault(marker[1], [])
        else:
            current.append(line)
    case = Case(path, "".join(comment).strip())
    for name, lines in parts.items():
        (case.sections if _SPECIAL.match(name) else case.files)[name] = "".join(lines)
    return case


def replace_sections(text: str, sections: dict[str, str]) -> str:
    """The text of a case file with `sections` (which are not files of the project) replaced, or added at its end."""
    written = []
    left = dict(sections)
    keep = True
    for line in text.splitlines(keepends=True):
        marker = _MARKER.match(line.rstrip("\n"))
        if marker:
            keep = marker[1] not in sections
            if marker[1] in left:
                written.append(f"{line}{left.pop(marker[1])}")
        if keep:
            written.append(line)
    return "".join(written) + "".join(f"-- {name} --\n{content}" for name, content in left.items())


def all_cases(*folders: str) -> list[Case]:
    """The cases of the named folders (rule codes), or of all."""
    roots = [CASES / folder for folder in folders] if folders else [CASES]
    return [read_case(path) for root in roots for path in sorted(root.rglob("*.txtar"))]


def describe(finding: object) -> str:
    """A finding as a line of `-- expected --`."""
    from vlint import Finding

    assert isinstance(finding, Finding)
    start, end = finding.range.start, finding.range.end
    place = f"{finding.path}:{start.line}:{start.column}-{end.line}:{end.column}"
    return f"{finding.code} {place} {finding.severity.value}"
