"""What becomes of each path that a function opens: the findings behind the rules VL201 to VL205."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from vlint.project.functions import functions
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.files import file_context, file_mends
from vlint.semantics.files.file_calls import reached_modules
from vlint.semantics.files.file_modes import opens
from vlint.semantics.files.file_problem import FileProblem, Opened, PathText, place_of
from vlint.semantics.files.file_settings import settings_modules, settings_uses
from vlint.semantics.files.file_uses import statements_calling, uses, uses_in
from vlint.semantics.files.file_verdicts import Verdicts
from vlint.semantics.files.path_values import PathValues
from vlint.semantics.intrinsics.paths import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from vlint.project.project import Project
    from vlint.semantics.evaluation.scopes import ModuleScope
    from vlint.semantics.evaluation.values import Value
    from vlint.semantics.files.file_uses import Calling, Use
    from vlint.semantics.files.path_values import Source

MAXIMUM_USES = 2000


def file_problems(project: Project, function_path: str) -> tuple[FileProblem, ...]:
    """The paths that the function at `function_path`, and the modules it imports, open in vain."""
    return project.remember(("files", function_path), lambda: _problems(project, function_path))


@dataclass(frozen=True)
class _Reach:
    """The modules that one function brings in (`settings`: those whose paths a framework opens), and what they tell.

    Attributes:
        moves: Whether their code changes the working directory.
        unreached: Their definitions that nothing leads to on the platform.
    """

    modules: tuple[ModuleScope, ...]
    settings: tuple[ModuleScope, ...]
    moves: bool
    unreached: frozenset[cst.CSTNode]


@dataclass(frozen=True)
class _Judged:
    """What became of some uses: the problems in order, all paths, and those of the problems with writing."""

    count: int
    problems: tuple[FileProblem, ...]
    writes: dict[FileProblem, Opened]
    opened: tuple[Opened, ...]


def _problems(project: Project, function_path: str) -> tuple[FileProblem, ...]:
    judged = list(_judged(project, function_path))
    found = dict.fromkeys(problem for part in judged for problem in part.problems)
    writes = {problem: opened for part in judged for problem, opened in part.writes.items()}
    made = {problem.looked_for for problem in writes}
    if not writes:
        return tuple(found)
    evaluator, every = Evaluator(project, function_path), [opened for part in judged for opened in part.opened]
    return tuple(
        replace(problem, fix=file_mends.to_the_writable_place(writes[problem], every, evaluator))
        if problem in writes
        else problem
        for problem in found
        if problem in writes or not _is_made(problem, made)
    )


def _judged(project: Project, function_path: str) -> Iterator[_Judged]:
    """The uses of a function, judged; of a module that is being edited statement by statement, each remembered."""
    reach = _reach(project, function_path)
    examination = _Examination(project, function_path, reach)
    left = MAXIMUM_USES
    for module in reach.modules:
        if project.is_open(module.module.path):
            parts = [_judged_statement(project, function_path, calling) for calling in statements_calling(module)]
        else:
            parts = [examination.judged(uses(module, examination.evaluator), left)]
        for part in parts:
            if left > 0:
                left -= part.count
                yield part
    for module in reach.settings:
        yield examination.judged(settings_uses(module, examination.evaluator), left)


def _judged_statement(project: Project, function_path: str, calling: Calling) -> _Judged:
    def judge() -> _Judged:
        # By an evaluator of its own, as nothing that is remembered may rest on what another has asked.
        examination = _Examination(project, function_path, _reach(project, function_path))
        return examination.judged(uses_in(calling, examination.evaluator), MAXIMUM_USES)

    return project.remember(("files", function_path, calling.key), judge)


def _reach(project: Project, function_path: str) -> _Reach:
    def find() -> _Reach:
        evaluator = Evaluator(project, function_path)
        imported = reached_modules(evaluator)
        settings = settings_modules(imported, evaluator)
        modules = tuple(dict.fromkeys((*imported, *settings)))
        moves = any(file_context.changes_opening(module) for module in modules)
        return _Reach(modules, settings, moves, file_context.unreached_definitions(modules))

    return project.remember(("modules with files", function_path), find)


class _Examination:
    """Judges uses of one function against the project."""

    def __init__(self, project: Project, function_path: str, reach: _Reach) -> None:
        self.evaluator = Evaluator(project, function_path)
        self.moves = reach.moves
        self.values = PathValues(reach.modules, self.evaluator, reach.unreached)
        function = next(f for f in functions(project) if f.path == function_path)
        self.verdicts = Verdicts(function, reach.modules, self.evaluator)
        self.opened: list[Opened] = []
        self.writes: dict[FileProblem, Opened] = {}

    def judged(self, uses: Iterable[Use], maximum: int) -> _Judged:
        """The verdicts on `uses`, of which no more than `maximum` are looked at."""
        self.opened, self.writes = [], {}
        found: dict[FileProblem, None] = {}
        count = 0
        for use in islice(filter(lambda use: self.values.runs(use.site), uses), maximum):
            count += 1
            found.update(dict.fromkeys(self._judge(use)))
        return _Judged(count, tuple(found), self.writes, tuple(self.opened))

    def _judge(self, use: Use) -> Iterator[FileProblem]:
        self.evaluator.renew()
        for alternatives, source in self.values.of(use):
            verdicts = [
                self._judge_value(use, value, alternatives, source if len(alternatives) == 1 else None)
                for value in alternatives
            ]
            each = self.values.each_is_used(use)
            if each or all(verdicts):
                yield from (verdict for verdict in verdicts[: None if each else 1] if verdict is not None)

    def _judge_value(
        self, use: Use, value: Value, alternatives: tuple[Value, ...], source: Source | None
    ) -> FileProblem | None:
        text, way = text_of(value), opens(use, self.evaluator)
        if text is None or way is None or not _is_path(text, use) or (self.moves and not text.startswith("/")):
            return None
        opened = Opened(use, PathText(text, value.origin, source), place_of(text), way)
        self.opened.append(opened)
        problem = self.verdicts.of(opened)
        if problem is None or self.values.is_caught(use):
            return None
        if problem.reason == "read-only":
            self.writes[problem] = opened
            return problem
        texts = [t for t in map(text_of, alternatives) if t is not None]
        if file_context.is_guarded(use.site, use.node, texts, self.evaluator):
            return None
        return replace(problem, fix=file_mends.to_what_was_found(problem, opened, self.evaluator))


def _is_path(text: str, use: Use) -> bool:
    """Whether a text is a path at all: no address, no standard input, no name of something else."""
    if not text or text == "-" or "://" in text or "\0" in text:
        return False
    return not use.opener.schemes or "/" in text or "." in text


def _is_made(problem: FileProblem, made: set[str]) -> bool:
    """Whether the program makes the file (or a directory around it) itself: the making is what is reported."""
    return any(problem.looked_for == path or problem.looked_for.startswith(f"{path}/") for path in made)
