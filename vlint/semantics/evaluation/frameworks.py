"""What is believed about code outside the project: the table `vlint/platform/frameworks.toml`, and questions to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from vlint.platform import read_table
from vlint.semantics.evaluation.values import Arguments, CallResult, External, FunctionValue, Member, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

Interface = Literal["wsgi", "asgi", "neither"]

CACHES = frozenset({"functools.cache", "functools.lru_cache"})
"""Decorators whose functions give for the same arguments what they gave before."""


@dataclass(frozen=True)
class Entry:
    """What one callable of a framework gives.

    Attributes:
        interface: What its result is; `argument` for a wrapper whose result is what its argument is.
        argument: The wrapped argument: its position and name.
        attributes: The interfaces of the result's attributes (`server`, `wsgi_app`).
        methods: The interfaces of what the result's methods return (`wsgifunc`).
        signature: Whether the runtime's look at the signature sees the interface.
        hint: What to use instead, where the interface is `neither`.
        decorators: Methods that give a decorated function back as it is.
        servers: Methods that start a server and do not return.
        context: Whether `with` gives the object itself.
        requires: The name of the first argument, where making it without fails.
        plain: Whether it is a class of which a subclass makes instances as `type` does.
        callable: Whether a result that is neither can be called all the same.
        seems: Whether the runtime's look at the signature takes a result that is neither for an application.
        itself: What that look takes the class or factory itself for; empty for nothing.
        wraps: The interface by which a wrapper calls its argument with the requests; empty where it may not call it.
        varies: Whether the interface is another in other versions of the package.
    """

    interface: str
    argument: tuple[int, str]
    attributes: Mapping[str, str]
    methods: Mapping[str, str]
    signature: bool
    hint: str
    decorators: frozenset[str] = frozenset()
    servers: frozenset[str] = frozenset()
    context: bool = False
    requires: str = ""
    plain: bool = False
    callable: bool = False
    seems: bool = False
    itself: str = ""
    wraps: str = ""
    varies: bool = False


@cache
def _table() -> Mapping[str, Any]:
    return read_table("frameworks")


@cache
def entries() -> Mapping[str, Entry]:
    """The entries by qualified name."""
    found = {}
    for row in _table()["callable"]:
        entry = Entry(
            interface=row["interface"],
            argument=(row.get("position", 0), row.get("argument", "app")),
            attributes=row.get("attributes", {}),
            methods=row.get("methods", {}),
            signature=row.get("signature", True),
            hint=row.get("hint", ""),
            decorators=frozenset(row.get("decorators", ())),
            servers=frozenset(row.get("servers", ())),
            context=row.get("context", False),
            requires=row.get("requires", ""),
            plain=row.get("plain", False),
            callable=row.get("callable", False),
            seems="looks_like" in row or "shown" in row,
            itself=row.get("itself", ""),
            wraps=row.get("wraps", ""),
            varies=row.get("varies", False),
        )
        found.update(dict.fromkeys(row["names"], entry))
    return found


def entry(name: str) -> Entry | None:
    """The entry of a callable, or None."""
    return entries().get(name)


def interface(name: str) -> str | None:
    """What a call of the qualified `name` gives, or None where the table does not say."""
    found = entry(name)
    return found.interface if found is not None else None


def is_plain_class(name: str) -> bool:
    """Whether the table knows `name` for a class of which a subclass makes instances as `type` does."""
    found = entry(name)
    return found is not None and found.plain


def missing_argument(value: CallResult) -> str | None:
    """The name of the argument without which making an application certainly fails, where it is not given."""
    found = entry(value.callee.name) if isinstance(value.callee, External) else None
    if found is None or not found.requires or not value.arguments.complete:
        return None
    return found.requires if value.arguments.get(0, found.requires) is None else None


def is_unrelated(cls: str) -> bool:
    """Whether a class of a framework is known to be no request handler."""
    return cls in _table()["unrelated"]["classes"]


def other_call(value: Value) -> str | None:
    """What a call of something decorated does instead of answering a request, or None."""
    match value:
        case CallResult(callee=CallResult(callee=External(name=name))) | CallResult(callee=External(name=name)):
            found: str | None = _table()["decorators"].get(name)
            decorator = value.callee.arguments if isinstance(value.callee, CallResult) else value.arguments
            own = not decorator.complete or decorator.keyword("cls") is not None
            return found if value.arguments.positional and not own else None
    return None


def hierarchy(name: str) -> tuple[str, ...] | None:
    """The ancestors of a class outside the project, nearest first; None where they are not known."""
    found = _table()["hierarchy"].get(name)
    return tuple(found) if found is not None else None


def has_member(cls: str, name: str) -> bool:
    """Whether a class of the hierarchy is known to have a member of its own under `name`."""
    return name in members(cls)


def members(cls: str) -> tuple[str, ...]:
    """The members of a class of the hierarchy that matter, without those of its ancestors."""
    return tuple(_table()["members"].get(cls, ()))


def attributes_of_instances(cls: str) -> frozenset[str]:
    """What instances of a class outside the project have when one of their methods is called."""
    return frozenset(_table()["instances"].get(cls, ()))


def star_names(module: str) -> frozenset[str] | None:
    """The names that `from module import *` binds, for the modules whose names the table lists."""
    found = _table()["star"].get(module)
    return frozenset(found) if found is not None else None


def attribute(external: External) -> Value:
    """A name in a module outside the project, under the name that the table knows it by."""
    return External(_table()["aliases"].get(external.name, external.name))


def interface_of(value: Value) -> Entry | Value | None:
    """The entry that says what `value` is, the wrapped value whose interface it shares, or None if it is not known."""
    match value:
        case CallResult(callee=External(name=name), arguments=arguments):
            found = entry(name)
            if found is None or found.interface != "argument":
                return found
            return arguments.get(*found.argument)
        case CallResult(callee=Member(receiver=receiver, name=name)):
            owner = interface_of(receiver)
            return _named(owner.methods, name) if isinstance(owner, Entry) else None
        case Member(receiver=receiver, name=name):
            owner = interface_of(receiver)
            return _named(owner.attributes, name) if isinstance(owner, Entry) else None
    return None


def _named(interfaces: Mapping[str, str], name: str) -> Entry | None:
    found = interfaces.get(name)
    return Entry(found, (0, ""), {}, {}, signature=True, hint="") if found is not None else None


def starts_server(callee: Value) -> bool:
    """Whether a call of `callee` starts a server and does not return."""
    match callee:
        case External(name=name):
            return name in _table()["servers"]["functions"]
        case Member(receiver=receiver, name=name):
            owner = interface_of(receiver)
            if isinstance(owner, Entry) and name in owner.servers:
                return True
            return callee.qualified_name in _table()["servers"]["functions"]
    return False


def server_words() -> frozenset[str]:
    """The last words of the names of everything that starts a server: a text without them calls none."""
    functions = {name.rpartition(".")[2] for name in _table()["servers"]["functions"]}
    return frozenset(functions).union(*(found.servers for found in entries().values()))


def decorated(callee: Value, arguments: Arguments) -> Value | None:
    """The function that a framework's decorator gives back as it is, or None for other calls."""
    if len(arguments.positional) != 1 or not isinstance(arguments.positional[0], FunctionValue):
        return None
    method = callee.callee if isinstance(callee, CallResult) else callee
    if isinstance(method, Member):
        owner = interface_of(method.receiver)
        if isinstance(owner, Entry) and method.name in owner.decorators:
            return arguments.positional[0]
    return None


def answers_requests(cls: str, prefix: str) -> bool:
    """Whether a class of the hierarchy has a method whose name starts with `prefix`."""
    return any(name.startswith(prefix) for name in _table()["members"].get(cls, ()))
