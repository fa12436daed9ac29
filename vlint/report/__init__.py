"""The outcome of a run in the formats that people and programs read: one file a format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.report.report import Report, Style

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")
"""The names of the formats; each is a module `<name>_report` in this folder with a function `render`."""


def render(name: str, report: Report, style: Style) -> str:
    """`report` in the format `name`, with a line end at its end where it is not empty."""
    module = import_module(f"vlint.report.{name}_report")
    rendered: str = module.render(report, style)
    return rendered
