"""Classes for generated projects: objects that are no applications, statements that Python may refuse, and handlers.

In each text `NAME` stands for a name of the project's own, and what is not a class of it is in `PRELUDE`.
"""

from __future__ import annotations

PRELUDE = """\
import abc
import collections
import configparser
import dataclasses
import enum
import threading
import types
import typing
"""

ANSWERS = """\
    def __call__(self, environ, start_response):
        start_response("200 OK", [])
        return [b"ok"]
"""

OBJECTS = (
    ("@dataclasses.dataclass\nclass NAME:\n    name: str = 'x'\n    limit: int = 1\n{}", "NAME(limit=2)"),
    ("@dataclasses.dataclass(frozen=True)\nclass NAME:\n    name: str\n{}", "NAME('x')"),
    ("@dataclasses.dataclass\nclass NAME:\n    name: str\n{}", "NAME()"),
    ("class NAME(typing.NamedTuple):\n    name: str\n    limit: int = 1\n{}", "NAME('x')"),
    ("class NAME(collections.namedtuple('NAME', 'name')):\n    label = 'x'\n{}", "NAME('x')"),
    ("class NAME(abc.ABC):\n    name = 'x'\n{}", "NAME()"),
    ("class NAME(abc.ABC):\n    @abc.abstractmethod\n    def get(self): ...\n\n{}", "NAME()"),
    ("class NAME(typing.Protocol):\n    name: str\n{}", "NAME()"),
    ("class NAME(typing.Generic[typing.TypeVar('T')]):\n    name = 'x'\n{}", "NAME()"),
    ("class NAME(threading.Thread):\n    name = 'x'\n{}", "NAME()"),
    ("class NAME(dict):\n    name = 'x'\n{}", "NAME()"),
    ("class NAME:\n    def __init__(self, name):\n        self.name = name\n\n{}", "NAME('x')"),
    ("class NAME:\n    def __init__(self, name):\n        self.name = name\n\n{}", "NAME()"),
)
"""Statements that make a class, with a place for `__call__`, and an expression that makes an instance of it."""

PLAIN_OBJECTS = (
    ("class NAME(enum.Enum):\n    ONE = 1\n", "NAME.ONE"),
    ("class NAME(enum.Enum):\n    ONE = 1\n", "NAME.TWO"),
    ("class NAME(str, enum.Enum):\n    ONE = 'one'\n", "NAME.ONE"),
    ("class NAME(typing.TypedDict):\n    name: str\n", "NAME(name='x')"),
    ("", "configparser.ConfigParser()"),
    ("", "threading.Thread()"),
    ("", "types.SimpleNamespace(name='x')"),
    ("", "collections.OrderedDict()"),
)
"""The same for objects of which none can be called."""

_INHERITS = "\n\nclass NAME(Base_NAME):\n    pass\n"

STATEMENTS = (
    "class NAME(bool):\n    pass\n",
    "class NAME(int):\n    pass\n",
    "class NAME(int, str):\n    pass\n",
    "class NAME(KeyError, ValueError):\n    pass\n",
    "class NAME(enum.Enum, abc.ABC):\n    pass\n",
    "class NAME(abc.ABC, enum.Enum):\n    ONE = 1\n",
    "class NAME(object, dict):\n    pass\n",
    "class NAME(dict, object):\n    pass\n",
    "class NAME(dataclasses.dataclass):\n    pass\n",
    "class NAME(collections):\n    pass\n",
    "class NAME(dict, metaclass=type):\n    pass\n",
    "class NAME(dict, name='x'):\n    pass\n",
    "class NAME:\n    __slots__ = ('x',)\n    x = 1\n",
    "class NAME:\n    __slots__ = ('x',)\n    x: int\n",
    "@dataclasses.dataclass\nclass NAME:\n    x: int = 1\n    y: int\n",
    "@dataclasses.dataclass(kw_only=True)\nclass NAME:\n    x: int = 1\n    y: int\n",
    "@dataclasses.dataclass\nclass NAME:\n    x: list = []\n",
    "@dataclasses.dataclass\nclass NAME:\n    x: typing.ClassVar[list] = []\n",
    "class NAME(enum.Enum):\n    ONE = 1\n    ONE = 2\n",
    "class NAME(enum.Enum):\n    ONE = 1\n\n    def label(self): ...\n    def label(self): ...\n",
    "class Base_NAME(enum.Enum):\n    ONE = 1\n\n\nclass NAME(Base_NAME):\n    TWO = 2\n",
    "class Base_NAME(enum.Enum):\n    pass\n\n\nclass NAME(Base_NAME):\n    TWO = 2\n",
    f"class Base_NAME:\n    def __init_subclass__(cls, *, name):\n        cls.name = name\n{_INHERITS}",
    f"class Base_NAME:\n    def __init_subclass__(cls, *, name='x'):\n        cls.name = name\n{_INHERITS}",
    f"class Base_NAME:\n    def __init_subclass__(cls):\n        raise TypeError\n{_INHERITS}",
    "class Meta_NAME(type):\n    pass\n\n\nclass NAME(abc.ABC, metaclass=Meta_NAME):\n    pass\n",
    "class Meta_NAME(abc.ABCMeta):\n    pass\n\n\nclass NAME(abc.ABC, metaclass=Meta_NAME):\n    pass\n",
)
"""Class statements, of which Python refuses about half."""

_SEND = "    self.send_response(200)\n    self.end_headers()\n"

METHODS = (
    f"async def do_GET(self):\n{_SEND}",
    f"def do_GET(self):\n{_SEND}    yield b'ok'\n",
    f"def do_GET(self, request):\n{_SEND}",
    f"def do_GET(self, request=None, *more, **rest):\n{_SEND}",
    f"@staticmethod\ndef do_GET(self):\n{_SEND}",
    "def do_GET():\n    return None\n",
    "def do_GET(self):\n    return {'statusCode': 200}\n",
    "do_GET = None\n",
    f"@same\ndef do_GET(self):\n{_SEND}",
    f"def do_GET(*args):\n    self = args[0]\n{_SEND}",
)
"""Methods of handlers, of which some answer."""

_ANSWER = f"\n\ndef do_GET(self):\n{_SEND}"

INITIALIZERS = (
    f"def __init__(self):\n    self.items = []\n{_ANSWER}",
    f"def __init__(self, *args, **kwargs):\n    self.items = []\n    super().__init__(*args, **kwargs)\n{_ANSWER}",
    f"def __init__(self, *args, **kwargs):\n    super().__init__()\n{_ANSWER}",
    f"def __init__(self, request, client_address, server):\n    self.items = []\n{_ANSWER}",
    f"def __init__(self, request, address, server, more):\n    super().__init__(request, address, server)\n{_ANSWER}",
    f"def __init__(self, one, two, three, *, more=1):\n    super().__init__(one, two, three)\n{_ANSWER}",
)
"""Handlers' own `__init__`, each with a method that answers."""
