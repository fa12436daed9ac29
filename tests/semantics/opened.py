"""What a function of a few lines opens, for tests of what is said about it."""

from __future__ import annotations

from tests.semantics.modules import PATH, evaluator
from vlint.project.functions import functions
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.files.file_modes import opens
from vlint.semantics.files.file_problem import FileProblem, Opened, PathText, place_of
from vlint.semantics.files.file_uses import uses
from vlint.semantics.files.file_verdicts import Verdicts
from vlint.semantics.intrinsics.paths import text_of


def opened(text: str, *others: str, **contents: str) -> tuple[list[Opened], Evaluator]:
    """Each path that `api/index.py` with this text opens, in a project with `others` (empty files) and `contents`.

    The names of `contents` are those of files with `__` for a slash and `_` for a dot.
    """
    files = dict.fromkeys(others, "") | {n.replace("__", "/").replace("_", "."): t for n, t in contents.items()}
    own = evaluator({**files, PATH: f"{text}\n"})
    found = []
    for use in uses(own.function_module, own):
        path, way = text_of(own.evaluate(use.node, use.site.place)), opens(use, own)
        assert path is not None
        assert way is not None
        found.append(Opened(use, PathText(path, None, (use.node, use.site.place)), place_of(path), way))
    return found, own


def problems(text: str, *others: str, **contents: str) -> list[FileProblem | None]:
    """The verdict on each path that is opened; see `opened`."""
    found, own = opened(text, *others, **contents)
    (function,) = functions(own.project)
    verdicts = Verdicts(function, [own.function_module], own)
    return [verdicts.of(one) for one in found]
