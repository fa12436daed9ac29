"""What becomes of each path that a function opens: the findings behind the rules VL201 to VL205."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from vlint.project.functions import functions
from vlint.semantics import file_context, file_mends
from vlint.semantics.evaluator import Evaluator
from vlint.semantics.file_calls import reached_modules
from vlint.semantics.file_modes import opens
from vlint.semantics.file_problem import FileProblem, Opened, PathText, place_of
from vlint.semantics.file_settings import settings_modules, settings_uses
from vlint.semantics.file_uses import uses
from vlint.semantics.file_verdicts import Verdicts
from vlint.semantics.path_values import PathValues
from vlint.semantics.paths import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project
    from vlint.semantics.file_uses import Use
    from vlint.semantics.path_values import Source
    from vlint.semantics.values import Value

MAXIMUM_USES = 2000


def file_problems(project: Project, function_path: str) -> tuple[FileProblem, ...]:
    """The paths that the function at `function_path`, and the modules it imports, open in vain."""
    return project.remember(("files", function_path), lambda: _Examination(project, function_path).problems())


class _Examination:
    """The uses of one function, judged against the project."""

    def __init__(self, project: Project, function_path: str) -> None:
        self.evaluator = Evaluator(project, function_path)
        imported = reached_modules(self.evaluator)
        self.settings = settings_modules(imported, self.evaluator)
        self.modules = tuple(dict.fromkeys((*imported, *self.settings)))
        self.moves = any(file_context.changes_directory(module) for module in self.modules)
        self.values = PathValues(self.modules, self.evaluator)
        function = next(f for f in functions(project) if f.path == function_path)
        self.verdicts = Verdicts(function, self.modules, self.evaluator)
        self.opened: list[Opened] = []
        self.writes: dict[FileProblem, Opened] = {}

    def problems(self) -> tuple[FileProblem, ...]:
        found: dict[FileProblem, None] = {}
        for use in islice(filter(lambda use: self.values.runs(use.site), self._uses()), MAXIMUM_USES):
            found.update(dict.fromkeys(self._judge(use)))
        made = {problem.looked_for for problem in found if problem.reason == "read-only"}
        return tuple(
            self._with_fix(problem) for problem in found if problem.reason == "read-only" or not _is_made(problem, made)
        )

    def _uses(self) -> Iterator[Use]:
        for module in self.modules:
            yield from uses(module, self.evaluator)
        for module in self.settings:
            yield from settings_uses(module, self.evaluator)

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

    def _with_fix(self, problem: FileProblem) -> FileProblem:
        """A problem with writing, with the fix that only all that is opened together tells."""
        if problem not in self.writes:
            return problem
        return replace(problem, fix=file_mends.to_the_writable_place(self.writes[problem], self.opened, self.evaluator))


def _is_path(text: str, use: Use) -> bool:
    """Whether a text is a path at all: no address, no standard input, no name of something else."""
    if not text or text == "-" or "://" in text or "\0" in text:
        return False
    return not use.opener.schemes or "/" in text or "." in text


def _is_made(problem: FileProblem, made: set[str]) -> bool:
    """Whether the program makes the file (or a directory around it) itself: the making is what is reported."""
    return any(problem.looked_for == path or problem.looked_for.startswith(f"{path}/") for path in made)
