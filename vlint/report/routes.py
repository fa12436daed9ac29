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
    from vlint.project.manifests.distributions import Distribution
    from vlint.report.report import Style
    from vlint.text import Range

TITLES = ("Route", "File", "Variable", "Interface", "Python", "Dependencies from")
INTERFACES = {"handler": "handler", "wsgi": "WSGI", "asgi": "ASGI"}
OUTCOMES = {"ignored": "ignored", "raised": "raised", "stops": "stops the build", "unknown": "unclear"}
STATUS_COLORS = {"works": "green", "fails": "bold red", "not deployed": "yellow", "unknown": "yellow"}


def render_text(title: str, rows: Sequence[Deployed], style: Style) -> str:
    """A table under its title; columns are as wide as what stands in them."""
    console = plain_console(style)
    for line in lines(title, rows, style.width):
        console.print(line, soft_wrap=True)
    return written(console)


def lines(title: str, rows: Sequence[Deployed], width: int | None = None) -> Iterator[Text]:
    """The table line by line; what explains a manifest is left out where the terminal is too narrow for it."""
    yield Text(visible(title), "bold")
    if not rows:
        yield Text("No function: there is no Python file below api/")
        return
    table = _table(rows, reasons=True)
    if width is not None and max(line.cell_len for line in table) > width:
        table = _table(rows, reasons=False)
    yield from table
    yield from _environments(rows)


def _environments(rows: Sequence[Deployed]) -> Iterator[Text]:
    """Below the table, once for all functions that get the same: where their Python and packages are asked for."""
    seen = set()
    for row in rows:
        gets = (row.python, row.python_source, row.manifest, row.lock)
        if gets in seen or not (row.manifest or row.python_source):
            continue
        seen.add(gets)
        yield Text()
        title = f"Python {row.python} ({visible(_asked(row))})"
        yield Text(f"{title}, dependencies from {visible(row.lock or row.manifest or '-')}", "bold")
        named = [(visible(_requirement(found)), found) for found in row.distributions]
        width = max((len(text) for text, _ in named), default=0)
        for text, found in named:
            place = visible(_place(found.location.path, found.location.range))
            remark = "" if found.is_direct else "  brought along"
            remark = "  not installed" if found.is_installed is False else remark
            yield Text(f"  {text:{width}}  ").append(place, "dim").append(remark, "yellow")


def _asked(row: Deployed) -> str:
    """Where the version comes from."""
    if row.python_source is None:
        return "the default"
    place = _place(row.python_source, row.python_range)
    if row.python_outcome in OUTCOMES:
        return f"{row.python_asked} in {place} {OUTCOMES[row.python_outcome]}"
    return f"asked for in {place}"


def _place(path: str, place: Range | None) -> str:
    return f"{path}:{place.start.line}:{place.start.column}" if place else path


def _requirement(found: Distribution) -> str:
    """The distribution as one writes it in a requirements file."""
    extras = f"[{','.join(found.extras)}]" if found.extras else ""
    version = f" @ {found.source}" if found.source else found.version
    return f"{found.name}{extras}{version}" + (f"; {found.marker}" if found.marker else "")


def _table(rows: Sequence[Deployed], *, reasons: bool) -> list[Text]:
    """The lines below the title; columns are as wide as what stands in them."""
    table = [tuple(Text(name, "dim") for name in TITLES)]
    table += [_cells(row, reasons=reasons) for row in rows]
    widths = [max(row[column].cell_len for row in table) for column in range(len(TITLES))]
    made = []
    for row in table:
        line = Text()
        for cell, width in zip(row, widths, strict=True):
            line.append_text(cell)
            line.append(" " * (width - cell.cell_len + 2))
        line.rstrip()
        made.append(line)
    return made


def render_json(rows: Sequence[Deployed]) -> str:
    """One array; the keys are the attributes of `vlint.deployment.Deployed`, lines and columns count from 1."""
    return json.dumps([asdict(row) for row in rows], indent=2) + "\n"


def _cells(row: Deployed, *, reasons: bool) -> tuple[Text, ...]:
    return (
        Text(visible(row.route), "bold"),
        Text(visible(row.path)),
        Text(row.variable or "-"),
        Text(INTERFACES[row.interface]) if row.interface else Text(row.status, STATUS_COLORS[row.status]),
        Text(_python(row)),
        Text(_manifest(row, reasons=reasons)),
    )


def _python(row: Deployed) -> str:
    if row.python_outcome in OUTCOMES:
        return f"{row.python} ({visible(str(row.python_asked))} {OUTCOMES[row.python_outcome]})"
    return row.python


def _manifest(row: Deployed, *, reasons: bool) -> str:
    if row.manifest is None:
        return "-"
    return f"{visible(row.manifest)} ({row.manifest_reason})" if reasons else visible(row.manifest)
