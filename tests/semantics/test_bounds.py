"""No module, however made, ends in a traceback or takes more than its share of time."""

from __future__ import annotations

import ast
import random
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.ending import ends
from tests.semantics.modules import PATH, evaluator
from vlint.platform import platform_names
from vlint.rules.context import FunctionModule
from vlint.rules.registry import all_rules

CODES = {"VL101", "VL102", "VL103", "VL104", "VL105", "VL106", "VL107", "VL108", "VL109", "VL405"}

HOSTILE = {
    "long chain": "a0 = 1\n" + "".join(f"a{n} = a{n - 1}\n" for n in range(1, 1500)) + "app = a1499\n",
    "deep sum": "app = " + " + ".join(["1"] * 800) + "\n",
    "deep parentheses": "app = " + "(" * 80 + "1" + ")" * 80 + "\n",
    "doubling": "a = 'x'\n" + "a = a + a\n" * 200 + "app = a\n",
    "multiplying": "app = 'x' * 10 ** 9\n",
    "power": "app = 9 ** 9 ** 9\n",
    "choices": "import os\n"
    + "".join(f"a{n} = os.x or {n}\n" for n in range(40))
    + "app = "
    + ", ".join(f"a{n}" for n in range(40))
    + "\n",
    "mutual recursion": "def f(): return g()\ndef g(): return f() or f()\napp = f()\n",
    "calls that double": "".join(f"def f{n}(): return f{n + 1}() or f{n + 1}()\n" for n in range(60)) + "app = f0()\n",
    "cyclic classes": "class A(B): pass\nclass B(A): pass\nclass handler(A, B): pass\n",
    "many bases": "class C0: pass\n"
    + "".join(
        f"class C{n}({', '.join(f'C{m}' for m in reversed(range(max(0, n - 4), n)))}): pass\n" for n in range(1, 90)
    )
    + "handler = C89\n",
    "many bases of one that is not known": "from x import C0\n"
    + "".join(
        f"class C{n}({', '.join(f'C{m}' for m in reversed(range(max(0, n - 4), n)))}): pass\n" for n in range(1, 90)
    )
    + "handler = C89\n",
    "long line of classes": "class C0: pass\n"
    + "".join(f"class C{n}(C{n - 1}): pass\n" for n in range(1, 1500))
    + "handler = C1499\napp = C1499()\n",
    "own decorator": "@app\ndef app(): pass\n",
    "many ifs": "import os\n" + "if os.x:\n    app = 1\n" * 400,
    "nested functions": "".join("    " * n + f"def f{n}():\n" for n in range(18))
    + "    " * 18
    + "return 1\napp = f0()\n",
    "many names": "".join(f"x{n} = y{n} = app\n" for n in range(600)) + "app = x599\n",
    "cut": "app = Flask(\ndef handler(\n",
    "licence in a box": "# a b c    #\n" * 60 + "app = 1\n",
    "nothing": "",
    "null": "app = '\0'\n",
}


def check(source: str, platform: str) -> None:
    found = evaluator(source, platform)
    from vlint.project.functions import Function

    function = Function(PATH, "/api/index")
    module = FunctionModule(found.project, function, found.function_module.module)
    for rule in all_rules():
        if rule.code in CODES:
            list(rule.check(module))


@pytest.mark.parametrize("platform", platform_names())
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_modules(name: str, platform: str) -> None:
    with ends():
        check(HOSTILE[name], platform)


def modules(count: int) -> list[Path]:
    roots = [Path(sysconfig.get_paths()["stdlib"]), Path(sysconfig.get_paths()["purelib"])]
    found = sorted(path for root in roots for path in root.rglob("*.py") if 0 < path.stat().st_size < 60_000)
    return random.Random(405).sample(found, count)


@pytest.mark.proof
def test_modules_of_the_standard_library_and_of_packages() -> None:
    examined = 0
    for path in modules(150):
        try:
            source = path.read_text("utf-8")
            ast.parse(source)
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        for platform in platform_names():
            check(source, platform)
        examined += 1
    print(f"{examined} modules of Python {sys.version_info[0]}.{sys.version_info[1]} examined on each platform")
    assert examined > 100
