"""Requirements files, read as pip reads them, with a place for everything in them.

pip's own parser reads from the disk and gives line numbers only, and `pip-requirements-parser` gives no columns and
takes lines that today's pip refuses, so the grammar of lines and options is here, and `packaging`, which pip itself
uses, reads each requirement. The tests hold the result against pip's.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as ParsedRequirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename

from vlint.finding import Applicability, Edit, Fix, Location
from vlint.project.manifests.logical_lines import logical_lines
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Requirement
from vlint.project.manifests.requirement_options import (
    CONSTRAINTS,
    EDITABLES,
    INCLUDES,
    INDEXES,
    OptionError,
    parse_options,
)
from vlint.text import Source

if TYPE_CHECKING:
    from vlint.project.manifests.logical_lines import LogicalLine
    from vlint.project.manifests.requirement_options import Option
    from vlint.project.project import Project

_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
_URL = re.compile(r"(?:https?|ftp|file|(?:git|hg|svn|bzr)(?:\+[a-z]+)?)://|(?:git|hg|svn|bzr)\+", re.IGNORECASE)
_EGG = re.compile(r"[#&]egg=([^&\[]+)(?:\[([^\]]*)\])?")
_SINGLE_EQUALS = re.compile(r"(?<![=!<>~])=(?!=)")
_EXTRAS_AT_END = re.compile(r"^(.+?)(\[[^\]]+\])$")
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz", ".tar.lz")


@dataclass
class _Reading:
    """What has been read so far, over all files that include one another."""

    requirements: list[Requirement] = field(default_factory=list)
    rejected: list[ManifestProblem] = field(default_factory=list)
    complete: bool = True
    own_index: bool = False
    files: set[str] = field(default_factory=set)


def read(project: Project, path: str) -> Manifest | None:
    """The requirements file at `path` with all that it includes; None where there is none."""
    if not project.tree.is_file(path):
        return None
    reading = _Reading()
    _read_file(project, path, reading, constrains=False)
    return Manifest(
        path,
        "requirements",
        declares_dependencies=True,
        requirements=tuple(reading.requirements),
        complete=reading.complete,
        rejected=tuple(reading.rejected),
        own_index=reading.own_index,
    )


def _read_file(project: Project, path: str, reading: _Reading, *, constrains: bool) -> None:
    """Read one file into `reading`; a file is read once, so that files that include one another come to an end."""
    if path in reading.files:
        return
    reading.files.add(path)
    text = decode(project.tree.read(path) or b"")
    if text is None:
        reading.complete = False
        return
    source = Source(text)
    for line in logical_lines(text):
        _Line(project, path, source, line, reading, constrains).read()


def decode(content: bytes) -> str | None:
    """Text in the encoding that a byte order mark names, else in UTF-8; None where it is neither (pip then guesses)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


@dataclass
class _Line:
    """One line: options alone, or a requirement with options behind it."""

    project: Project
    path: str
    source: Source
    line: LogicalLine
    reading: _Reading
    constrains: bool

    def place(self, start: int, end: int) -> Location:
        return Location(self.path, self.source.range(self.line.offset(start), self.line.offset(end)))

    def reject(self, message: str, start: int, end: int, *, hint: str | None = None, fix: Fix | None = None) -> None:
        self.reading.rejected.append(ManifestProblem(message, self.place(start, end), help=hint, fix=fix))
        self.reading.complete = False

    def read(self) -> None:
        text = self.line.text
        if _VARIABLE.search(text):  # filled in from the environment of the build, which nobody knows here
            self.reading.complete = False
            return
        split = re.search(r"(?:^| )-", text)
        arguments = text[: split.start()].rstrip() if split else text
        try:
            options = parse_options(text, split.end() - 1) if split else []
        except OptionError as error:
            self.reject(str(error), error.start, error.end)
            return
        if arguments:
            self._requirement(arguments)
            return
        self.reading.own_index |= any(option.name in INDEXES for option in options)
        for option in options:  # pip reads the first editable, else the first file, and no other
            if option.name in EDITABLES:
                self._editable(option)
                return
        for option in options:
            if option.name in INCLUDES | CONSTRAINTS:
                self._include(option)
                return

    def _include(self, option: Option) -> None:
        if _URL.match(option.value):
            self.reading.complete = False
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), option.value))
        if path.startswith(("../", "/")) or path == "..":
            self.reading.complete = False  # outside of the root: not there in a deployment, but not ours to look at
        elif self.project.tree.is_file(path):
            constrains = self.constrains or option.name in CONSTRAINTS
            _read_file(self.project, path, self.reading, constrains=constrains)
        else:
            message = f"`{option.value}` is not there: pip looks for `{path}` and stops"
            self.reject(message, option.start, option.end)

    def _editable(self, option: Option) -> None:
        value = option.value
        if _EGG.search(value) and _URL.match(value):
            self._add_url(value, option.start, option.end)
            return
        self.reading.complete = False  # what the project that it names brings along cannot be known
        path = posixpath.normpath(_EXTRAS_AT_END.sub(r"\1", value))
        is_elsewhere = bool(_URL.match(value)) or path.startswith(("..", "/"))
        if not is_elsewhere and not self.project.tree.is_directory("" if path == "." else path):
            message = f"`{value}` is neither a directory of the project nor an address of a repository"
            self.reject(message, option.start, option.end)

    def _requirement(self, text: str) -> None:
        bare = re.split(r";\s" if _URL.match(text) else ";", text, maxsplit=1)[0].strip()
        path = _EXTRAS_AT_END.sub(r"\1", bare)
        if _URL.match(bare):
            self._add_url(bare, 0, len(text))
        elif bare.lower().endswith(_ARCHIVES) and " @ " not in bare and "@" not in bare:
            self._archive(path, text)
        elif ("/" in bare or bare.startswith(".")) and self.project.tree.is_directory(
            posixpath.normpath(path).strip(".")
        ):
            self.reading.complete = False
        else:
            self._named(text)

    def _archive(self, path: str, text: str) -> None:
        normal = posixpath.normpath(path)
        if not normal.startswith(("..", "/")) and not self.project.tree.is_file(normal):
            self.reject(f"`{path}` is not there: pip takes it for a file, from the project's root", 0, len(path))
            return
        try:
            name = parse_wheel_filename(posixpath.basename(path))[0]
        except ValueError:
            self.reading.complete = False
            return
        self.reading.requirements.append(
            Requirement(canonicalize_name(name), SpecifierSet(), self.place(0, len(text)), url=path)
        )

    def _add_url(self, url: str, start: int, end: int) -> None:
        egg = _EGG.search(url)
        if not egg:
            self.reading.complete = False
            return
        extras = frozenset(canonicalize_name(extra) for extra in (egg[2] or "").split(",") if extra)
        name = canonicalize_name(egg[1])
        self.reading.requirements.append(
            Requirement(name, SpecifierSet(), self.place(start, end), extras=extras, url=url)
        )

    def _named(self, text: str) -> None:
        name, _, marker = text.partition(";")
        try:
            parsed = ParsedRequirement(text if marker.strip() else name)
        except InvalidRequirement as error:
            self._explain(text, error)
            return
        self.reading.requirements.append(
            Requirement(
                name=canonicalize_name(parsed.name),
                specifier=parsed.specifier,
                location=self.place(0, len(text)),
                extras=frozenset(canonicalize_name(extra) for extra in parsed.extras),
                marker=parsed.marker,
                url=parsed.url,
                constrains=self.constrains,
            )
        )

    def _explain(self, text: str, error: InvalidRequirement) -> None:
        """packaging's reason, at the column that its caret shows."""
        reason, column = reason_and_column(error)
        reason = f"pip rejects `{text}`: {reason[:1].lower()}{reason[1:]}"
        equals = _SINGLE_EQUALS.search(text)
        if equals and _is_requirement(f"{text[: equals.start()]}={text[equals.start() :]}"):
            index = equals.start()
            place = self.place(index, index + 1)
            fix = Fix("Write `==`", Applicability.SAFE, (Edit(self.path, place.range, "=="),))
            self.reject(reason, index, index + 1, hint="`=` is no operator: write `==`.", fix=fix)
            return
        hint = "It looks like a path, and there is nothing at it." if "/" in text and "@" not in text else None
        column = min(column, len(text))
        self.reject(reason, column, min(column + 1, len(text)), hint=hint)


def _is_requirement(text: str) -> bool:
    try:
        ParsedRequirement(text)
    except InvalidRequirement:
        return False
    return True


def reason_and_column(error: InvalidRequirement) -> tuple[str, int]:
    """The first line of packaging's message, and the index (from 0) that its caret points at; 0 where it has none."""
    lines = str(error).splitlines()
    if len(lines) < 3:
        return lines[0].rstrip(".") if lines else "it is no requirement", 0
    return lines[0], max(lines[-1].find("~"), 0) - 4 if "~" in lines[-1] else max(lines[-1].find("^") - 4, 0)
