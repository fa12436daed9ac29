"""What keeps a module from being parsed on the platform: not what is wrong in an older Python than the project's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.intrinsics.system import python_versions

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.syntax.module import Module, SyntaxProblem


def certain_problem(module: Module, evaluator: Evaluator) -> SyntaxProblem | None:
    """Why the module certainly does not parse in the Python that the platform takes for the function, or None."""
    problem = module.problem
    if problem is None or problem.since is None:
        return problem
    versions = (tuple(map(int, version.split("."))) for version in python_versions(evaluator))
    return None if any(version >= problem.since for version in versions) else problem
