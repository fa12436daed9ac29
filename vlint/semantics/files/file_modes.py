"""What is done with a path that is opened: read, written, listed, as the mode or the flags in the call say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.semantics.evaluation.values import Constant, options
from vlint.semantics.files.file_uses import argument_node

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.files.file_uses import Use


def opens(use: Use, evaluator: Evaluator) -> str | None:
    """What is done with the path, the mode taken into account; None where that is not known."""
    opener, call, place = use.opener, use.site.call, use.site.place
    if opener.opens == "flags":
        return _by_flags(call)
    if opener.opens != "mode":
        return opener.opens
    assert opener.mode is not None
    node = argument_node(call, opener.mode)
    value = evaluator.evaluate(node, place) if node is not None else Constant(opener.mode.default)
    modes = [option.value if isinstance(option, Constant) else None for option in options(value)]
    if any(not isinstance(mode, str) for mode in modes):
        return None
    writes = {any(letter in str(mode).partition(":")[0] for letter in "waxc+n") for mode in modes}
    if len(writes) != 1:
        return None
    if writes == {False}:
        return "read"
    return "update" if any(str(mode).startswith("r") for mode in modes) else "write"


def _by_flags(call: cst.Call) -> str | None:
    if len(call.args) < 2:
        return None
    names = set(re.findall(r"\bO_\w+", cst.Module([]).code_for_node(call.args[1].value)))
    if names & {"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"}:
        return "write"
    return "find" if "O_RDONLY" in names and "O_DIRECTORY" not in names else None  # a directory can be opened too
