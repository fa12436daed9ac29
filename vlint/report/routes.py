"""The table of `vlint routes`, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.text import Text

from vlint.report.report import visible
from vlint.report.text_report import plain_console, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vlint.deployment import Deployed
    from vlint.report.report import Style

TITLES = ("Route", "File", "Entry point", "Python", "Dependencies from")
INTERFACES = {"handler": "request handler", "wsgi": "WSGI", "asgi": "ASGI"}
OUTCOMES = {"ignored": "ignored", "raised": "raised", "stops": "stops the build", "unknown": "unclear"}
STATUS_COLORS = {"works": "green", "fails": "bold red", "not deployed": "yellow", "unknown": "yellow"}


def render_text(title: str, rows: Sequence[Deployed], style: Style) -> str:
    """A table under its title; columns are as wide as what stands in them."""
    console = plain_console(style)
    for line in lines(title, rows):
        console.print(line, soft_wrap=True)
    return written(console)


def lines(title: str, rows: Sequence[Deployed]) -> Iterator[Text]:
    """The table line by line."""
    yield Text(visible(title), "bold")
    if not rows:
        yield Text("No function: there is no Python file below api/")
        return
    table = [tuple(Text(name, "dim") for name in TITLES), *map(_cells, rows)]
    widths = [max(row[column].cell_len for row in table) for column in range(len(TITLES))]
    for row in table:
        line = Text()
        for cell, width in zip(row, widths, strict=True):
            line.append_text(cell)
            line.append(" " * (width - cell.cell_len + 2))
        line.rstrip()
        yield line


def render_json(rows: Sequence[Deployed]) -> str:
    """One array; the keys are the attributes of `vlint.deployment.Deployed`."""
    return json.dumps([asdict(row) for row in rows], indent=2) + "\n"


def _cells(row: Deployed) -> tuple[Text, ...]:
    python = row.python
    if row.python_source:
        outcome = "" if row.python_outcome == "chosen" else f", {OUTCOMES[row.python_outcome]}"
        python += f" ({visible(row.python_source)}{outcome})"
    manifest = f"{visible(row.manifest)} ({row.manifest_reason})" if row.manifest else row.manifest_reason
    return (
        Text(visible(row.route), "bold"),
        Text(visible(row.path)),
        _entry_point(row),
        Text(python),
        Text(manifest),
    )


def _entry_point(row: Deployed) -> Text:
    if row.status == "works" and row.interface:
        return Text.assemble((f"{row.variable}", "bold"), f": {INTERFACES[row.interface]}")
    shown = Text(row.status, STATUS_COLORS[row.status])
    if row.variable:
        shown = Text.assemble((f"{row.variable}", "bold"), ": ", shown)
    return shown
