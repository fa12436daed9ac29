"""Hover: what becomes of an entry point, where a path leads, what a suppression silences, which versions there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server import python_versions
from lsp_server.place import Here, here
from vlint.deployment import deployed
from vlint.project.bundle import bundled
from vlint.project.functions import functions
from vlint.rules.catalogue import describe_rules
from vlint.semantics.entry_points.entry_point import entry_point
from vlint.semantics.evaluation.descriptions import describe
from vlint.semantics.evaluation.values import options
from vlint.semantics.files.opened_paths import opened_paths
from vlint.suppressions import suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.deployment import Deployed
    from vlint.project.functions import Function
    from vlint.semantics.entry_points.entry_point import Candidate
    from vlint.semantics.evaluation.values import Value
    from vlint.text import Range

INTERFACES = {
    "handler": "a request handler (a class that inherits from `BaseHTTPRequestHandler`)",
    "wsgi": "a WSGI application, called as `app(environ, start_response)`",
    "asgi": "an ASGI application, called as `app(scope, receive, send)`",
}

_OUTCOMES = {
    "ignored": "which is no option and is ignored",
    "invalid": "which is no version and is ignored",
    "raised": "which is too old",
    "stops": "which is discontinued and stops the build",
}
"""What becomes of a version that is asked for and not taken."""


def register(server: VlintServer) -> None:
    """Register the feature."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        def answer(session: Session, path: PurePath) -> types.Hover | None:
            place = here(server, session, path, params.position)
            for text, span in _answers(place) if place is not None else ():
                content = types.MarkupContent(types.MarkupKind.Markdown, text)
                return types.Hover(content, server.units.range(place.source, span) if place and span else None)
            return None

        return await server.ask(params.text_document.uri, answer)


def _answers(place: Here) -> Iterator[tuple[str, Range | None]]:
    """What there is to say about a place, the most particular first, each with the range that it is about."""
    yield from _on_suppression(place)
    if place.path.endswith(".py"):
        yield from _on_path(place)
        yield from _on_entry_point(place)
    else:
        text = python_versions.description(place)
        if text is not None:
            yield text, None


def _on_suppression(place: Here) -> Iterator[tuple[str, Range | None]]:
    pages = {rule.code: rule for rule in describe_rules()}
    for suppression in suppressions(place.project, place.path):
        for code in suppression.codes:
            if place.is_in(code.range) and code.code in pages:
                rule = pages[code.code]
                yield f"**{rule.code} {rule.name}** ({rule.severity.value})\n\n{rule.documentation}", code.range


def _on_path(place: Here) -> Iterator[tuple[str, Range | None]]:
    for opened in opened_paths(place.project, place.path):
        if not place.is_in(opened.range):
            continue
        lines = [f"Leads to `{opened.absolute}` at run time."]
        if opened.path is None:
            lines.append("That is outside of the project.")
        elif opened.kind is None:
            lines.append(f"The project has nothing at `{opened.path}`.")
        else:
            lines.append(f"That is the {opened.kind.value} `{opened.path or '.'}` of the project.")
            lines += [_bundling(place, function, opened.path) for function in _functions_of(place)]
        yield "\n\n".join(lines), opened.range


def _bundling(place: Here, function: Function, path: str) -> str:
    found = bundled(place.project, function, path)
    if found.bundled is None:
        return f"Whether it travels with the function `{function.path}` cannot be known."
    if found.bundled:
        return f"It travels with the function `{function.path}`."
    return f"It does **not** travel with the function `{function.path}`: `{found.pattern}` leaves it out."


def _functions_of(place: Here) -> list[Function]:
    return [function for function in functions(place.project) if function.path == place.path]


def _on_entry_point(place: Here) -> Iterator[tuple[str, Range | None]]:
    for function in _functions_of(place):
        found = entry_point(place.project, function)
        for candidate in found.candidates:
            if candidate.location is not None and place.is_at(candidate.location):
                is_chosen = candidate is found.chosen
                yield _description(deployed(place.project, function), candidate, is_chosen), None


def _description(row: Deployed, candidate: Candidate, is_chosen: bool) -> str:
    """What becomes of a function, for somebody who looks at one of its variables."""
    variable = candidate.variable
    lines = [f"**`{row.route}`** · `{row.path}`"]
    if not is_chosen:
        taken = f"it takes `{row.variable}`" if row.variable else row.reason
        lines.append(f"The platform does not use `{variable}`: {taken}.")
    elif row.interface is not None:
        lines.append(f"`{variable}` is {_nature(candidate.value, row.path)}: {INTERFACES[row.interface]}.")
    elif row.status == "unknown":
        lines.append(f"What `{variable}` is cannot be known from the source: {row.reason}.")
    else:
        outcome = "the function is not deployed" if row.status == "not deployed" else "every request fails"
        lines.append(f"`{variable}` {row.reason}: {outcome}.")
    lines.append(_python(row))
    lock = f", as `{row.lock}` locks them" if row.lock else ""
    where = f"from `{row.manifest}` ({row.manifest_reason}){lock}" if row.manifest else f"none: {row.manifest_reason}"
    lines.append(f"Dependencies: {where}")
    return "\n\n".join(lines)


def _nature(value: Value, path: str) -> str:
    """What a value is, and where that is written if not in the module at `path`: why it is taken for what it is."""
    found = options(value)
    what = " or ".join(dict.fromkeys(map(describe, found)))
    elsewhere = dict.fromkeys(o.origin.path for o in found if o.origin is not None and o.origin.path != path)
    return f"{what} (from {', '.join(f'`{other}`' for other in elsewhere)})" if elsewhere else what


def _python(row: Deployed) -> str:
    """The Python that a function runs on, and how it comes to that."""
    if row.python_source is None:
        return f"Python {row.python} (the default)"
    if row.python_outcome == "chosen":
        return f"Python {row.python} (`{row.python_source}` asks for it)"
    return f"Python {row.python} (`{row.python_source}` asks for `{row.python_asked}`, {_OUTCOMES[row.python_outcome]})"
