"""
A comment that keeps vlint silent about something that vlint would not say.

Such a comment is left over from code that was mended, names a rule that does not exist, or stands on another line than
the finding it is meant for. It hides the next mistake on its line.

Wrong:

    with open("data/file.txt") as file:  # vlint: ignore[VL202]

Right, where `data/file.txt` is in the project:

    with open("data/file.txt") as file:

A comment about one line stands at the end of that line; for a statement of several lines, on its first or last one.
One about a whole file is written `# vlint: ignore-file[VL101]`.

Fix: the comment, or the one code in it that silences nothing, is removed (safe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Location, Problem, Severity
from vlint.rules.catalogue import rule_names
from vlint.rules.registry import rule
from vlint.suppressions import removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.suppressions import FileComments, Unused


@rule("VL001", "unused-suppression", Severity.INFO, scope="comments")
def unused_suppression(comments: FileComments) -> Iterator[Problem]:
    """A suppression without a finding."""
    for unused in comments.unused:
        message, help = _explain(unused)
        yield Problem(
            Location(comments.path, unused.range),
            message,
            help,
            fix=removal(comments.path, unused),
            unnecessary=True,
        )


def _explain(unused: Unused) -> tuple[str, str | None]:
    if unused.code and unused.code.code not in rule_names():
        from vlint.settings import nearest

        return f"There is no rule {unused.code.code}{nearest(unused.code.code, rule_names())}", None
    what = unused.code.code if unused.code else ", ".join(code.code for code in unused.suppression.codes)
    message = f"This comment silences nothing: there is no {what or 'finding'} {_where(unused)}"
    if unused.suppression.alone and unused.suppression.lines is not None:
        return message, "Write the comment at the end of the line that it is meant for, or remove it"
    return message, "Remove it"


def _where(unused: Unused) -> str:
    return "in this file" if unused.suppression.lines is None else "on this line"
