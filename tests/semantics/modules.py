"""Modules for tests, from text alone."""

from __future__ import annotations

import tempfile

from vlint.platform import DEFAULT_PLATFORM, load_platform
from vlint.project.project import Project
from vlint.project.tree import Tree
from vlint.semantics.evaluation.evaluator import Evaluator
from vlint.semantics.evaluation.values import Value

PATH = "api/index.py"


def evaluator(files: str | dict[str, str], platform: str = DEFAULT_PLATFORM) -> Evaluator:
    """An evaluator for `api/index.py` of a project that has only these files (or this one)."""
    overlay = {PATH: files} if isinstance(files, str) else files
    with tempfile.TemporaryDirectory() as root:
        return Evaluator(Project(Tree(root, overlay), load_platform(platform)), PATH)


def final(files: str | dict[str, str]) -> Value:
    """What `app` is when the module has been loaded."""
    found = evaluator(files)
    return found.final("app", found.function_module)
