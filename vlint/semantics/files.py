"""What becomes of each path that a function opens: the verdicts behind the rules VL201 to VL205."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import libcst as cst

from vlint.finding import Applicability, Fix
from vlint.project.bundle import bundled
from vlint.project.functions import functions
from vlint.project.tree import Kind
from vlint.semantics import file_context, file_fixes
from vlint.semantics.evaluator import Evaluator
from vlint.semantics.file_calls import callers, function_around, given, reached_modules
from vlint.semantics.file_uses import argument_node, calls_of, uses
from vlint.semantics.paths import HOME, ROOT, TEMPORARY, application_directory, text_of
from vlint.semantics.places import beside_case, files_below, only_one_like, similar_name
from vlint.semantics.scopes import ClassScope, FunctionScope, LocalScope, Place
from vlint.semantics.values import Constant, Fails, Unknown, Value, options
from vlint.syntax.nodes import children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vlint.finding import Edit, Location
    from vlint.project.bundle import Bundling
    from vlint.project.project import Project
    from vlint.semantics.file_calls import Caller
    from vlint.semantics.file_uses import Site, Use
    from vlint.semantics.scopes import ModuleScope, Step
    from vlint.semantics.targets import Binding

Reason = Literal["api-relative", "missing", "read-only", "not-bundled", "machine", "case"]

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
_MOVES = frozenset({"rename", "renames", "replace", "move", "link", "symlink", "symlink_to", "hardlink_to"})
MAXIMUM_USES = 2000


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


def file_problems(project: Project, function_path: str) -> tuple[FileProblem, ...]:
    """The paths that the function at `function_path`, and the modules it imports, open in vain."""
    return project.remember(("files", function_path), lambda: _Examination(project, function_path).problems())


@dataclass(frozen=True)
class _Path:
    """One text that a use can be given, where it was made, and the expression (if there is one) that can be mended."""

    text: str
    origin: Location | None
    source: tuple[cst.BaseExpression, Place] | None = None


@dataclass(frozen=True)
class _Opened:
    """A path that is opened, by its place at run time."""

    use: Use
    path: _Path
    full: str
    opens: str


class _Examination:
    """The uses of one function, judged against the project."""

    def __init__(self, project: Project, function_path: str) -> None:
        self.project = project
        self.evaluator = Evaluator(project, function_path)
        self.modules = reached_modules(self.evaluator)
        self.unreached = file_context.unreached_definitions(self.modules)
        self.moves = any(file_context.changes_directory(module) for module in self.modules)
        self.function = next(f for f in functions(project) if f.path == function_path)
        self.opened: list[_Opened] = []
        self.calls: dict[cst.CSTNode, tuple[Caller, ...]] = {}
        self.writes: dict[FileProblem, _Opened] = {}
        self._ways: dict[str, Callable[[ModuleScope, Use, _Path, str], FileProblem | None]] = {
            "glob": self._glob,
            "database": self._database,
            **dict.fromkeys(("write", "update", "make-directory", "change"), self._write),
        }

    def problems(self) -> tuple[FileProblem, ...]:
        reached = [
            (module, use)
            for module in self.modules
            for use in uses(module, self.evaluator)
            if not file_context.is_within(use.site, self.unreached)
            and file_context.is_reached(use.site, self.evaluator)
        ][:MAXIMUM_USES]
        found: dict[FileProblem, None] = {}
        for module, use in reached:
            found.update(dict.fromkeys(self._judge(module, use)))
        made = {problem.looked_for for problem in found if problem.reason == "read-only"}
        return tuple(
            replace(problem, fix=self._write_fix(problem)) if problem.reason == "read-only" else problem
            for problem in found
            if problem.reason == "read-only" or not _is_made(problem, made)
        )

    # One use

    def _judge(self, module: ModuleScope, use: Use) -> Iterator[FileProblem]:
        self.evaluator.renew()
        for alternatives, source in self._values(use):
            verdicts = [
                self._judge_value(module, use, value, alternatives, source if len(alternatives) == 1 else None)
                for value in alternatives
            ]
            each = self._each_is_used(use)
            if each or all(verdicts):
                yield from (verdict for verdict in verdicts[: None if each else 1] if verdict is not None)

    def _values(self, use: Use) -> list[tuple[tuple[Value, ...], tuple[cst.BaseExpression, Place] | None]]:
        """What the path can be, for each call of the function around it: the alternatives, and what gives them."""
        place = use.site.place
        value = self.evaluator.evaluate(use.node, place)
        around = function_around(place)
        is_one = _is_known(value) and len(options(value)) == 1
        if is_one or around is None or place.scope is not around or not self._takes_part(around, use):
            return [(options(value), (use.node, place))]
        found = [
            (
                options(self.evaluator.evaluate(use.node, Place(place.scope, place.step, caller.frame))),
                given(caller, use.node.value, around) if isinstance(use.node, cst.Name) else None,
            )
            for caller in self._callers(around)
            if self._runs(caller.site)
        ]
        return found or [(options(value), (use.node, place))]

    def _takes_part(self, around: FunctionScope, use: Use) -> bool:
        """Whether a parameter of the function, its receiver apart, takes part in the path."""
        receiver = isinstance(around.place.scope, ClassScope) if around.place is not None else False
        parameters = set(list(around.parameters)[receiver:])
        return bool(parameters) and any(self._comes_from(n, parameters, use.site.place, 0) for n in _names(use.node))

    def _comes_from(self, name: str, parameters: set[str], place: Place, depth: int) -> bool:
        if name in parameters:
            return True
        if depth > 3 or not isinstance(place.scope, FunctionScope) or name not in place.scope.names:
            return False
        sources = [(r.binding.source, r.place) for r in self.evaluator.bindings(name, place)[0]]
        return any(
            self._comes_from(inner, parameters, where, depth + 1)
            for source, where in sources
            if source is not None
            for inner in _names(source)
        )

    def _callers(self, around: FunctionScope) -> tuple[Caller, ...]:
        if around.node not in self.calls:
            self.calls[around.node] = callers(around, self.modules, self.evaluator)
        return self.calls[around.node]

    def _runs(self, site: Site) -> bool:
        """Whether the code there runs on the platform, as far as conditions and main guards tell."""
        return not file_context.is_within(site, self.unreached) and file_context.is_reached(site, self.evaluator)

    def _judge_value(
        self,
        module: ModuleScope,
        use: Use,
        value: Value,
        alternatives: tuple[Value, ...],
        source: tuple[cst.BaseExpression, Place] | None,
    ) -> FileProblem | None:
        text = text_of(value)
        opens = self._opens(use)
        if text is None or opens is None or not text or text == "-" or "://" in text or "\0" in text:
            return None
        if use.opener.schemes and "/" not in text and "." not in text:
            return None
        path = _Path(text, value.origin, source)
        texts = [t for t in map(text_of, alternatives) if t is not None]
        if self.moves and not text.startswith("/"):
            return None
        opened = _Opened(use, path, posixpath.normpath(posixpath.join(ROOT, text)), opens)
        self.opened.append(opened)
        problem = self._ways.get(opens, self._read)(module, use, path, opens)
        if problem is None or self._is_caught(use):
            return None
        if problem.reason == "read-only":
            self.writes[problem] = opened
        if problem.reason != "read-only" and file_context.is_guarded(use.site, use.node, texts, self.evaluator):
            return None
        return problem

    def _is_caught(self, use: Use) -> bool:
        if file_context.is_caught(use.site):
            return True
        around = function_around(use.site.place)
        calls = self._callers(around) if around is not None else ()
        return bool(calls) and all(file_context.is_caught(caller.site) for caller in calls)

    def _opens(self, use: Use) -> str | None:
        """What is done with the path, the mode taken into account; None where that is not known."""
        opener, call, place = use.opener, use.site.call, use.site.place
        if opener.opens == "flags":
            return self._opens_by_flags(call, place)
        if opener.opens != "mode":
            return opener.opens
        assert opener.mode is not None
        node = argument_node(call, opener.mode)
        value = self.evaluator.evaluate(node, place) if node is not None else Constant(opener.mode.default)
        modes = [option.value if isinstance(option, Constant) else None for option in options(value)]
        if any(not isinstance(mode, str) for mode in modes):
            return None
        writes = {any(letter in str(mode).partition(":")[0] for letter in "waxc+n") for mode in modes}
        if len(writes) != 1:
            return None
        if writes == {False}:
            return "read"
        return "update" if any(str(mode).startswith("r") for mode in modes) else "write"

    def _opens_by_flags(self, call: cst.Call, place: Place) -> str | None:
        if len(call.args) < 2:
            return None
        names = set(re.findall(r"\bO_\w+", cst.Module([]).code_for_node(call.args[1].value)))
        if names & {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"}:
            return "write"
        return "read" if "O_RDONLY" in names and "O_DIRECTORY" not in names else None

    def _each_is_used(self, use: Use) -> bool:
        """Whether a choice of values comes from a loop over them, which uses each."""
        names = _names(use.node)
        if names & use.site.each:
            return True
        place = use.site.place
        while isinstance(place.scope, LocalScope):
            assert place.scope.place is not None
            place = place.scope.place
        return any(self._is_loop_target(name, place, 0) for name in names)

    def _is_loop_target(self, name: str, place: Place, depth: int) -> bool:
        if depth > 3 or place.step is None:
            return False
        if isinstance(place.scope, FunctionScope) and name not in place.scope.names:
            return False
        found, _ = self.evaluator.bindings(name, place)
        if len(found) != 1:
            return False
        binding: Binding = found[0].binding
        if binding.kind == "loop":
            return not _leaves(binding.step)
        if binding.source is None or binding.kind not in {"value", "walrus"}:
            return False
        return any(self._is_loop_target(n, found[0].place, depth + 1) for n in _names(binding.source))

    # The ways to open

    def _read(self, module: ModuleScope, use: Use, path: _Path, opens: str) -> FileProblem | None:
        kind = _READS[opens]
        machine = self._machine(use, path, kind)
        if machine is not None:
            return machine
        base = self._base(use, module)
        if base is None:
            return None
        full = posixpath.normpath(posixpath.join(base, path.text))
        inside = _from_root(full)
        if inside is None:
            return self._outside(module, use, path, kind, full)
        if self._is(inside, kind):
            return self._left_out(use, path, kind, inside)
        if inside.startswith(".env"):  # settings of the developer's machine; the platform has its own
            return None
        return self._astray(module, use, path, kind, inside, base)

    def _left_out(self, use: Use, path: _Path, kind: Kind | None, inside: str) -> FileProblem | None:
        """A file that is there, but may not travel with the function."""
        if not inside or inside.startswith(".env"):
            return None
        files = [inside] if self.project.tree.is_file(inside) else files_below(self.project.tree, inside)
        bundling = None
        for file in files:
            bundling = bundled(self.project, self.function, file)
            if bundling.bundled is not False:
                return None
        if bundling is None:
            return None
        return replace(self._problem("not-bundled", use, path, inside, kind, found=None), bundling=bundling)

    def _astray(
        self, module: ModuleScope, use: Use, path: _Path, kind: Kind | None, inside: str, base: str
    ) -> FileProblem | None:
        """A path within the project that leads to nothing of the kind."""
        actual = beside_case(self.project.tree, inside)
        if actual is not None and self._is(actual, kind):
            return self._problem("case", use, path, inside, kind, found=actual)
        beside = self._beside(module, path, kind) if use.opener.base == "working-directory" else None
        if beside is not None:
            return self._problem("api-relative", use, path, inside, kind, found=beside)
        if self._may_be_built(inside):
            return None
        own_base = _from_root(base) if use.opener.base == "application" else None
        return self._problem("missing", use, path, inside, kind, found=self._meant(inside, path, kind), base=own_base)

    def _outside(self, module: ModuleScope, use: Use, path: _Path, kind: Kind | None, full: str) -> FileProblem | None:
        """A path that leads out of the project."""
        if not path.text.startswith("/"):
            above = posixpath.relpath(full, ROOT)
            beside = self._beside(module, path, kind)
            if beside is not None:
                return self._problem("api-relative", use, path, above, kind, found=beside)
            return self._problem("missing", use, path, above, kind, found=self._meant(full[1:], path, kind))
        if full == TEMPORARY or _is_below(full, (TEMPORARY, *_SYSTEM)):
            return None
        stripped = full.removeprefix("/var/").lstrip("/")
        if self._is(stripped, kind):
            return self._problem("missing", use, path, full, kind, found=stripped)
        if _is_below(full, ("/var",)):  # so many parents of __file__ that the way leads above the project
            return self._problem("missing", use, path, full, kind, found=None)
        return None

    def _glob(self, module: ModuleScope, use: Use, path: _Path, opens: str) -> FileProblem | None:
        """A pattern: the directory before its first wildcard has to be there."""
        fixed = _WILDCARD.split(path.text, maxsplit=1)[0].rpartition("/")[0]
        if not fixed:
            return None
        problem = self._read(module, use, _Path(fixed, path.origin), "list")
        return problem if problem is not None and problem.reason in {"api-relative", "machine", "case"} else None

    def _write(self, module: ModuleScope, use: Use, path: _Path, opens: str) -> FileProblem | None:
        machine = self._machine(use, path, None, writing=True)
        if machine is not None:
            return machine
        full = posixpath.normpath(posixpath.join(ROOT, path.text))
        if self._is_writable(full) or _is_below(full, _NOT_FILES):
            return None
        inside = _from_root(full)
        there = self.project.tree.kind(inside) if inside is not None else None
        if opens == "make-directory" and there is Kind.DIRECTORY:
            return None
        if opens == "change" and there is None:
            return None
        if opens == "write" and use.opener.function.endswith(("copy", "move", "rename", "replace")) and inside == "":
            return None
        kind = Kind.DIRECTORY if opens == "make-directory" else None
        return self._problem("read-only", use, path, full if inside is None else inside, kind, found=None)

    def _database(self, module: ModuleScope, use: Use, path: _Path, opens: str) -> FileProblem | None:
        """A database: read if it is there, and otherwise made, which is writing."""
        if path.text.startswith((":", "file:")) or "memory" in path.text:
            return None
        problem = self._read(module, use, path, "find")
        if problem is None:
            return (
                None
                if _from_root(posixpath.normpath(posixpath.join(ROOT, path.text))) is not None
                else self._write(module, use, path, "write")
            )
        return problem if problem.reason != "missing" else self._write(module, use, path, "write")

    def _machine(self, use: Use, path: _Path, kind: Kind | None, *, writing: bool = False) -> FileProblem | None:
        match = _MACHINE.match(path.text)
        if match is not None:
            tail = re.split(r"[\\/]+", path.text)
            found = next((t for n in range(1, len(tail)) if self._is(t := "/".join(tail[n:]), kind) and t), None)
            return self._problem("machine", use, path, path.text, kind, found=None if writing else found)
        if "\\" in path.text and not writing and not path.text.startswith("/"):
            forward = posixpath.normpath(path.text.replace("\\", "/"))
            return self._problem(
                "machine", use, path, path.text, kind, found=forward if self._is(forward, kind) else None
            )
        return None

    # Questions

    def _base(self, use: Use, module: ModuleScope) -> str | None:
        """The directory against which a relative path is resolved."""
        if use.opener.base == "working-directory":
            return ROOT
        directories = {d for d in self._application_directories(use) if d is not None}
        return posixpath.join(ROOT, directories.pop()).rstrip("/") if len(directories) == 1 else None

    def _application_directories(self, use: Use) -> Iterable[str | None]:
        """The directories of the Flask applications that the function brings in, or that the call itself makes."""
        if use.opener.function.rpartition(".")[2] in {"Flask", "Blueprint"}:
            yield application_directory(self.evaluator.evaluate(use.site.call, use.site.place), self.evaluator)
            return
        for module in self.modules:
            if "Flask" in module.module.source.text:
                for site in calls_of(module, "Flask", self.evaluator):
                    yield application_directory(self.evaluator.evaluate(site.call, site.place), self.evaluator)

    def _beside(self, module: ModuleScope, path: _Path, kind: Kind | None) -> str | None:
        """The file that a relative path leads to from the directory of a module, if it was written from there."""
        if path.text.startswith("/"):
            text = _from_root(path.text)  # abspath() and resolve() put the working directory in front
            if text is None:
                return None
        else:
            text = path.text
        files = [module.module.path, path.origin.path if path.origin is not None else "", self.evaluator.function_path]
        for directory in dict.fromkeys(posixpath.dirname(file) for file in files if file):
            if directory:
                found = posixpath.normpath(posixpath.join(directory, text))
                if not found.startswith("..") and self._is(found, kind):
                    return found
        return None

    def _meant(self, inside: str, path: _Path, kind: Kind | None) -> str | None:
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

    def _is_writable(self, full: str) -> bool:
        return _is_below(full, self.project.platform.bundle.writable)

    def _may_be_built(self, inside: str) -> bool:
        """Whether a build step could make the file: nobody can know before it has run."""
        if not _BUILT & set(inside.split("/")):
            return False
        texts = [self.project.tree.read(name) or b"" for name in ("package.json", "vercel.json")]
        return b'"build"' in texts[0] or b'"buildCommand"' in texts[1] or b'"builds"' in texts[1]

    # What is made of it

    def _problem(
        self, reason: Reason, use: Use, path: _Path, looked_for: str, kind: Kind | None, *,
        found: str | None, base: str | None = None,
    ) -> FileProblem:  # fmt: skip
        location = use.site.step.location(use.node)
        origin = path.origin
        if path.source is not None and path.source[0] is not use.node and path.source[1].step is not None:
            origin = path.source[1].step.location(path.source[0])
        problem = FileProblem(
            reason, location, path.text, looked_for, found, kind.value if kind is not None else None,
            use.opener.function, use.opener.missing == "nothing", origin if origin != location else None, base,
        )  # fmt: skip
        return replace(problem, fix=self._path_fix(problem, use, path)) if found is not None else problem

    def _path_fix(self, problem: FileProblem, use: Use, path: _Path) -> Fix | None:
        """The fix that writes the path of the file that was found."""
        if path.source is None or problem.found is None or use.opener.opens == "glob":
            return None
        where = file_fixes.written(*path.source, self.evaluator)
        if where is None:
            return None
        helper = problem.reason == "api-relative" and where.module.path != self.evaluator.function_path
        edits: tuple[Edit, ...] | None = None
        if problem.reason == "case":
            edits = file_fixes.in_case(where, problem.looked_for, problem.found)
        if edits is None and (helper or "__file__" in where.module.source.text):
            receiver = use.opener.parameter is None and where.node is use.node
            edits = file_fixes.from_file(where, path.text, problem.found, self.evaluator, receiver=receiver)
        if edits is None or problem.base is not None:
            new = posixpath.relpath(problem.found, problem.base) if problem.base is not None else problem.found
            edits = file_fixes.from_root(where, path.text, new, self.evaluator)
        if edits is None:
            return None
        certain = problem.reason in {"api-relative", "case"} or (
            problem.reason == "machine" and _MACHINE.match(path.text) is None
        )
        applicability = Applicability.SAFE if certain and where.exclusive else Applicability.UNSAFE
        return Fix(f"Open {problem.found!r}", applicability, edits)

    def _write_fix(self, problem: FileProblem) -> Fix | None:
        """The fix that writes below the writable directory, and has whatever reads the file look there."""
        opened = self.writes.get(problem)
        if opened is None or opened.opens not in {"write", "make-directory", "database"} or _is_move(opened.use):
            return None
        edits: dict[Edit, None] = {}
        for other in self.opened:
            if other.full == opened.full or (
                opened.opens == "make-directory" and _is_below(other.full, (opened.full,))
            ):
                where = (
                    file_fixes.written(*other.path.source, self.evaluator) if other.path.source is not None else None
                )
                new = self._writable_place(other.full)
                made = file_fixes.from_root(where, other.path.text, new, self.evaluator) if where is not None else None
                if made is None:
                    return None
                edits.update(dict.fromkeys(made))
        title = f"Write to {self._writable_place(opened.full)!r}"
        return Fix(title, Applicability.UNSAFE, tuple(edits)) if edits else None

    def _writable_place(self, full: str) -> str:
        """The path below the writable directory that stands for `full`: directories that the program makes are kept."""
        made = [o.full for o in self.opened if o.opens == "make-directory" and _is_below(full, (o.full,))]
        top = min(made, key=len, default=full)
        return posixpath.join(self.project.platform.bundle.writable[0], full[len(posixpath.dirname(top)) :].lstrip("/"))


def _is_known(value: Value) -> bool:
    return not any(isinstance(option, Unknown | Fails) for option in options(value))


def _from_root(full: str) -> str | None:
    """An absolute path at run time as a path from the project's root; None outside of it."""
    if full == ROOT:
        return ""
    return full[len(ROOT) + 1 :] if full.startswith(f"{ROOT}/") else None


def _is_below(path: str, directories: Iterable[str]) -> bool:
    return any(path == directory or path.startswith(f"{directory}/") for directory in directories)


def _is_move(use: Use) -> bool:
    """Whether the call moves a file from elsewhere, which changing the one path does not put right."""
    return use.opener.function.rpartition(".")[2] in _MOVES


def _is_made(problem: FileProblem, made: set[str]) -> bool:
    """Whether the program makes the file (or a directory around it) itself: the making is what is reported."""
    return any(problem.looked_for == path or problem.looked_for.startswith(f"{path}/") for path in made)


def _names(node: cst.CSTNode) -> set[str]:
    if isinstance(node, cst.Name):
        return {node.value}
    if isinstance(node, cst.Attribute):
        return _names(node.value)
    if isinstance(node, cst.Arg):
        return _names(node.value)
    return {name for child in children(node) for name in _names(child)}


def _leaves(loop: Step) -> bool:
    """Whether a loop can end before it has used every element."""
    return any(isinstance(step.node, cst.Break | cst.Return) for block in loop.blocks.values() for step in block.walk())


__all__ = ["HOME", "FileProblem", "file_problems"]
