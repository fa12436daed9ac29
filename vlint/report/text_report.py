"""`--output-format text`: for people. Each finding with its code frame, its help and related places; then a summary."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from vlint.finding import Applicability, Severity
from vlint.report.frame import CONTEXT, frame
from vlint.report.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vlint.finding import Finding, Related
    from vlint.report.report import Report, Style
    from vlint.text import Range

COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}


def render(report: Report, style: Style) -> str:
    """The report as text; escape sequences only where `style` asks for colour."""
    console = plain_console(style)
    for line in lines(report, style):
        console.print(line, soft_wrap=True)
    return written(console)


def plain_console(style: Style) -> Console:
    """A console that writes to a string and adds nothing of its own: no highlighting, no markup, no wrapping."""
    return Console(
        file=io.StringIO(),
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        width=style.width or 1000,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def written(console: Console) -> str:
    """What was printed to a `plain_console`."""
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def lines(report: Report, style: Style) -> Iterator[Text]:
    """The report line by line."""
    for finding in report.findings:
        yield from finding_lines(report, finding, style)
        yield Text()
    if not style.quiet:
        yield Text(report.summary() + ".", "bold" if report.findings else "bold green")


def finding_lines(report: Report, finding: Finding, style: Style) -> Iterator[Text]:
    """One finding."""
    color = COLORS[finding.severity]
    head = Text.assemble((f"{finding.severity.value}[{finding.code}]", color), ": ", (visible(finding.message), "bold"))
    yield from _wrapped(head, 2, style)
    yield from _place(report, finding.path, finding.range, style, color)
    if finding.help:
        yield from _wrapped(Text.assemble(("  = help: ", "cyan"), visible(finding.help)), 10, style)
    if finding.fix:
        how = "--fix" if finding.fix.applicability is Applicability.SAFE else "--fix --unsafe-fixes"
        yield from _wrapped(Text.assemble(("  = fix: ", "cyan"), f"{visible(finding.fix.title)} ({how})"), 9, style)
    for related in finding.related:
        yield from _related_lines(report, related, style)


def _related_lines(report: Report, related: Related, style: Style) -> Iterator[Text]:
    yield from _wrapped(Text.assemble(("  = note: ", "cyan"), visible(related.message)), 10, style)
    yield from _place(report, related.location.path, related.location.range, style, "cyan", context=0)


def _place(
    report: Report, path: str, span: Range, style: Style, color: str, *, context: int = CONTEXT
) -> Iterator[Text]:
    """Where it is: path, line and column, and the frame where the file can be read and is not empty."""
    source = report.source(path)
    gutter = len(str(span.end.line)) if source and source.text else 1
    where = f"{visible(path)}:{span.start.line}:{span.start.column}"
    yield Text.assemble((" " * gutter + "--> ", "cyan"), where)
    if source and source.text:
        yield from frame(source, span, mark_style=color, width=style.width, context=context)


def _wrapped(text: Text, indent: int, style: Style) -> Iterator[Text]:
    """`text` broken between words to the terminal's width, continued `indent` cells to the right."""
    if style.width is None or text.cell_len <= style.width or style.width < 2 * indent + 20:
        yield text
        return
    first, *rest = text.wrap(plain_console(style), style.width - indent)
    first.rstrip()
    yield first
    for line in rest:
        line.rstrip()
        yield Text.assemble(" " * indent, line)
