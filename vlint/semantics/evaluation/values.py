"""What an expression can be: frozen values that say what is known without running anything.

A value the evaluator cannot know is `Unknown`; one of several is a `Choice`; an expression that certainly raises is
`Fails`. Every value may carry its origin, which explains it and does not take part in comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import libcst as cst

    from vlint.finding import Location
    from vlint.semantics.evaluation.scopes import ClassScope, Place

V = TypeVar("V", bound="Value")

MAXIMUM_OPTIONS = 12
"""A choice of more values than this is unknown."""


@dataclass(frozen=True)
class Value:
    """The base of all values.

    Attributes:
        origin: Where in the project the value came to be, or None.
    """

    origin: Location | None = field(default=None, compare=False, kw_only=True, repr=False)

    @property
    def type_name(self) -> str | None:
        """The qualified name of the value's class (`builtins.str`, `pathlib.Path`), or None where it has none."""
        return None

    def at(self, origin: Location | None) -> Self:
        """The same value with an origin, unless it has one already."""
        return self if self.origin is not None or origin is None else replace(self, origin=origin)


@dataclass(frozen=True)
class Constant(Value):
    """A `str`, `bytes`, `int`, `float`, `complex`, `bool`, `None` or `...`."""

    value: Any

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return f"builtins.{type(self.value).__name__}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True)
class Sequence(Value):
    """The base of tuples, lists and sets with known items."""

    items: tuple[Value, ...]


@dataclass(frozen=True)
class TupleValue(Sequence):
    """A tuple."""

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "builtins.tuple"


@dataclass(frozen=True)
class ListValue(Sequence):
    """A list as it was displayed; later changes are not followed, so its items are to be believed with care."""

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "builtins.list"


@dataclass(frozen=True)
class SetValue(Sequence):
    """A set as it was displayed."""

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "builtins.set"


@dataclass(frozen=True)
class DictValue(Value):
    """A dictionary as it was displayed: keys and values in order."""

    entries: tuple[tuple[Value, Value], ...]

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "builtins.dict"

    def get(self, key: object) -> Value | None:
        """The value under a constant key, or None."""
        return next((v for k, v in reversed(self.entries) if isinstance(k, Constant) and k.value == key), None)


@dataclass(frozen=True)
class ModuleValue(Value):
    """A module of the project; `path` is its file or, for a package without `__init__.py`, its directory."""

    path: str
    name: str

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "types.ModuleType"


@dataclass(frozen=True)
class External(Value):
    """Something outside the project, by qualified name: `builtins.open`, `os.path.join`, `flask.Flask`.

    `is_module` says that it is certainly a module, since an `import` statement gave it.
    """

    name: str
    is_module: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Arguments:
    """The evaluated arguments of a call. `complete` is False where `*` or `**` brought some that are not known."""

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    complete: bool = True

    def get(self, index: int, name: str) -> Value | None:
        """The argument at a position (from 0) or under a name, or None."""
        if 0 <= index < len(self.positional):
            return self.positional[index]
        return next((value for keyword, value in self.keywords if keyword == name), None)

    def keyword(self, name: str) -> Value | None:
        """The argument given under a name, or None."""
        return self.get(-1, name)

    def prepended(self, *values: Value) -> Arguments:
        """With `values` in front: what a bound method passes on."""
        return Arguments((*values, *self.positional), self.keywords, self.complete)


@dataclass(frozen=True)
class CallResult(Value):
    """What a call of something outside the project returned: an instance, for a class."""

    callee: Value
    arguments: Arguments

    @property
    def type_name(self) -> str | None:
        """As `Value.type_name`."""
        return self.callee.name if isinstance(self.callee, External) else None


@dataclass(frozen=True)
class Member(Value):
    """An attribute of a value whose class is outside the project, such as `app.run` of a Flask application."""

    receiver: Value
    name: str

    @property
    def qualified_name(self) -> str | None:
        """The attribute's name behind that of the receiver's class: `flask.Flask.run`."""
        return f"{self.receiver.type_name}.{self.name}" if self.receiver.type_name else None


@dataclass(frozen=True)
class FunctionValue(Value):
    """A function or lambda of the project.

    Attributes:
        node: The definition.
        place: Where it stands: names in defaults and free variables are found from there.
        wrapped: What `functools.wraps` says it stands for, which is what `inspect.signature` shows.
    """

    node: cst.FunctionDef | cst.Lambda
    place: Place = field(compare=False, repr=False)
    wrapped: Value | None = None

    @property
    def name(self) -> str:
        """The name in the definition."""
        import libcst as cst

        return self.node.name.value if isinstance(self.node, cst.FunctionDef) else "<lambda>"

    @property
    def is_async(self) -> bool:
        """Whether it was defined with `async def`."""
        return getattr(self.node, "asynchronous", None) is not None

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "types.FunctionType"


@dataclass(frozen=True)
class ClassValue(Value):
    """A class of the project.

    Attributes:
        bases: The evaluated bases.
        scope: The body, or None for a class made by a call of `type`.
        namespace: The members a call of `type` was given.
        metaclass: The `metaclass=` argument, or None.
        added: The members that a decorator or base gives it which makes some: `__init__` of a data class.
    """

    name: str
    bases: tuple[Value, ...]
    scope: ClassScope | None = field(default=None, repr=False)
    namespace: tuple[tuple[str, Value], ...] = ()
    metaclass: Value | None = None
    added: tuple[tuple[str, Value], ...] = ()

    def __hash__(self) -> int:
        return hash((self.name, self.scope))  # not of all its ancestors

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "builtins.type"


@dataclass(frozen=True)
class InstanceValue(Value):
    """An instance of a class of the project."""

    cls: ClassValue
    arguments: Arguments = field(default_factory=Arguments)


@dataclass(frozen=True)
class BoundMethod(Value):
    """A function with its first argument bound."""

    function: Value
    receiver: Value

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "types.MethodType"


@dataclass(frozen=True)
class Partial(Value):
    """`functools.partial(function, …)`."""

    function: Value
    arguments: Arguments

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "functools.partial"


@dataclass(frozen=True)
class Descriptor(Value):
    """A function under `staticmethod`, `classmethod` or `property` (the `kind`)."""

    kind: str
    function: Value

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return f"builtins.{self.kind}"


@dataclass(frozen=True)
class SuperValue(Value):
    """`super()` in a method: the classes behind `cls` in the order of `receiver`."""

    cls: ClassValue
    receiver: Value


@dataclass(frozen=True)
class CoroutineValue(Value):
    """What a call of an `async def` gives: it has not run yet."""

    result: Value

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "types.CoroutineType"


@dataclass(frozen=True)
class GeneratorValue(Value):
    """What a call of a function with `yield`, or a generator expression, gives."""

    @property
    def type_name(self) -> str:
        """As `Value.type_name`."""
        return "types.GeneratorType"


@dataclass(frozen=True)
class Choice(Value):
    """One of several values, and it is not known which; made by `choice`."""

    options: tuple[Value, ...]


@dataclass(frozen=True)
class Unknown(Value):
    """Anything at all; `reason` says why it is not known, for people who ask why vlint is silent."""

    reason: str = ""


@dataclass(frozen=True)
class Fails(Value):
    """No value: the expression certainly raises. `exception` is the class's name, `message` what Python would say."""

    exception: str
    message: str


@dataclass(frozen=True)
class Unbound(Fails):
    """No value: the name is not bound when it is looked for."""

    exception: str = "NameError"
    message: str = "name is not defined"


def choice(values: Iterable[Value]) -> Value:
    """One of `values`: the value itself where there is but one, unknown where there is none or too many."""
    options: dict[Value, None] = {}
    for value in values:
        for option in value.options if isinstance(value, Choice) else (value,):
            options.setdefault(option)
            if len(options) > MAXIMUM_OPTIONS:
                return Unknown("too many possible values")
    if not options:
        return Unknown("no value reaches this place")
    return next(iter(options)) if len(options) == 1 else Choice(tuple(options))


def options(value: Value) -> tuple[Value, ...]:
    """The values that `value` can be."""
    return value.options if isinstance(value, Choice) else (value,)


def constants(value: Value) -> Iterator[object]:
    """The constants among the options of `value`."""
    return (option.value for option in options(value) if isinstance(option, Constant))


def keywords(entries: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
    """Keyword arguments as `Arguments` keeps them."""
    return tuple(entries.items())
