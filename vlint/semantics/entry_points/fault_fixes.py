"""Fixes for an entry point that does not work: call the factory, add the base class, take a wrapper away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from vlint.finding import Applicability, Edit, Fix
from vlint.semantics.classes import classes
from vlint.semantics.entry_points.interfaces import judge_application_options
from vlint.semantics.entry_points.judgements import Right, Wrong
from vlint.semantics.evaluation import frameworks
from vlint.semantics.evaluation.scopes import Place
from vlint.semantics.evaluation.signatures import signature
from vlint.semantics.evaluation.values import Arguments, CallResult, ClassValue, External, FunctionValue, Unbound, Value
from vlint.semantics.imports.importers import is_imported_by_name
from vlint.text import Range

if TYPE_CHECKING:
    from vlint.semantics.entry_points.entry_point import Candidate, EntryPoint
    from vlint.semantics.evaluation.evaluator import Evaluator
    from vlint.semantics.evaluation.scopes import Step
    from vlint.semantics.evaluation.targets import Binding


def fix_of(found: EntryPoint, chosen: Candidate, judgement: Wrong, evaluator: Evaluator) -> Fix | None:
    """The fix for a fault of the chosen entry point, where one is certain and its text stands in the module."""
    if len(chosen.bindings) != 1:
        return None
    binding = chosen.bindings[0].binding
    if binding.step.block.scope is not evaluator.function_module or binding.path:
        return None
    if judgement.fault == "not-a-handler":
        if isinstance(judgement.value, ClassValue) and isinstance(binding.source, cst.ClassDef):
            return _add_base(binding.source, judgement.value, binding.step, evaluator)
        return _take_away(found, binding, judgement.value, evaluator)
    if judgement.fault == "unusable-handler":
        return None
    return _call(binding, judgement.value, chosen, evaluator)


def _call(binding: Binding, value: Value, chosen: Candidate, evaluator: Evaluator) -> Fix | None:
    """`app = create_app` → `app = create_app()`, if that gives an application, and nothing else calls `app`."""
    if binding.kind != "value" or not isinstance(binding.source, cst.Name | cst.Attribute):
        return None
    if re.search(rf"(?:@\s*{binding.name}\b|\b{binding.name}\s*\()", binding.step.statement.module.source.text):
        return None
    if not _takes_nothing(value, evaluator):
        return None
    result = evaluator.call(value, Arguments(), Place(binding.step.block.scope, binding.step))
    if chosen.is_handler or not isinstance(judge_application_options(result, evaluator), Right):
        return None
    end = binding.step.location(binding.source).range.end
    text = cst.Module([]).code_for_node(binding.source)
    edit = Edit(evaluator.function_path, Range(end, end), "()")
    return Fix(f"Call it: `{text}()`", Applicability.UNSAFE, (edit,))


def _takes_nothing(value: Value, evaluator: Evaluator) -> bool:
    """Whether a callable can certainly be called without arguments."""
    if isinstance(value, External):
        return value.name.rpartition(".")[2].islower()
    if not isinstance(value, FunctionValue | ClassValue):
        return False
    found = signature(value, evaluator)
    return found is not None and found.accepts(0)


def _add_base(node: cst.ClassDef, cls: ClassValue, step: Step, evaluator: Evaluator) -> Fix | None:
    """`class handler:` → `class handler(BaseHTTPRequestHandler):`, with the import that it needs."""
    base = evaluator.platform.entry_point.handler_base
    module, _, name = base.rpartition(".")
    if node.bases or node.keywords or node.type_parameters is not None:
        return None
    if any(classes.own(cls, member, evaluator) is not None for member in _members_of(base)):
        return None  # what the base would do instead has another form
    path, source = evaluator.function_path, step.statement.module.source
    place = step.location(node.name).range.end
    offset = source.offset(place)
    rest = source.text[offset:].split(":", 1)[0]
    if rest.strip() not in {"", "()"}:
        return None
    edits = [Edit(path, Range(place, source.position(offset + len(rest))), f"({name})")]
    known = evaluator.lookup(name, Place(step.block.scope, step))
    if known != External(base):
        if not isinstance(known, Unbound):
            return None  # the name is something else here
        here = _import_place(evaluator)
        if here is None:
            return None
        newline = "\r\n" if "\r\n" in source.text else "\n"
        edits.insert(0, Edit(path, here, f"from {module} import {name}{newline}"))
    return Fix(f"Inherit from `{name}`", Applicability.UNSAFE, tuple(edits))


def _members_of(base: str) -> tuple[str, ...]:
    """What the class outside the project and its ancestors need to be as they are."""
    return tuple(name for cls in (base, *(frameworks.hierarchy(base) or ())) for name in frameworks.members(cls))


def _import_place(evaluator: Evaluator) -> Range | None:
    """Where an import can be inserted: in front of the first statement that is no docstring and no future import."""
    scope = evaluator.function_module
    for number in range(len(scope.module.statements)):
        for step in scope.block.of(number):
            match step.node:
                case cst.Expr(value=cst.SimpleString()):
                    continue
                case cst.ImportFrom(module=cst.Name(value="__future__")):
                    continue
                case None:
                    return None
            start = step.location().range.start
            if isinstance(step.node, cst.ClassDef | cst.FunctionDef) and step.node.decorators:
                start = step.location(step.node.decorators[0]).range.start
            return Range(start, start) if start.column == 1 else None
    return None


def _take_away(found: EntryPoint, binding: Binding, value: Value, evaluator: Evaluator) -> Fix | None:
    """Remove `handler = Mangum(app)` where the application itself is there and works, and nothing else needs it."""
    works = [one for one in found.candidates if not one.is_handler and isinstance(one.judgement, Right)]
    if not works or works[0].may_be_missing or binding.kind != "value":
        return None
    wrapped: Value | None = value
    if isinstance(value, CallResult) and isinstance(value.callee, External):
        entry = frameworks.entry(value.callee.name)
        wrapped = value.arguments.get(*entry.argument) if entry is not None else None
    if wrapped != works[0].value:
        return None
    step = binding.step
    if not isinstance(step.node, cst.Assign) or len(step.node.targets) != 1 or step.statement.tree is None:
        return None
    if step.block.owner is not None or _is_mentioned_again(binding, evaluator):
        return None
    if any(isinstance(line, cst.SimpleStatementLine) and len(line.body) > 1 for line in step.statement.tree.body):
        return None
    location = step.location()
    source = step.statement.module.source
    after = source.offset(location.range.end)
    line_end = source.text.find("\n", after)
    end = line_end + 1 if line_end >= 0 and not source.text[after:line_end].strip() else after
    edit = Edit(location.path, Range(location.range.start, source.position(end)), "")
    return Fix(f"Remove `{binding.name}`: `{works[0].variable}` works", Applicability.UNSAFE, (edit,))


def _is_mentioned_again(binding: Binding, evaluator: Evaluator) -> bool:
    """Whether the module, or an import of it, has the name anywhere but in the statement that binds it."""
    statements = evaluator.function_module.module.statements
    others = [statement for statement in statements if statement is not binding.step.statement]
    return any(statement.mentions(binding.name) for statement in others) or is_imported_by_name(binding.name, evaluator)
