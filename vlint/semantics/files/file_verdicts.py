"""Whether a path opens: where it leads at run time, what of the project is there, and why it will not do."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vlint.project.bundle import bundled
from vlint.project.tree import Kind
from vlint.semantics.files.file_problem import from_root, is_below, place_of
from vlint.semantics.files.places import beside_case, files_below, only_one_like, similar_name
from vlint.semantics.intrinsics.applications import directory_of_use
from vlint.semantics.intrinsics.paths import ROOT, TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vlint.project.functions import Function
    from vlint.project.project import Project
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import ModuleScope
    from vlint.semantics.files.file_problem import FileProblem, Opened

_SYSTEM = (
    "/dev", "/proc", "/sys", "/etc", "/usr", "/bin", "/lib", "/lib64", "/opt", "/run", "/sbin", "/root",
    "/var/lang", "/var/runtime", "/var/lib", "/var/log", "/var/run", "/var/cache", "/var/spool", "/var/tmp",
)  # fmt: skip
"""What belongs to the system: a project cannot know what is there."""

_NOT_FILES = ("/dev", "/proc")
_MACHINE = re.compile(r"(?P<home>~)|(?P<drive>[A-Za-z]:[\\/])|(?P<share>\\\\)|/(?:Users|home)/[^/]+")
_WILDCARD = re.compile(r"[*?\[]")
_BUILT = frozenset({"dist", "build", "out", "public", "static", "staticfiles", "generated", ".output", ".svelte-kit"})
_READS = {"read": Kind.FILE, "list": Kind.DIRECTORY, "find": None}


def is_of_a_machine(text: str) -> bool:
    """Whether a path is one of somebody's machine by its beginning: a drive, a share, a home directory."""
    return _MACHINE.match(text) is not None


class Verdicts:
    """The verdicts on what one function opens."""

    def __init__(self, function: Function, modules: Sequence[ModuleScope], evaluator: Evaluator) -> None:
        self.project: Project = evaluator.project
        self.function = function
        self.modules = modules
        self.evaluator = evaluator
        self._ways: dict[str, Callable[[Opened], FileProblem | None]] = {
            "glob": self._glob,
            "database": self._database,
            **dict.fromkeys(("write", "update", "make-directory", "change"), self._write),
        }

    def of(self, opened: Opened) -> FileProblem | None:
        """Why the path will not open; None where it does, or nobody can tell."""
        return self._ways.get(opened.opens, self._read)(opened)

    # The ways to open

    def _read(self, opened: Opened) -> FileProblem | None:
        kind = _READS[opened.opens]
        machine = self._machine(opened, kind)
        if machine is not None:
            return machine
        base = self._base(opened)
        if base is None:
            return None
        full = posixpath.normpath(posixpath.join(base, opened.path.text))
        inside = from_root(full)
        if inside is None:
            return self._outside(opened, kind, full)
        if self._is(inside, kind):
            return self._left_out(opened, kind, inside)
        if inside.startswith(".env"):  # settings of the developer's machine; the platform has its own
            return None
        return self._astray(opened, kind, inside, base)

    def _left_out(self, opened: Opened, kind: Kind | None, inside: str) -> FileProblem | None:
        """A file that is there, but may not travel with the function."""
        if not inside or inside.startswith(".env"):
            return None
        files = [inside] if self.project.tree.is_file(inside) else files_below(self.project.tree, inside)
        bundling = None
        for file in files:
            bundling = bundled(self.project, self.function, file)
            if bundling.bundled is not False:
                return None
        return None if bundling is None else replace(opened.problem("not-bundled", inside, kind), bundling=bundling)

    def _astray(self, opened: Opened, kind: Kind | None, inside: str, base: str) -> FileProblem | None:
        """A path within the project that leads to nothing of the kind."""
        actual = beside_case(self.project.tree, inside)
        if actual is not None and self._is(actual, kind):
            return opened.problem("case", inside, kind, found=actual)
        in_application = opened.use.opener.base == "application"
        beside = None if in_application else self._beside(opened, kind)
        if beside is not None:
            return opened.problem("api-relative", inside, kind, found=beside)
        if self._may_be_built(inside):
            return None
        own_base = from_root(base) if in_application else None
        return opened.problem("missing", inside, kind, found=self._meant(inside, kind), base=own_base)

    def _outside(self, opened: Opened, kind: Kind | None, full: str) -> FileProblem | None:
        """A path that leads out of the project."""
        if not opened.path.text.startswith("/"):
            above = posixpath.relpath(full, ROOT)
            beside = self._beside(opened, kind)
            if beside is not None:
                return opened.problem("api-relative", above, kind, found=beside)
            return opened.problem("missing", above, kind, found=self._meant(full[1:], kind))
        if full == TEMPORARY or is_below(full, (TEMPORARY, *_SYSTEM)):
            return None
        stripped = full.removeprefix("/var/").lstrip("/")
        if self._is(stripped, kind):
            return opened.problem("missing", full, kind, found=stripped)
        # below /var: so many parents of __file__ that the way leads above the project
        return opened.problem("missing", full, kind) if is_below(full, ("/var",)) else None

    def _glob(self, opened: Opened) -> FileProblem | None:
        """A pattern: the directory before its first wildcard has to be there."""
        fixed = _WILDCARD.split(opened.path.text, maxsplit=1)[0].rpartition("/")[0]
        if not fixed:
            return None
        problem = self._read(opened.with_text(fixed, "list"))
        return problem if problem is not None and problem.reason in {"api-relative", "machine", "case"} else None

    def _write(self, opened: Opened) -> FileProblem | None:
        machine = self._machine(opened, None, writing=True)
        if machine is not None:
            return machine
        if is_below(opened.full, (*self.project.platform.bundle.writable, *_NOT_FILES)):
            return None
        opens, inside = opened.opens, from_root(opened.full)
        there = self.project.tree.kind(inside) if inside is not None else None
        if (opens == "make-directory" and there is Kind.DIRECTORY) or (opens == "change" and there is None):
            return None
        if inside == "" and opened.use.opener.function.endswith(("copy", "move", "rename", "replace")):
            return None
        kind = Kind.DIRECTORY if opens == "make-directory" else None
        return opened.problem("read-only", opened.full if inside is None else inside, kind)

    def _database(self, opened: Opened) -> FileProblem | None:
        """A database: read if it is there, and otherwise made, which is writing."""
        text = opened.path.text
        if text.startswith((":", "file:")) or "memory" in text:
            return None
        problem = self._read(replace(opened, opens="find"))
        if problem is None and from_root(place_of(text)) is not None:
            return None
        return problem if problem is not None and problem.reason != "missing" else self._write(opened)

    def _machine(self, opened: Opened, kind: Kind | None, *, writing: bool = False) -> FileProblem | None:
        text = opened.path.text
        if is_of_a_machine(text):
            tail = re.split(r"[\\/]+", text)
            found = next((t for n in range(1, len(tail)) if self._is(t := "/".join(tail[n:]), kind) and t), None)
            return opened.problem("machine", text, kind, found=None if writing else found)
        if "\\" in text and not writing and not text.startswith("/"):
            forward = posixpath.normpath(text.replace("\\", "/"))
            return opened.problem("machine", text, kind, found=forward if self._is(forward, kind) else None)
        return None

    # Questions

    def _base(self, opened: Opened) -> str | None:
        """The directory against which a relative path is resolved."""
        if opened.use.opener.base == "working-directory":
            return ROOT
        directory = directory_of_use(opened.use, self.modules, self.evaluator)
        return None if directory is None else posixpath.join(ROOT, directory).rstrip("/")

    def _beside(self, opened: Opened, kind: Kind | None) -> str | None:
        """The file that a relative path leads to from the directory of a module, if it was written from there."""
        path, module = opened.path, opened.use.site.step.statement.module
        if path.text.startswith("/"):
            text = from_root(path.text)  # abspath() and resolve() put the working directory in front
            if text is None:
                return None
        else:
            text = path.text
        files = [module.path, path.origin.path if path.origin is not None else "", self.evaluator.function_path]
        for directory in dict.fromkeys(posixpath.dirname(file) for file in files if file):
            if directory:
                found = posixpath.normpath(posixpath.join(directory, text))
                if not found.startswith("..") and self._is(found, kind):
                    return found
        return None

    def _meant(self, inside: str, kind: Kind | None) -> str | None:
        """A file of the project that was probably meant."""
        parts = inside.split("/")
        for start in range(1, len(parts)):
            tail = "/".join(parts[start:])
            if self._is(tail, kind):
                return tail
        return similar_name(self.project.tree, inside, kind) or only_one_like(self.project.tree, inside, kind)

    def _is(self, inside: str, kind: Kind | None) -> bool:
        there = self.project.tree.kind(inside)
        return there is not None and (kind is None or there is kind)

    def _may_be_built(self, inside: str) -> bool:
        """Whether a build step could make the file: nobody can know before it has run."""
        if not _BUILT & set(inside.split("/")):
            return False
        facts, read = self.project.platform.configuration, self.project.tree.read
        package, configuration = read(facts.package) or b"", read(facts.file) or b""
        return b'"build"' in package or b'"buildCommand"' in configuration or b'"builds"' in configuration
