"""What is wrong with a path that a function opens, and the use that it was found at."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from vlint.semantics.intrinsics.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from vlint.finding import Fix, Location
    from vlint.project.bundle import Bundling
    from vlint.project.tree import Kind
    from vlint.semantics.evaluation.scopes import Place
    from vlint.semantics.files.file_uses import Use

Reason = Literal["api-relative", "missing", "read-only", "not-bundled", "machine", "case"]


@dataclass(frozen=True)
class FileProblem:
    """One path that will not open.

    Attributes:
        reason: Which rule it belongs to.
        location: The path's expression in the call.
        text: The path as `open` would be given it.
        looked_for: Where the platform looks, from the root, or absolute where it lies outside.
        found: The file (or directory) of the project that was probably meant, from the root, or None.
        kind: What has to be there: `file`, `directory`, or None for either.
        function: The function that is called, by qualified name.
        silent: Whether nothing is raised, so that the program goes on without the file.
        origin: Where the path was written, if that is elsewhere.
        base: What the path was resolved against, from the root (a Flask application's directory), or None.
        bundling: What keeps a file that is there from travelling with the function.
        fix: The edits that put it right, or None.
    """

    reason: Reason
    location: Location
    text: str
    looked_for: str
    found: str | None
    kind: Literal["file", "directory"] | None
    function: str
    silent: bool = False
    origin: Location | None = None
    base: str | None = None
    bundling: Bundling | None = None
    fix: Fix | None = None


@dataclass(frozen=True)
class PathText:
    """One text that a use can be given, where it was made, and the expression (if there is one) that can be mended."""

    text: str
    origin: Location | None
    source: tuple[cst.BaseExpression, Place] | None = None


@dataclass(frozen=True)
class Opened:
    """A path that is opened: `full` is its place at run time, `opens` what is done with it, the mode considered."""

    use: Use
    path: PathText
    full: str
    opens: str

    def problem(
        self, reason: Reason, looked_for: str, kind: Kind | None, *, found: str | None = None, base: str | None = None
    ) -> FileProblem:
        """The path as one that will not open; the arguments are fields of the problem."""
        location = self.use.site.step.location(self.use.node)
        origin, source = self.path.origin, self.path.source
        if source is not None and source[0] is not self.use.node and source[1].step is not None:
            origin = source[1].step.location(source[0])
        opener = self.use.opener
        return FileProblem(
            reason, location, self.path.text, looked_for, found, kind.value if kind is not None else None,
            opener.function, opener.missing == "nothing", origin.settled() if origin and origin != location else None,
            base,
        )  # fmt: skip

    def with_text(self, text: str, opens: str) -> Opened:
        """The same use, as if it were given another text."""
        return replace(self, path=PathText(text, self.path.origin), full=place_of(text), opens=opens)


def place_of(text: str) -> str:
    """Where a path leads at run time, from the project's root as the working directory."""
    return posixpath.normpath(posixpath.join(ROOT, text))


def from_root(full: str) -> str | None:
    """An absolute path at run time as a path from the project's root; None outside of it."""
    if full == ROOT:
        return ""
    return full[len(ROOT) + 1 :] if full.startswith(f"{ROOT}/") else None


def is_below(path: str, directories: Iterable[str]) -> bool:
    """Whether `path` is one of the directories or lies in one."""
    return any(path == directory or path.startswith(f"{directory}/") for directory in directories)
