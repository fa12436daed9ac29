"""Ways of changing where imports look, in six places of a project: Python imports, and vlint says the same.

Each way makes `helper`, which stands beside the function, importable. vlint must be silent wherever Python finds it and
must tell where Python does not: where the change is made too late.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from vlint import lint

BESIDE = "os.path.dirname(__file__)"
WAYS = {
    "insert": f"sys.path.insert(0, {BESIDE})",
    "append_relative": "sys.path.append('./api/')",
    "append_from_cwd": "sys.path.append(os.path.join(os.getcwd(), 'api'))",
    "append_absolute": f"sys.path.insert(1, os.path.abspath(os.path.join({BESIDE}, '.')))",
    "append_real": f"sys.path.insert(1, os.path.realpath({BESIDE}))",
    "append_pathlib": "from pathlib import Path\nsys.path.append(str(Path(__file__).parent))",
    "append_posix": "from pathlib import Path\nsys.path.append(Path(__file__).resolve().parent.as_posix())",
    "append_split": "sys.path.append(__file__.rsplit('/', 1)[0])",
    "append_variable": f"path = {BESIDE}\nsys.path.append(path)",
    "osp": "import os.path as osp\nsys.path.append(osp.dirname(osp.abspath(__file__)))",
    "inspect": "import inspect\nsys.path.append(os.path.dirname(inspect.getfile(inspect.currentframe())))",
    "extend": f"sys.path.extend(one for one in [{BESIDE}])",
    "augmented": f"sys.path += [{BESIDE}]",
    "augmented_if_true": f"if True:\n    sys.path += [{BESIDE}]",
    "augmented_unless_there": f"if {BESIDE} not in sys.path:\n    sys.path += [{BESIDE}]",
    "insert_unless_there": f"if {BESIDE} not in sys.path:\n    sys.path.insert(0, {BESIDE})",
    "augmented_in_try": f"try:\n    sys.path += [{BESIDE}]\nfinally:\n    pass",
    "augmented_in_function": f"def change():\n    sys.path += [{BESIDE}]\nchange()",
    "assigned_in_function": f"def change():\n    sys.path = [{BESIDE}] + sys.path\nchange()",
    "insert_in_function": f"def change():\n    sys.path.insert(0, {BESIDE})\nchange()",
    "insert_parameter": f"def change(where):\n    sys.path.insert(0, where)\nchange({BESIDE})",
    "import_in_function": f"def change():\n    import sys as s\n    s.path.append({BESIDE})\nchange()",
    "lambda": f"change = lambda where: sys.path.insert(0, where)\nchange({BESIDE})",
    "in_init": f"class A:\n    def __init__(self):\n        sys.path.append({BESIDE})\nA()",
    "in_class": f"class A:\n    sys.path.append({BESIDE})",
    "augmented_in_class": f"class A:\n    sys.path += [{BESIDE}]",
    "empty_slice": f"sys.path[0:0] = [{BESIDE}]",
    "slice": f"sys.path[:0] = [{BESIDE}]",
    "whole_slice": f"sys.path[:] = [{BESIDE}] + sys.path",
    "item": f"sys.path[0] = {BESIDE}",
    "assigned_sum": f"sys.path = [{BESIDE}] + sys.path",
    "assigned_starred": f"sys.path = [{BESIDE}, *sys.path]",
    "assigned_at_the_end": f"sys.path = sys.path + [{BESIDE}]",
    "assigned_in_chain": f"old = sys.path = [{BESIDE}, *sys.path]",
    "assigned_in_tuple": f"sys.path, number = [{BESIDE}, *sys.path], 1",
    "from_import": f"from sys import path\npath.append({BESIDE})",
    "from_import_as": f"from sys import path as places\nplaces.append({BESIDE})",
    "import_as": f"import sys as s\ns.path.append({BESIDE})",
    "import_both_as": f"import os, sys as s\ns.path.append({BESIDE})",
    "other_name": f"paths = sys.path\npaths.append({BESIDE})",
    "other_name_augmented": f"paths = sys.path\npaths += [{BESIDE}]",
    "bound_method": f"add = sys.path.append\nadd({BESIDE})",
    "default": f"def change(where, paths=sys.path):\n    paths.append(where)\nchange({BESIDE})",
    "argument": f"def change(paths):\n    paths.append({BESIDE})\nchange(sys.path)",
    "walrus": f"(paths := sys.path).append({BESIDE})",
    "or_else": f"paths = sys.path or []\npaths.append({BESIDE})",
    "setitem": f"sys.path.__setitem__(0, {BESIDE})",
    "iadd": f"sys.path.__iadd__([{BESIDE}])",
    "getattr": f"getattr(sys, 'path').append({BESIDE})",
    "setattr": f"setattr(sys, 'path', [{BESIDE}, *sys.path])",
    "vars": f"vars(sys)['path'].append({BESIDE})",
    "import_call": f"__import__('sys').path.append({BESIDE})",
    "for": f"for one in ({BESIDE}, 'lib'):\n    sys.path.append(one)",
    "while": f"while 'x' not in sys.path:\n    sys.path += ['x', {BESIDE}]",
    "with": f"import contextlib\nwith contextlib.suppress(Exception):\n    sys.path.append({BESIDE})",
    "comprehension": f"[sys.path.append(one) for one in ({BESIDE},)]",
    "map": f"list(map(sys.path.append, [{BESIDE}]))",
    "conditional": f"sys.path.append({BESIDE}) if True else None",
    "and": f"True and sys.path.append({BESIDE})",
    "exec": f"exec('sys.path.append({BESIDE})')",
    "addsitedir": f"import site\nsite.addsitedir({BESIDE})",
    "addsitedir_as": f"from site import addsitedir as add\nadd({BESIDE})",
    "modules": "sys.modules['helper'] = os",
    "modules_update": "sys.modules.update(helper=os)",
    "modules_setdefault": "sys.modules.setdefault('helper', os)",
    "modules_made": "import types\nmade = types.ModuleType('helper')\nsys.modules[made.__name__] = made",
    "modules_alias": "import api.helper\nsys.modules['helper'] = api.helper",
    "modules_from": "from sys import modules\nmodules['helper'] = os",
    "modules_passed": "dict.update(sys.modules, helper=os)",
    "importer": """\
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        import importlib.util
        if name == 'helper':
            return importlib.util.spec_from_file_location(name, os.path.join(os.path.dirname(__file__), 'helper.py'))
sys.meta_path.append(Finder)""",
}
"""Each beside `import os, sys`, in a module of `api/`."""

IMPORTS = "import os\nimport sys\n"
FUNCTION = """
from http.server import BaseHTTPRequestHandler


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
"""


def _own(way: str) -> dict[str, str]:
    return {"api/user.py": f"{IMPORTS}{way}\nimport helper\n{FUNCTION}"}


def _before(way: str) -> dict[str, str]:
    return {"api/_first.py": f"{IMPORTS}{way}\n", "api/user.py": f"from api import _first\nimport helper\n{FUNCTION}"}


def _package(way: str) -> dict[str, str]:
    way = way.replace("dirname(__file__)", "dirname(__file__) + '/..'")
    init, module = f"{IMPORTS}{way}\n", "import helper\n"
    return {"api/_all/__init__.py": init, "api/_all/one.py": module, "api/user.py": f"import api._all.one\n{FUNCTION}"}


def _called(way: str) -> dict[str, str]:
    first = f"def prepare():\n{indent(IMPORTS + way, '    ')}\n"
    return {
        "api/_first.py": first,
        "api/user.py": f"from api._first import prepare\nprepare()\nimport helper\n{FUNCTION}",
    }


def _named(way: str) -> dict[str, str]:
    call = "import importlib\nimportlib.import_module('api._first')\n"
    return {"api/_first.py": f"{IMPORTS}{way}\n", "api/user.py": f"{call}import helper\n{FUNCTION}"}


def _too_late(way: str) -> dict[str, str]:
    return {"api/_first.py": f"{IMPORTS}{way}\n", "api/user.py": f"import helper\nfrom api import _first\n{FUNCTION}"}


PLACES = [_own, _before, _package, _called, _named, _too_late]


@pytest.mark.proof
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__.strip("_"))
def test_ways_of_changing_where_imports_look(place, tmp_path: Path) -> None:
    told = []
    for name, way in WAYS.items():
        root = tmp_path / name
        for path, text in {**place(way), "api/helper.py": "NAME = 'you'\n"}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        run = [sys.executable, "-c", "import api.user"]
        works = subprocess.run(run, cwd=root, capture_output=True, check=False).returncode == 0
        codes = [found.code for found in lint(root) if found.code != "VL101"]  # of the modules that are no functions
        if works:
            assert codes == [], name
        else:
            told.append(bool(codes))
    assert all(told) if place is _too_late else sum(told) >= len(told) - 3
    assert place is not _too_late or len(told) == len(WAYS)
