"""Projects composed at random: values of all kinds, ways to bind an entry point to them, branches, helper modules."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import indent
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from tests.proof import generated_classes

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

PRELUDE = (
    generated_classes.PRELUDE
    + """\
import contextlib
import functools
import http.server
import os
import sys
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler
from socketserver import StreamRequestHandler
from typing import TYPE_CHECKING
"""
)

HELPERS = """\
def same(value):
    return value


def with_wraps(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


def without_wraps(function):
    def wrapper(environ, start_response):
        return function(environ, start_response)

    return wrapper


def named(name):
    def decorate(value):
        value.label = name
        return value

    return decorate


class Middleware:
    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        return self.application(environ, start_response)


class AsyncMiddleware:
    def __init__(self, application):
        self.application = application

    async def __call__(self, scope, receive, send):
        await self.application(scope, receive, send)
"""


@dataclass
class GeneratedProject:
    """Files by path, and what in them need not be known without running them (see `UNDECIDED`)."""

    files: dict[str, str]
    undecided: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return "".join(f"-- {path} --\n{text}" for path, text in self.files.items())


@dataclass
class Composer:
    """Draws the pieces of one project."""

    draw: Callable[[st.SearchStrategy[T]], T]
    files: dict[str, str] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    made: int = 0

    def one_of(self, *options: T) -> T:
        return self.draw(st.sampled_from(options))

    def chance(self, of_ten: int) -> bool:
        """True about `of_ten` times in ten; shrinks to False."""
        return self.draw(st.integers(1, 10)) > 10 - of_ten

    def name(self, prefix: str) -> str:
        self.made += 1
        return f"{prefix}{self.made}"

    # --- values: each returns the statements that make it, and the expression that stands for it

    def value(self) -> tuple[str, str]:
        makers = (
            self.function,
            self.application_object,
            self.handler_class,
            self.constant,
            self.derived,
            self.wrapped,
            self.object_of_class,
        )
        return self.one_of(*makers)()

    def object_of_class(self) -> tuple[str, str]:
        """An instance of a class of some special kind, with `__call__` or without."""
        name = self.name("Thing")
        if self.chance(4):
            text, expression = self.one_of(*generated_classes.PLAIN_OBJECTS)
        else:
            text, expression = self.one_of(*generated_classes.OBJECTS)
            text = text.format(generated_classes.ANSWERS if self.chance(5) else "")
        if expression in ("NAME()", "NAME.TWO"):
            self.undecided.add("Thing")
        return text.replace("NAME", name), expression.replace("NAME", name)

    def class_statement(self) -> str:
        """A class statement beside the entry point, which Python may refuse."""
        self.undecided.add("Beside")
        return self.one_of(*generated_classes.STATEMENTS).replace("NAME", self.name("Beside"))

    def parameters(self, *, is_async: bool, method: bool) -> tuple[str, str]:
        """A parameter list, and the statement with which the body answers."""
        wanted = ["scope", "receive", "send"] if is_async else ["environ", "start_response"]
        count = self.one_of(len(wanted), len(wanted), len(wanted), 0, 1, len(wanted) + 1)
        names = [*wanted, "more", "still_more"][:count]
        defaults = self.one_of(0, 0, 0, 1, 2)
        parts = [f"{name}=None" if count - i <= defaults else name for i, name in enumerate(names)]
        if parts and self.chance(1):
            parts.append("/")
        star = self.chance(2)
        if star:
            parts.append("*args")
        if self.chance(1):
            parts.append(("" if star else "*, ") + self.one_of("keyword=1", "required"))
        if self.chance(1):
            parts.append("**kwargs")
        last = len(wanted) - 1
        channel = names[last] if count > last else f"args[{last - count}]" if star else "None"
        if is_async:
            answer = (
                f'await {channel}({{"type": "http.response.start", "status": 200, "headers": []}})\n'
                f'await {channel}({{"type": "http.response.body", "body": b"ok"}})'
            )
        else:
            answer = f'{channel}("200 OK", [])\nreturn [b"ok"]'
        first = ["self"] if method else []
        return ", ".join([*first, *parts]), answer

    def definition(self, name: str, *, method: bool = False) -> str:
        is_async = self.chance(4)
        parameters, answer = self.parameters(is_async=is_async, method=method)
        return f"{'async ' if is_async else ''}def {name}({parameters}):\n{indent(answer, '    ')}\n"

    def function(self) -> tuple[str, str]:
        name = self.name("serve")
        if self.chance(2):
            parameters, _ = self.parameters(is_async=False, method=False)
            if "start_response" in parameters and "start_response=" not in parameters:
                answer = '[start_response("200 OK", []), [b"ok"]][1]'
                return f"{name} = lambda {parameters}: {answer}\n", name
        decorator = self.one_of(
            "", "", "@same\n", '@named("x")\n', "@with_wraps\n", "@functools.lru_cache(maxsize=None)\n"
        )
        if "lru_cache" in decorator:
            decorator = "@same\n"
        definition = self.definition(name)
        if "wraps" in decorator and not definition.startswith(f"def {name}(environ, start_response)"):
            self.undecided.add("wraps")
        return decorator + definition, name

    def application_object(self) -> tuple[str, str]:
        cls, base = self.name("Application"), self.name("Base")
        body = self.definition("__call__", method=True) if self.chance(8) else "pass\n"
        if self.chance(3):
            text = f"class {base}:\n{indent(body, '    ')}\n\nclass {cls}({base}):\n    pass\n"
        else:
            text = f"class {cls}:\n{indent(body, '    ')}"
        kind = self.one_of("instance", "instance", "instance", "class", "method", "static", "class method")
        if kind in ("instance", "class"):
            return text, f"{cls}()" if kind == "instance" else cls
        decorator = {"method": "", "static": "@staticmethod\n", "class method": "@classmethod\n"}[kind]
        method = self.definition("serve", method=kind != "static")
        text = f"class {cls}:\n{indent(decorator + method, '    ')}"
        return text, f"{cls}().serve" if kind == "method" or self.chance(5) else f"{cls}.serve"

    def handler_class(self) -> tuple[str, str]:
        name = self.name("Handler")
        text, bases = "", self.bases()
        if self.chance(2):
            mixin = self.name("Mixin")
            text = f"class {mixin}:\n{indent(self.methods(), '    ')}\n\n"
            bases = ", ".join([mixin, bases] if bases else [mixin])
        if self.chance(2):
            alias = self.name("Parent")
            text += f"class {alias}({bases}):\n{indent(self.methods(), '    ')}\n\n"
            bases = alias
        if self.chance(1):
            tuple_of_bases = f"({bases},)" if bases else "()"
            return text + f'{name} = type("{name}", {tuple_of_bases}, {{}})\n', name
        decorator = self.one_of("", "", "", "@same\n", '@named("x")\n')
        heading = f"class {name}({bases}):" if bases else f"class {name}:"
        return f"{text}{decorator}{heading}\n{indent(self.methods(), '    ')}", name

    def bases(self) -> str:
        return self.one_of(
            "BaseHTTPRequestHandler",
            "http.server.BaseHTTPRequestHandler",
            "SimpleHTTPRequestHandler",
            "StreamRequestHandler",
            "",
            "object",
            "same(BaseHTTPRequestHandler)",
            "BaseHTTPRequestHandler if True else object",
        )

    def methods(self) -> str:
        body = self.one_of(
            'def do_GET(self):\n    self.send_response(200)\n    self.end_headers()\n    self.wfile.write(b"ok")\n',
            "def do_POST(self):\n    self.send_response(200)\n    self.end_headers()\n",
            "pass\n",
            self.one_of(*generated_classes.METHODS),
            self.one_of(*generated_classes.INITIALIZERS),
        )
        if "def __init__" in body:
            self.undecided.add("__init__")
        return body

    def constant(self) -> tuple[str, str]:
        return "", self.one_of("None", "1", '"main:app"', "{}", "[]", "(1, 2)", "sys", "object()", "b''")

    def wrapped(self) -> tuple[str, str]:
        """A middleware around an application that is right: what a wrong one does inside shows on requests only."""
        is_async = self.chance(5)
        name = self.name("inner")
        if is_async:
            answer = 'await send({"type": "http.response.start", "status": 200, "headers": []})\n'
            answer += '    await send({"type": "http.response.body", "body": b"ok"})\n'
            return f"async def {name}(scope, receive, send):\n    {answer}", f"AsyncMiddleware({name})"
        answer = 'start_response("200 OK", [])\n    return [b"ok"]\n'
        return f"def {name}(environ, start_response):\n    {answer}", f"Middleware({name})"

    def derived(self) -> tuple[str, str]:
        """A value made from another."""
        text, expression = self.value()
        makers = (
            "same({})",
            "({}, None)[0]",
            "(None, {})[1]",
            '{{"key": {}}}["key"]',
            "({} if True else None)",
            "(None if sys.version_info < (3, 9) else {})",
            "(False or {})",
            "functools.partial({})",
            "(lambda: {})()",
        )
        maker = self.one_of(*makers)
        if "partial" in maker and not self.is_callable(text, expression):
            maker = "same({})"
        if self.chance(2):
            factory = self.name("make")
            inner = indent(text, "    ") + f"    return {expression}\n"
            return f"def {factory}():\n{inner}", f"{factory}()"
        return text, maker.format(expression)

    @staticmethod
    def is_callable(text: str, expression: str) -> bool:
        return expression.startswith(("serve", "Handler")) and f"def {expression}(" in text

    # --- bindings: statements that give a name a value

    def bind(self, name: str) -> str:
        """Statements that bind (or seem to bind) `name`."""
        if self.chance(4):
            return self.definition(name) if name in ("app", "application") else self.bind_class(name)
        text, expression = self.value()
        other = self.name("other")
        forms = (
            f"{name} = {expression}",
            f"{name}: object = {expression}",
            f"{other} = {name} = {expression}",
            f"{name}, {other} = {expression}, 1",
            f"{other}, ({name}, _) = 1, ({expression}, 2)",
            f"[{name}] = [{expression}]",
            f"*{name}, {other} = 1, {expression}",
            f"{other}, *_, {name} = 1, 2, {expression}",
            f"({name} := {expression})",
            f"for {name} in ({expression},):\n    pass",
            f"for {name} in ():\n    pass",
            f"with contextlib.nullcontext({expression}) as {name}:\n    pass",
            f"match {expression}:\n    case {name}:\n        pass",
            f"def {other}():\n    global {name}\n    {name} = {expression}\n\n\n{other}()",
            f"def {other}():\n    global {name}\n    {name} = {expression}",
            f"def {other}():\n    {name} = {expression}\n\n\n{other}()",
            f"class {other}:\n    {name} = {expression}",
            f"{name} = {expression}\ndel {name}",
            f"{name}: object",
            f'globals()["{name}"] = {expression}',
            f"try:\n    raise ValueError\nexcept ValueError as {name}:\n    pass",
            f"{other} = [{name} for {name} in [{expression}]]",
            f"import json as {name}",
            f"if ({name} := {expression}) is None:\n    pass",
        )
        form = self.one_of(*forms)
        if form.startswith("globals()"):
            self.undecided.add("globals()[")
        return f"{text}{form}\n"

    def bind_class(self, name: str) -> str:
        text, made = self.handler_class()
        return text.replace(made, name)

    def block(self, statements: str, otherwise: str) -> str:
        """`statements` in a branch, perhaps with `otherwise` in the other."""
        inside, other = indent(statements, "    "), indent(otherwise, "    ")
        forms = (
            f"if True:\n{inside}",
            f"if False:\n{other}else:\n{inside}",
            f"if False:\n{inside}",
            f"if TYPE_CHECKING:\n{other}else:\n{inside}",
            f"if TYPE_CHECKING:\n{inside}",
            f'if __name__ == "__main__":\n{inside}else:\n{other}',
            f'if __name__ != "__main__":\n{inside}',
            f"if sys.version_info >= (3, 9):\n{inside}else:\n{other}",
            f"if sys.version_info < (3, 9):\n{inside}",
            f"try:\n{inside}except ImportError:\n{other}",
            f"try:\n    raise ValueError\nexcept ValueError:\n{inside}else:\n{other}",
            f"try:\n    import no_such_module\nexcept ImportError:\n{inside}",
            f"try:\n    pass\nfinally:\n{inside}",
            f"with contextlib.suppress(KeyError):\n{inside}",
            f"for _ in range(1):\n{inside}",
            f"while True:\n{inside}    break\n",
            f"match 1:\n    case 1:\n{indent(inside, '    ')}    case _:\n{indent(other, '    ')}",
            f'if os.environ.get("VLINT_NOT_SET"):\n{inside}else:\n{other}',
            f'if not os.environ.get("VLINT_NOT_SET"):\n{inside}',
        )
        form = self.one_of(*forms)
        self.undecided.update(part for part in BRANCHES if part in form)
        return form

    # --- modules

    def entry(self, names: tuple[str, ...]) -> str:
        name = self.one_of(*names)
        statements = self.bind(name)
        if self.chance(3) and "global " not in statements:
            statements = self.block(statements, self.one_of("pass\n", f"{name} = None\n"))
        return statements

    def imported(self, names: tuple[str, ...]) -> str:
        """A helper module that binds the name, and the statement that imports it."""
        name = self.one_of(*names)
        source = self.one_of(name, "thing", "create")
        text, expression = self.value()
        body = f"{text}{source} = {expression}\n"
        if source == "create":
            body = f"{text}def create():\n    return {expression}\n"
        exported = self.one_of("", "", f'__all__ = ["{source}"]\n', '__all__ = ["PRELUDE"]\nPRELUDE = 1\n')
        paths = ("helper.py", "api/_lib.py", "pkg/__init__.py", "pkg/tools.py", "space/tools.py")
        path = self.one_of(*(path for path in paths if path not in self.files))
        self.files[path] = f"{PRELUDE}\n\n{HELPERS}\n\n{body}{exported}"
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if path == "pkg/tools.py":
            self.files.setdefault("pkg/__init__.py", self.one_of("", f"from .tools import {source}\n"))
            if self.files["pkg/__init__.py"] and self.chance(5):
                module = "pkg"
        call = "()" if source == "create" else ""
        forms = [
            f"from {module} import {source}\n{name} = {source}{call}",
            f"import {module}\n{name} = {module}.{source}{call}",
            f"import {module} as module\n{name} = module.{source}{call}",
            f"from {module} import *\n" + (f"{name} = {source}{call}" if source != name and not exported else ""),
            f"from {module} import *",
            f"from {module} import {source} as thing\n{name} = thing{call}",
        ]
        if source != "create":
            forms.append(f"from {module} import {source} as {name}")
        if path == "api/_lib.py":
            forms.append(f"from ._lib import {source}\n{name} = {source}{call}")
            forms.append(f"from . import _lib\n{name} = _lib.{source}{call}")
            forms.append(f"from _lib import {source}\n{name} = {source}{call}")
        if path == "pkg/tools.py":
            forms.append(f"from pkg import tools\n{name} = tools.{source}{call}")
        return f"{self.one_of(*forms)}\n"

    def module(self) -> str:
        parts = [PRELUDE, HELPERS]
        for names in self.one_of((APPLICATIONS,), (APPLICATIONS, HANDLERS), (HANDLERS,), (APPLICATIONS, APPLICATIONS)):
            parts.append(self.imported(names) if self.chance(3) else self.entry(names))
        if self.chance(2):
            parts.insert(self.one_of(2, len(parts)), self.class_statement())
        return "\n\n".join(parts)


BRANCHES = {
    "environ.get(": "a variable of the environment, which the platform's settings may have, decides",
    "range(1)": "the body of a loop, whose iterable is not counted, may not run",
    "while True": "the body of a loop may not run to its end",
    "except ImportError": "what a block may raise decides whether it runs to its end",
    "suppress(KeyError)": "what a block may raise decides whether it runs to its end",
}
"""Parts of a branch of which vlint need not know whether it is run, and to its end; each with the reason."""

UNDECIDED = {
    **BRANCHES,
    "wraps": "the wrapper is right, and what it calls fails on requests only",
    "globals()[": "the namespace is written to as a dictionary",
    "Thing": "an instance that cannot be made, beside the entry point that is taken, may be unseen",
    "Beside": "a class statement beside the entry point may be one whose refusal is not followed",
    "__init__": "what several classes' `__init__` pass on to each other is followed by position alone",
}
"""What a generated project may hold that fails, and of which vlint may say nothing."""

APPLICATIONS = ("app", "app", "app", "application")
HANDLERS = ("handler", "handler", "Handler")


@st.composite
def projects(draw: Callable[[st.SearchStrategy[T]], T]) -> GeneratedProject:
    """A project with one function, `api/user.py`."""
    composer = Composer(draw)
    module = composer.module()
    return GeneratedProject({**composer.files, "api/user.py": module}, frozenset(composer.undecided))
