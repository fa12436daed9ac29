"""
Writing, or creating a file or directory, outside the directory that is writable.

The file system of a deployed function is read-only: opening a file for writing (`w`, `a`, `x`, `+`), making a
directory, a log file, an SQLite database that is not there yet, removing and renaming raise `OSError: [Errno 30]
Read-only file system`. Only `/tmp` can be written, and what is there is gone when the instance is.

A database that settings name (Django's `DATABASES` with SQLite) and that is not there is said as `info`: it is made at
the first query, which then fails, but a program that asks it nothing works.

Not reported: a directory made with `exist_ok` that is in the project, and what is under `except OSError`.

Wrong:

    open('cache.json', 'w')
    os.makedirs('uploads', exist_ok=True)

Right:

    open('/tmp/cache.json', 'w')
    os.makedirs('/tmp/uploads', exist_ok=True)

How it is fixed: the path is put under `/tmp`. The fix is unsafe: what is written there does not last, and whatever
reads it has to look there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Problem, Severity
from vlint.rules.file_words import origin_of, place_of
from vlint.rules.registry import rule
from vlint.semantics.files.files import file_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.rules.context import FunctionModule


@rule("VL203", "read-only-filesystem", Severity.ERROR, scope="running")
def read_only_filesystem(function: FunctionModule) -> Iterator[Problem]:
    """Report each path that is to be written where nothing can be."""
    writable = " or ".join(function.platform.bundle.writable)
    for wrong in file_problems(function.project, function.function.path):
        if wrong.reason == "read-only":
            yield Problem(
                wrong.location,
                f"{place_of(wrong.text)!r} cannot be written: a function's file system is read-only, {writable} apart",
                severity=Severity.INFO if wrong.silent else None,
                help=f"write below {writable}, which lasts as long as the instance, or to a storage service",
                fix=wrong.fix,
                related=origin_of(wrong),
            )
