"""
An import that fails when the function is loaded, because the module is not where the runtime looks.

The platform puts the project's root on `sys.path`, and not the directory of the function: `import helper` in
`api/user.py` does not find `api/helper.py`, although it does when the file is run by hand. An import of a module or
name that the project does not have fails alike. The function exits at start: every request gets 500.

Wrong:

    from helper import greet

Right:

    from api.helper import greet

The fix writes the import with its full name.

Not reported: what code that may run before the import makes importable, by a change of `sys.path` (in the module, or in
one that it imports), `sys.modules` or an importer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location, Problem, Related, Severity
from vlint.rules.registry import rule
from vlint.semantics.imports.import_fixes import import_fix, right_import
from vlint.semantics.loading.loading import import_failures
from vlint.text import FILE_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule
    from vlint.semantics.loading.loading import ImportFailure


@rule("VL405", "sibling-import", Severity.ERROR, scope="running")
def sibling_import(function: FunctionModule) -> Iterator[Problem]:
    """Report imports that certainly fail, in the function's module and in the project's modules that it imports."""
    for found in import_failures(function.evaluator):
        where = found.sibling
        right = right_import(found, function.evaluator)
        own = f", when the function `{function.function.path}` is loaded" if found.is_circular else ""
        yield Problem(
            found.location,
            f"this import fails with {found.failure.exception}: {found.failure.message}{own}; "
            f"{function.consequence_at_start}",
            help=f"the runtime looks from the project's root: write `{right}`" if right else _help(found),
            fix=import_fix(found, function.evaluator),
            related=(Related(Location(where.file, FILE_START), "this file is not looked for"),) if where else (),
        )


def _help(found: ImportFailure) -> str | None:
    return "the modules import each other: import one inside the function that uses it" if found.is_circular else None
