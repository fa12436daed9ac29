"""Imports: what an imported name is, inside the project as the runtime finds modules, and outside it by name."""

from __future__ import annotations

import builtins
import re
import sys
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Location
from vlint.platform.manifests import declaring_files
from vlint.platform.standard_library import certain_modules
from vlint.project.imports import Import, resolve_import
from vlint.semantics.evaluation.frameworks import hierarchy
from vlint.semantics.evaluation.namespaces import PASSES_ON, binds_secretly, takers
from vlint.semantics.evaluation.scopes import ModuleScope, Place
from vlint.semantics.evaluation.values import (
    Choice,
    Constant,
    External,
    Fails,
    ListValue,
    ModuleValue,
    TupleValue,
    Unbound,
    Unknown,
    Value,
    choice,
    options,
)
from vlint.syntax.module import load_module

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.project.project import Project
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Step
    from vlint.semantics.evaluation.targets import Binding


def module_scope(project: Project, path: str) -> ModuleScope:
    """The scope of the module at `path`, remembered by the project."""

    def make() -> ModuleScope:
        name = module_name(path)
        is_package = path.rpartition("/")[2] == "__init__.py"
        return ModuleScope(load_module(project, path), name, name if is_package else name.rpartition(".")[0])

    return project.remember(("scope", path), make)


def module_name(path: str) -> str:
    """The name under which the runtime loads the module at `path`: `api/user.py` → `api.user`."""
    parts = path.removesuffix(".py").split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def find_module(name: str, evaluator: Evaluator, scope: ModuleScope | None = None) -> Import:
    """Where the absolute name leads in the project, for an import in `scope`: from the root, else what modules add."""
    tree = evaluator.project.tree
    found = resolve_import(tree, name)
    if found.found or name.partition(".")[0] in sys.stdlib_module_names:
        return found
    directories = evaluator.search_path(scope)
    return resolve_import(tree, name, directories) if len(directories) > 1 else found


def resolve(name: str, evaluator: Evaluator) -> str | None:
    """The path of the project's module (or, without `__init__.py`, directory) with the absolute name, or None."""
    found = find_module(name, evaluator)
    if _is_shadowed(name, found, evaluator):
        return None
    return found.file or next(iter(found.directories), None)


def module_value(name: str, evaluator: Evaluator, scope: ModuleScope | None = None) -> Value:
    """The module with the absolute name: the project's, or something outside."""
    found = find_module(name, evaluator, scope)
    if _is_shadowed(name, found, evaluator):
        return External(name, is_module=True)
    if found.found:
        path = found.file or next(iter(found.directories), None)
        return ModuleValue(path, name) if path is not None else Unknown("a compiled module")
    if not found.begins:
        return External(name, is_module=True)
    if found.is_of_compiled or _makes_modules(found, evaluator, scope):
        return Unknown("a module that code may make")
    possible = evaluator.possible_search_path(scope)
    if not possible.known or resolve_import(evaluator.project.tree, name, possible.directories).found:
        return Unknown("it may stand in a directory that another module puts on sys.path")
    return Fails("ModuleNotFoundError", f"No module named '{name}'")


def _makes_modules(found: Import, evaluator: Evaluator, scope: ModuleScope | None) -> bool:
    """Whether the modules on the way, or the one that imports, do more about imports than Python itself does.

    Such as `six`, a plain file whose `six.moves` comes from an importer of its own.
    """
    scopes = [evaluator.module(path) for path in found.executed]
    return any(one.module.matches(_MAKES_MODULES) for one in (*scopes, scope or evaluator.function_module))


def _is_shadowed(name: str, found: Import, evaluator: Evaluator) -> bool:
    """Whether a module outside the project is found before the project's: one that the runtime has already loaded,
    or a package that stands against a plain directory."""
    top = name.partition(".")[0]
    if top in sys.builtin_module_names or top in sys.stdlib_module_names:
        return True
    if found.executed or not (found.begins or found.found):
        return False
    return not any(_has_modules(directory, evaluator) for directory in found.directories or (top,))


def _has_modules(directory: str, evaluator: Evaluator) -> bool:
    """Whether a directory without `__init__.py` holds any Python: one that holds none may be no package at all."""
    tree = evaluator.project.tree
    names = tree.list(directory)
    return any(name.endswith(".py") for name in names) or any(
        tree.is_directory(f"{directory}/{name}") and _has_modules(f"{directory}/{name}", evaluator)
        for name in names
        if not name.startswith(".") and name != "node_modules"
    )


def absolute_name(node: cst.ImportFrom, scope: ModuleScope) -> str | None:
    """The absolute name of the module that `from … import` names, or None where it leads out of the top package."""
    name = dotted(node.module) if node.module is not None else ""
    level = len(node.relative)
    if not level:
        return name
    parts = scope.package.split(".") if scope.package else []
    if level > len(parts):
        return None
    base = ".".join(parts[: len(parts) - level + 1])
    return f"{base}.{name}" if name else base


def dotted(node: cst.CSTNode) -> str:
    """The text of a dotted name."""
    if isinstance(node, cst.Attribute):
        return f"{dotted(node.value)}.{node.attr.value}"
    assert isinstance(node, cst.Name)
    return node.value


def imported(binding: Binding, place: Place, evaluator: Evaluator) -> Value:
    """What an `import` or `from … import` gives the name it binds."""
    alias, statement, scope = binding.source, binding.step.node, place.scope.root
    assert isinstance(alias, cst.ImportAlias)
    name = dotted(alias.name)
    if isinstance(statement, cst.Import):
        whole = module_value(name, evaluator, scope)
        if isinstance(whole, Fails) or alias.asname is not None:
            return whole
        return module_value(name.partition(".")[0], evaluator, scope)
    assert isinstance(statement, cst.ImportFrom)
    return from_import(statement, name, scope, evaluator)


def module_of(node: cst.ImportFrom, scope: ModuleScope, evaluator: Evaluator) -> Value:
    """The module that `from … import` names."""
    source = absolute_name(node, scope)
    if source is None:
        return Fails("ImportError", "attempted relative import beyond top-level package")
    module = module_value(source, evaluator, scope)
    if isinstance(module, External) and node.relative:
        return Fails("ModuleNotFoundError", f"No module named '{source}'")
    return module


def syntax_failure(module: ModuleValue, evaluator: Evaluator) -> Fails | None:
    """The `SyntaxError` that importing a module of the project gives, or None."""
    if not module.path.endswith(".py"):
        return None
    from vlint.semantics.loading.syntax_problems import certain_problem

    problem = certain_problem(evaluator.module(module.path).module, evaluator)
    if problem is None:
        return None
    return Fails("SyntaxError", f"{problem.message} ({module.path})", origin=Location(module.path, problem.range))


def from_import(node: cst.ImportFrom, name: str, scope: ModuleScope, evaluator: Evaluator) -> Value:
    """What `from module import name` gives."""
    module = module_of(node, scope, evaluator)
    if isinstance(module, Fails):
        return module
    if not isinstance(module, ModuleValue):
        return evaluator.attribute(module, name)
    value = module_attribute(module, name, evaluator, scope)
    if not (isinstance(value, Fails) and value.exception == "AttributeError"):
        return value
    return Fails("ImportError", f"cannot import name '{name}' from '{module.name}'", origin=value.origin)


def module_attribute(
    module: ModuleValue, name: str, evaluator: Evaluator, importer: ModuleScope | None = None
) -> Value:
    """What `module.name` is: a name the module binds, else (for `importer`, which asks for it) a module below it."""
    is_file = module.path.endswith(".py")
    if is_file:
        if sets_attribute(module.path, name, evaluator):
            return Unknown("another module sets it")
        value = evaluator.final(name, evaluator.module(module.path))
        found = [option for option in options(value) if not isinstance(option, Unbound)]
        if found:
            return choice(found)
    below = f"{module.name}.{name}"
    inside = find_module(below, evaluator, importer)
    if inside.found:
        path = inside.file or next(iter(inside.directories), None)
        return ModuleValue(path, below) if path is not None else Unknown("a compiled module")
    if is_file and not isinstance(evaluator.final("__getattr__", evaluator.module(module.path)), Unbound):
        return Unknown("a module with __getattr__")
    if name.startswith("__"):
        return Unknown("set by the import system")
    return Fails("AttributeError", f"module '{module.name}' has no attribute '{name}'")


def sets_attribute(path: str, name: str, evaluator: Evaluator) -> bool:
    """Whether a module that is loaded with the function, or imports the one at `path`, sets `name` in that one."""
    for scope in evaluator.loaded():
        if scope.module.path == path:
            continue
        for receiver, attribute in scope.module.gathered("attributes set", _attributes_set):
            if attribute == name:
                value = evaluator.final(receiver, scope)
                if any(isinstance(option, ModuleValue) and option.path == path for option in options(value)):
                    return True
    return False


def is_patched(module: ModuleValue | ModuleScope, evaluator: Evaluator) -> bool:
    """Whether another module may change one of the project, or put something in its place."""
    path = module.path if isinstance(module, ModuleValue) else module.module.path
    if not path.endswith(".py"):
        return True
    own = evaluator.module(path)
    if own.module.contains("sys.modules"):
        return True
    for scope in evaluator.loaded():
        for receiver, _ in scope.module.gathered("attributes set", _attributes_set) if scope is not own else ():
            value = evaluator.final(receiver, scope)
            if any(isinstance(option, ModuleValue) and option.path == path for option in options(value)):
                return True
    return False


_MAKES_MODULES = re.compile(r"\bsys\s*\.\s*(?:modules|meta_path|path_hooks)\b|\b__path__\b|\bfrom\s+sys\s+import\b")
"""What a module does that may make another one importable without a file."""
_SETS = re.compile(
    r"\b(?!(?:self|cls)\b)(\w+)\.(\w+)(?=\s*(?::[^=\n]{1,200})?=(?!=))|\bsetattr\(\s*(\w+)\s*,\s*['\"](\w+)['\"]"
)
"""What may set an attribute of a module: the receiver and the name."""


def _attributes_set(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((match[1] or match[3], match[2] or match[4]) for match in _SETS.finditer(text))


def executed_by(step: Step, evaluator: Evaluator) -> Iterator[str]:
    """The project's files that an import statement runs."""
    if isinstance(step.node, cst.Import | cst.ImportFrom):
        yield from run_by(step.node, step.block.scope.root, evaluator)


def run_by(node: cst.Import | cst.ImportFrom, scope: ModuleScope, evaluator: Evaluator) -> Iterator[str]:
    """As `executed_by`, of an import anywhere in a module."""
    names: list[str] = []
    if isinstance(node, cst.Import):
        names = [dotted(alias.name) for alias in node.names]
    elif (source := absolute_name(node, scope)) is not None:
        names = [source]
        if not isinstance(node.names, cst.ImportStar):
            names += [f"{source}.{dotted(alias.name)}" for alias in node.names]
    for name in names:
        yield from files_of(name, scope, evaluator)


def files_of(name: str, scope: ModuleScope, evaluator: Evaluator) -> Iterator[str]:
    """The project's files that an import of the absolute name in `scope` runs: the module's and its packages'."""
    found = find_module(name, evaluator, scope)
    if not _is_shadowed(name, found, evaluator):
        yield from found.executed


def is_outside(name: str, evaluator: Evaluator) -> bool:
    """Whether a module of that name can come from outside the project: the standard library, a declared package."""
    top = name.partition(".")[0]
    return top in sys.stdlib_module_names or is_declared(top, evaluator)


def is_declared(top: str, evaluator: Evaluator) -> bool:
    """Whether a manifest names a package like a top-level module."""
    pattern = re.compile(rf"(?<![\w.-]){'[-_.]'.join(map(re.escape, top.split('_')))}(?![\w-])".encode(), re.IGNORECASE)
    directory = evaluator.function_path.rpartition("/")[0]
    names = declaring_files()
    places = [f"{directory}/{name}" for name in names] + list(names)
    return any(pattern.search(evaluator.project.tree.read(place) or b"") for place in sorted(places))


def import_failure(step: Step, evaluator: Evaluator) -> Fails | None:
    """How an import statement certainly fails, or None."""
    node, scope = step.node, step.block.scope.root
    values: list[Value] = []
    if isinstance(node, cst.Import):
        values = [module_value(dotted(alias.name), evaluator, scope) for alias in node.names]
    elif isinstance(node, cst.ImportFrom) and not isinstance(node.names, cst.ImportStar):
        values = [from_import(node, dotted(alias.name), scope, evaluator) for alias in node.names]
    return next((value for value in values if isinstance(value, Fails) and "Import" in _kind(value)), None)


def _kind(value: Fails) -> str:
    return "ImportError" if value.exception in {"ImportError", "ModuleNotFoundError"} else value.exception


def import_is_certain(step: Step, evaluator: Evaluator) -> bool:
    """Whether an import certainly succeeds: one of the standard library alone, of a module that every system has."""
    node = step.node
    if isinstance(node, cst.Import):
        return all(_certainly_found(dotted(alias.name), evaluator) for alias in node.names)
    if not isinstance(node, cst.ImportFrom) or node.module is None or node.relative:
        return False
    module = dotted(node.module)
    if module == "__future__":
        return True
    if isinstance(node.names, cst.ImportStar) or not _certainly_found(module, evaluator):
        return False
    names = [f"{module}.{dotted(alias.name)}" for alias in node.names]
    return all(_certainly_found(name, evaluator) or hierarchy(name) is not None for name in names)


def _certainly_found(name: str, evaluator: Evaluator) -> bool:
    """Whether each Python that the platform may take for the project has the module, with all that it needs."""
    from vlint.semantics.intrinsics.system import python_versions

    return all(name in certain_modules(version) for version in python_versions(evaluator))


def star_provides(step: Step, name: str, evaluator: Evaluator) -> bool | None:
    """Whether `from module import *` binds `name`; None where it cannot be known."""
    node = step.node
    assert isinstance(node, cst.ImportFrom)
    source = absolute_name(node, step.block.scope.root)
    module = module_value(source, evaluator, step.block.scope.root) if source is not None else Unknown()
    if isinstance(module, External):
        known = _standard_names(module.name)
        if known is not None:
            return name in known
        return False if _is_standard(module.name) and name.lower() in _ENTRY_POINTS else None
    if not isinstance(module, ModuleValue):
        return None
    if not module.path.endswith(".py"):
        return False
    scope = evaluator.module(module.path)
    listed = evaluator.final("__all__", scope)
    if isinstance(listed, Unbound):
        if name.startswith("_"):
            return False
    else:
        if not isinstance(listed, ListValue | TupleValue):
            return None
        names = {item.value for item in listed.items if isinstance(item, Constant)}
        if name not in names:
            return None if _changes_all(scope) else False
    value = evaluator.final(name, scope)
    if isinstance(value, Unbound):
        is_listed = not isinstance(listed, Unbound)
        return is_listed and find_module(f"{module.name}.{name}", evaluator, scope).found
    return None if isinstance(value, Choice) and any(isinstance(o, Unbound) for o in options(value)) else True


_ENTRY_POINTS = frozenset({"app", "application", "handler"})
"""Names that no module of the standard library binds for `import *`, but for those that the table lists."""


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


_ALL_CHANGES = re.compile(r"__all__\s*(\.|\+=)")


def _changes_all(scope: ModuleScope) -> bool:
    return scope.module.matches(_ALL_CHANGES)


def _standard_names(module: str) -> frozenset[str] | None:
    """The public names of a module of the standard library whose star import people use; None for others."""
    from vlint.semantics.evaluation import frameworks

    return frameworks.star_names(module)


def star_value(binding: Binding, place: Place, evaluator: Evaluator) -> Value:
    """What a name that `from module import *` binds is."""
    node = binding.source
    assert isinstance(node, cst.ImportFrom)
    return from_import(node, binding.name, place.scope.root, evaluator)


def implicit_name(name: str, scope: ModuleScope, evaluator: Evaluator) -> Value:
    """What a name is that no statement of the module binds: what the import system sets, or nothing."""
    match name:
        case "__name__":
            return Constant(scope.name)
        case "__file__":
            return Constant(f"{evaluator.root_directory}/{scope.module.path}")
        case "__package__":
            return Constant(scope.package)
        case "__doc__" | "__spec__" | "__loader__" | "__builtins__" | "__dict__" | "__path__" | "__cached__":
            return Unknown("set by the import system")
    if binds_secretly(name, scope.module) or _passes_namespace_on(scope, evaluator):
        unknown = Unknown("the module may bind it in ways that are not followed")
        return choice([Unbound(message=f"name '{name}' is not defined"), unknown])
    return Unbound(message=f"name '{name}' is not defined")


def _passes_namespace_on(scope: ModuleScope, evaluator: Evaluator) -> bool:
    """Whether a function gets the module's namespace that may put names into it: any but those that the table knows."""
    for number in scope.module.matching(PASSES_ON):
        for step in scope.block.of(number):
            calls = [*takers(step.node)] if isinstance(step.node, cst.BaseSmallStatement) else []
            if not calls or not all(_only_reads(call.func, step, scope, evaluator) for call in calls):
                return True
    return False


def _only_reads(function: cst.BaseExpression, step: Step, scope: ModuleScope, evaluator: Evaluator) -> bool:
    """Whether a function is one that the table knows: a constructor such as `web.application`, which looks names up."""
    from vlint.semantics.evaluation import frameworks

    root = function
    while isinstance(root, cst.Attribute):
        root = root.value
    place = Place(scope, step)
    if not isinstance(root, cst.Name) or not evaluator.bindings(root.value, place)[0]:
        return False
    value = evaluator.evaluate(function, place)
    return isinstance(value, External) and frameworks.entry(value.name) is not None


_LATER_BUILTINS = frozenset({"aiter", "anext", "EncodingWarning", "BaseExceptionGroup", "ExceptionGroup"}) | {
    "PythonFinalizationError",
    "_IncompleteInputError",
}
"""Built-in names that not every Python has which vlint runs on."""


def is_given(name: str) -> bool:
    """Whether a name may be there without any statement that binds it: a built-in one, or one with `__` around it."""
    return hasattr(builtins, name) or name in _LATER_BUILTINS or (name.startswith("__") and name.endswith("__"))


def builtin(name: str) -> Value:
    """What a name is among the built-in ones, or `Unbound`."""
    if name in {"True", "False", "None"}:
        return Constant({"True": True, "False": False, "None": None}[name])
    if name == "__debug__":
        return Constant(True)
    if hasattr(builtins, name) or name in _LATER_BUILTINS:
        return External(f"builtins.{name}")
    return Unbound(message=f"name '{name}' is not defined")
