"""Calls that refuse what is written out: `int("30s")`, a pattern or JSON that does not parse."""

from __future__ import annotations

import json
import re
import warnings
from typing import TYPE_CHECKING

from vlint.semantics.evaluation.values import Arguments, Constant, DictValue, Fails, Sequence, Value
from vlint.semantics.intrinsics.registry import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

    from vlint.semantics.evaluation.evaluator import Evaluator

MAXIMUM_LENGTH = 2000
"""Longer texts are not looked at."""

_NOT_EVERYWHERE = re.compile(r"\(\?>|[*+?}]\+|\(\?[aiLmsux-]+\)")
"""Syntax of patterns that some Python refuses and another takes."""


def _number(kind: Callable[[object], object]) -> Callable[[Arguments, Evaluator], Value | None]:
    def call(arguments: Arguments, evaluator: Evaluator) -> Value | None:
        if len(arguments.positional) != 1 or arguments.keywords or not arguments.complete:
            return None
        return evaluator.each(arguments.positional[0], made) if _is_written(arguments.positional[0]) else None

    def made(option: Value) -> Value:
        given = option.value if isinstance(option, Constant) else () if isinstance(option, Sequence) else {}
        try:
            return Constant(kind(given))
        except (TypeError, ValueError, OverflowError) as error:
            return Fails(type(error).__name__, str(error))

    return call


def _is_written(value: Value) -> bool:
    if isinstance(value, Constant):
        return not isinstance(value.value, str | bytes) or len(value.value) <= MAXIMUM_LENGTH
    return isinstance(value, Sequence | DictValue)


intrinsic("builtins.int")(_number(int))  # type: ignore[arg-type]  # it raises TypeError for what it does not take
intrinsic("builtins.float")(_number(float))  # type: ignore[arg-type]  # as above


@intrinsic("json.loads")
def _loads(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    """Only a failure is told of; what the text holds is not followed."""
    del evaluator
    match arguments:
        case Arguments(positional=(Constant(value=str() | bytes() as text),), keywords=(), complete=True):
            return _refused_json(text) if len(text) <= MAXIMUM_LENGTH else None
        case Arguments(positional=(Constant() | Sequence() | DictValue() as value,), complete=True):
            kind = (value.type_name or "").rpartition(".")[2]
            return Fails("TypeError", f"the JSON object must be str, bytes or bytearray, not {kind}")
    return None


def _refused_json(text: str | bytes) -> Fails | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return Fails("json.JSONDecodeError", str(error))
    except (UnicodeDecodeError, RecursionError):
        return None
    return None


def _pattern(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    """Only a failure is told of."""
    del evaluator
    match arguments:
        case Arguments(positional=(Constant(value=str() | bytes() as pattern), *_), keywords=(), complete=True):
            text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
            if len(text) <= MAXIMUM_LENGTH and not _NOT_EVERYWHERE.search(text):
                return _refused_pattern(text)
    return None


def _refused_pattern(pattern: str) -> Fails | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except re.error as error:
            return Fails("re.error", str(error))
        except (OverflowError, RecursionError):
            return None
    return None


def _compile(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    return _pattern(arguments, evaluator) if len(arguments.positional) == 1 else None


def _two(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    return _pattern(arguments, evaluator) if len(arguments.positional) == 2 else None


intrinsic("re.compile")(_compile)
intrinsic("re.match", "re.search", "re.fullmatch", "re.findall", "re.split")(_two)
