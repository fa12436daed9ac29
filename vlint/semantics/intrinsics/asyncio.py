"""What `asyncio` gives of coroutines that it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.semantics.evaluation.values import Arguments, CoroutineValue, Unknown, Value
from vlint.semantics.intrinsics.registry import intrinsic

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator


@intrinsic("asyncio.run", "asyncio.runners.run")
def _run(arguments: Arguments, evaluator: Evaluator) -> Value | None:
    coroutine = arguments.get(0, "main")
    return evaluator.each(coroutine, _result) if coroutine is not None else None


def _result(value: Value) -> Value:
    return value.result if isinstance(value, CoroutineValue) else Unknown("the result of something that is awaited")
