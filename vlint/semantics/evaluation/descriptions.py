"""What values are, in words for a sentence."""

from __future__ import annotations

from vlint.semantics.evaluation.values import (
    BoundMethod,
    CallResult,
    ClassValue,
    Constant,
    CoroutineValue,
    External,
    FunctionValue,
    GeneratorValue,
    InstanceValue,
    ModuleValue,
    Value,
)


def describe(value: Value) -> str:
    """What a value is, with its article, for a sentence."""
    match value:
        case FunctionValue(name="<lambda>"):
            return "a lambda"
        case FunctionValue():
            return f"a coroutine function (`{value.name}`)" if value.is_async else f"a function (`{value.name}`)"
        case ClassValue():
            return f"the class `{value.name}`"
        case External(is_module=True):
            return f"the module `{value.name}`"
        case External():
            return f"`{value.name}`"
        case InstanceValue():
            return f"an instance of `{value.cls.name}`"
        case CallResult(callee=External(name=name)):
            last = name.rpartition(".")[2]
            return f"an instance of `{last}`" if last[:1].isupper() else f"the result of `{last}()`"
        case ModuleValue():
            return f"the module `{value.name}`"
        case Constant(value=None):
            return "None"
        case Constant():
            return f"a value of type {type(value.value).__name__}"
        case BoundMethod(function=FunctionValue() as function):
            return f"the method `{function.name}`"
        case CoroutineValue():
            return "a coroutine that nobody awaits"
        case GeneratorValue():
            return "a generator"
    last = (value.type_name or "value").rpartition(".")[2]
    return f"a {last}"


def listed(names: list[str]) -> str:
    """Names as a sentence has them: `a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
