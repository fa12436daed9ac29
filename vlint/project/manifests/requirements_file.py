"""Requirements files, read as pip reads them, with a place for everything in them.

pip's own parser reads from the disk and gives line numbers only, and `pip-requirements-parser` gives no columns and
takes lines that today's pip refuses, so the grammar of lines and options is here. `packaging`, which pip itself uses,
reads each requirement by name, and `pip-requirements-parser` those by place. The tests hold the result against pip's.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from vlint.finding import Applicability, Edit, Fix, Location
from vlint.project.manifests.linked_requirement import editable_requirement, is_address, linked_requirement
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
from vlint.project.manifests.requirement_text import Refusal, parse_requirement
from vlint.project.manifests.uv_requirements import uv_refusal
from vlint.text import FILE_START, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.manifests.linked_requirement import LinkedRequirement
    from vlint.project.manifests.logical_lines import LogicalLine
    from vlint.project.manifests.requirement_options import Option
    from vlint.project.project import Project

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"  # white space for uv, and not for packaging
_DEEPEST = 50
"""Files that include one another are followed as deep as this."""
_VARIABLE = re.compile(r"\$\{[A-Z0-9_]+\}")


@dataclass
class _Reading:
    """What has been read so far, over all files that include one another."""

    requirements: list[Requirement] = field(default_factory=list)
    rejected: list[ManifestProblem] = field(default_factory=list)
    complete: bool = True
    own_index: bool = False
    files: set[str] = field(default_factory=set)
    depth: int = 0


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
    if project.platform.dependencies.installer == "uv":
        reading.rejected += _refused_ends(project.tree.read(path) or b"", path, source)
    for line in logical_lines(text):
        _Line(project, path, source, line, reading, constrains).read()


def _refused_ends(content: bytes, path: str, source: Source) -> Iterator[ManifestProblem]:
    """What uv refuses at the first and at the last place of a file, and pip passes over."""
    if content.startswith(b"\xef\xbb\xbf"):
        message = "the platform does not take the byte order mark at the beginning, and stops"
        yield ManifestProblem(message, Location(path, FILE_START), help="Save the file as UTF-8 without one.")
    end = len(source.text.rstrip("\r\n"))
    if source.text[:end].endswith("\\"):
        yield ManifestProblem("nothing follows the `\\`", Location(path, source.range(end - 1, end)))


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

    @property
    def installer(self) -> str:
        """Who reads the file on the platform."""
        return self.project.platform.dependencies.installer

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
        refusal = uv_refusal(text) if self.installer == "uv" else None
        if refusal is not None:
            hint = "Write `name @` in front of it." if "no name" in refusal.reason else None
            self.reject(f"`{text}` cannot be read: {refusal.reason}", refusal.start, refusal.end, hint=hint)
            return
        split = re.search(r"(?:^| )-", text)
        arguments = text[: split.start()].rstrip() if split else text
        try:
            options = parse_options(text, split.end() - 1, checks_hashes=self.installer == "pip") if split else []
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
        if is_address(option.value):
            self.reading.complete = False
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), option.value))
        if _is_outside(path):
            self.reading.complete = False  # outside of the root: not there in a deployment, but not ours to look at
        elif self.project.tree.is_file(path):
            constrains = self.constrains or option.name in CONSTRAINTS
            self.reading.depth += 1
            if self.reading.depth <= _DEEPEST:
                _read_file(self.project, path, self.reading, constrains=constrains)
            else:
                self.reading.complete = False
            self.reading.depth -= 1
        else:
            message = f"`{option.value}` is not there: pip looks for `{path}` and stops"
            self.reject(message, option.start, option.end)

    def _editable(self, option: Option) -> None:
        linked = editable_requirement(option.value)
        if linked.is_address:
            self._add_link(linked, option.start, option.end)
            return
        self.reading.complete = False  # what the project that it names brings along cannot be known
        path = posixpath.normpath(linked.place)
        if not _is_outside(path) and not self.project.tree.is_directory("" if path == "." else path):
            message = f"`{option.value}` is neither a directory of the project nor an address of a repository"
            self.reject(message, option.start, option.end)

    def _requirement(self, text: str) -> None:
        linked = linked_requirement(text)
        if linked is None:
            self._named(text)
        elif linked.is_address:
            self._add_link(linked, 0, len(text))
        elif linked.is_archive and "@" not in linked.place:
            self._archive(linked, text)
        else:
            path = posixpath.normpath(linked.place)
            if path.startswith("..") or self.project.tree.is_directory("" if path == "." else path):
                self.reading.complete = False
            else:
                self._named(text)

    def _archive(self, linked: LinkedRequirement, text: str) -> None:
        path = posixpath.normpath(linked.place)
        if _is_outside(path) or self.project.tree.is_file(path):
            self._add_link(linked, 0, len(text))
        else:
            message = f"`{linked.place}` is not there: {self.installer} takes it for a file, from the project's root"
            self.reject(message, 0, len(linked.place))

    def _add_link(self, linked: LinkedRequirement, start: int, end: int) -> None:
        if linked.name is None:
            self.reading.complete = False
            return
        self.reading.requirements.append(
            Requirement(
                name=linked.name,
                specifier=SpecifierSet(),
                location=self.place(start, end),
                extras=linked.extras,
                marker=linked.marker,
                url=linked.place,
                constrains=self.constrains,
            )
        )

    def _named(self, text: str) -> None:
        name, _, marker = text.partition(";")
        written = text if marker.strip() else name
        parsed = parse_requirement(written.replace(_NO_BREAK_SPACE, " ") if self.installer == "uv" else written)
        if isinstance(parsed, Refusal):
            self._explain(text, parsed)
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

    def _explain(self, text: str, refusal: Refusal) -> None:
        """packaging's reason, at the column that its caret shows."""
        start, end = refusal.start, refusal.end
        message = f"`{text}` is no requirement for {self.installer}: {refusal.reason}"
        if refusal.is_single_equals:
            fix = write_two_equals_signs(self.place(start, end))
            self.reject(message, start, end, hint="`=` is no operator: write `==`.", fix=fix)
            return
        hint = "It looks like a path, and there is nothing at it." if "/" in text and "@" not in text else None
        self.reject(message, start, end, hint=hint)


def write_two_equals_signs(place: Location) -> Fix:
    """`==` for the single `=` at `place`, which can mean nothing else."""
    return Fix("Write `==`", Applicability.SAFE, (Edit(place.path, place.range, "=="),))


def _is_outside(path: str) -> bool:
    """Whether a normalised path leads out of the project, where nobody here looks."""
    return path == ".." or path.startswith(("../", "/"))
