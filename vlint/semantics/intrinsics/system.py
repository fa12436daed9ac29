"""What is known of the system that the function runs on: the Python version, the platform's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.platform.manifests import locks
from vlint.semantics.evaluation.values import Constant, TupleValue, Unknown, Value, choice
from vlint.semantics.intrinsics.registry import property_of

if TYPE_CHECKING:
    from vlint.semantics.evaluation.evaluator import Evaluator


@property_of("sys.version_info")
def _version_info(receiver: Value, evaluator: Evaluator) -> Value | None:
    del receiver
    return choice(_version(version) for version in python_versions(evaluator))


def python_versions(evaluator: Evaluator) -> tuple[str, ...]:
    """The options of the platform; its default alone where the project has no file that could choose another."""
    facts = evaluator.platform.python
    locked = [name for name, lock in locks().items() if lock in facts.sources]
    chooses = any(evaluator.project.tree.is_file(name) for name in (*facts.sources, *locked))
    return tuple(facts.options) if chooses else (facts.default,)


def _version(text: str) -> TupleValue:
    major, minor = text.split(".")
    parts = (Constant(int(major)), Constant(int(minor)), Unknown("the micro version"))
    return TupleValue((*parts, Constant("final"), Constant(0)))


@property_of("builtins.tuple.major")
def _major(receiver: Value, evaluator: Evaluator) -> Value | None:
    del evaluator
    return receiver.items[0] if isinstance(receiver, TupleValue) and len(receiver.items) == 5 else None


@property_of("builtins.tuple.minor")
def _minor(receiver: Value, evaluator: Evaluator) -> Value | None:
    del evaluator
    return receiver.items[1] if isinstance(receiver, TupleValue) and len(receiver.items) == 5 else None


@property_of("sys.platform")
def _platform(receiver: Value, evaluator: Evaluator) -> Value | None:
    del receiver, evaluator
    return Constant("linux")


@property_of("os.name")
def _os_name(receiver: Value, evaluator: Evaluator) -> Value | None:
    del receiver, evaluator
    return Constant("posix")
