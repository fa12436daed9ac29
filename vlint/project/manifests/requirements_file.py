"""Requirements files, read as pip reads them, with a place for everything in them.

pip's own parser reads from the disk and gives line numbers only, and `pip-requirements-parser` accepts what today's
pip refuses, so the grammar of lines and options is here, and `packaging`, which pip itself uses, reads each
requirement. The tests hold the result against pip's.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as ParsedRequirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, parse_wheel_filename

from vlint.finding import Applicability, Edit, Fix, Location
from vlint.project.manifests.logical_lines import logical_lines
from vlint.project.manifests.manifest import Manifest, ManifestProblem, Requirement
from vlint.text import Source

if TYPE_CHECKING:
    from vlint.project.manifests.logical_lines import LogicalLine
    from vlint.project.project import Project

_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")
_URL = re.compile(r"(?:https?|ftp|file|(?:git|hg|svn|bzr)(?:\+[a-z]+)?)://|(?:git|hg|svn|bzr)\+", re.IGNORECASE)
_EGG = re.compile(r"[#&]egg=([^&\[]+)(?:\[([^\]]*)\])?")
_OPERATORS = ("===", "==", "~=", "!=", "<=", ">=", "<", ">")
_SINGLE_EQUALS = re.compile(r"(?<![=!<>~])=(?!=)")
_EXTRAS_AT_END = re.compile(r"^(.+?)(\[[^\]]+\])$")
_ARCHIVES = (".whl", ".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tbz", ".tar.xz", ".txz", ".tlz", ".tar.lz")
_WITH_VALUE = {
    "-i", "--index-url", "--pypi-url", "--extra-index-url", "-c", "--constraint", "-r", "--requirement",
    "-e", "--editable", "-f", "--find-links", "--no-binary", "--only-binary", "--trusted-host", "--use-feature",
    "--global-option", "--hash", "--config-settings", "--config-setting", "-C",
}  # fmt: skip
_WITHOUT_VALUE = {"--no-index", "--prefer-binary", "--require-hashes", "--pre"}


@dataclass
class _Reading:
    """What has been read so far, over all files that include one another."""

    requirements: list[Requirement] = field(default_factory=list)
    rejected: list[ManifestProblem] = field(default_factory=list)
    complete: bool = True
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
        options = self._options(split.end() - 1) if split else []
        if options is None:
            return
        if arguments:
            self._requirement(arguments)
            return
        editable = next((option for option in options if option[0] in ("-e", "--editable")), None)
        if editable:
            self._editable(*editable[1:])
            return
        for name, value, start, end in options:
            if name in ("-r", "--requirement", "-c", "--constraint"):
                self._include(value, start, end, constrains=name in ("-c", "--constraint"))
                return  # pip reads the first alone

    def _options(self, start: int) -> list[tuple[str, str, int, int]] | None:
        """Each option with its value and the value's place in the line; None where pip refuses them."""
        text = self.line.text
        try:
            words = shlex.split(text[start:])
        except ValueError as error:
            self.reject(f"pip cannot split the options: {str(error).lower()}", start, len(text))
            return None
        found: list[tuple[str, str, int, int]] = []
        position = start
        waiting = ""
        for word in words:
            word_start = text.find(word, position)
            word_start = position if word_start < 0 else word_start  # quoted or escaped: the place is near
            position = min(word_start + len(word), len(text))
            if waiting:
                found.append((waiting, word, word_start, position))
                waiting = ""
                continue
            name, value, joined = _split_option(word)
            if name is None:
                self.reject(f"pip has no option `{word}` in a requirements file", word_start, position)
                return None
            if name in _WITHOUT_VALUE:
                continue
            if joined:
                found.append((name, value, position - len(value), position))
            else:
                waiting = name
        if waiting:
            self.reject(f"`{waiting}` needs a value", start, len(text))
            return None
        return found

    def _include(self, name: str, start: int, end: int, *, constrains: bool) -> None:
        if _URL.match(name):
            self.reading.complete = False
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), name))
        if path.startswith(("../", "/")) or path == "..":
            self.reading.complete = False  # outside of the root: not there in a deployment, but not ours to look at
        elif self.project.tree.is_file(path):
            _read_file(self.project, path, self.reading, constrains=constrains or self.constrains)
        else:
            self.reject(f"`{name}` is not there: pip looks for `{path}` and stops", start, end)

    def _editable(self, value: str, start: int, end: int) -> None:
        if _EGG.search(value) and _URL.match(value):
            self._add_url(value, start, end)
            return
        self.reading.complete = False  # what the project that it names brings along cannot be known
        path = posixpath.normpath(_EXTRAS_AT_END.sub(r"\1", value))
        is_known = bool(_URL.match(value)) or path.startswith(("..", "/"))
        if not is_known and not self.project.tree.is_directory("" if path == "." else path):
            self.reject(f"`{value}` is neither a directory of the project nor an address of a repository", start, end)

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
        try:
            parsed = ParsedRequirement(text)
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
        if "=" in text and not any(operator in text for operator in _OPERATORS):
            equals = _SINGLE_EQUALS.search(text)
            index = equals.start() if equals else 0
            place = self.place(index, index + 1)
            fix = Fix("Write `==`", Applicability.SAFE, (Edit(self.path, place.range, "=="),))
            self.reject(reason, index, index + 1, hint="`=` is no operator: write `==`.", fix=fix)
            return
        hint = "It looks like a path, and there is nothing at it." if "/" in text and "@" not in text else None
        column = min(column, len(text))
        self.reject(reason, column, min(column + 1, len(text)), hint=hint)


def reason_and_column(error: InvalidRequirement) -> tuple[str, int]:
    """The first line of packaging's message, and the index (from 0) that its caret points at; 0 where it has none."""
    lines = str(error).splitlines()
    if len(lines) < 3:
        return lines[0].rstrip(".") if lines else "it is no requirement", 0
    return lines[0], max(lines[-1].find("~"), 0) - 4 if "~" in lines[-1] else max(lines[-1].find("^") - 4, 0)


def _split_option(word: str) -> tuple[str | None, str, bool]:
    """An option's full name, the value written with it, and whether there is one; no name where pip has none."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        known = _WITH_VALUE | _WITHOUT_VALUE
        matches = [name] if name in known else [option for option in known if option.startswith(name)]
        if len(matches) != 1 or (equals and matches[0] in _WITHOUT_VALUE):
            return None, "", False
        return matches[0], value, bool(equals)
    if word[:2] in _WITH_VALUE and word.startswith("-"):
        return word[:2], word[2:], len(word) > 2
    return None, "", False
