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
from vlint.semantics.entry_point import entry_point
from vlint.semantics.opened_paths import opened_paths
from vlint.suppressions import suppressions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.deployment import Deployed
    from vlint.project.functions import Function
    from vlint.text import Range

INTERFACES = {
    "handler": "a request handler (a class that inherits from `BaseHTTPRequestHandler`)",
    "wsgi": "a WSGI application, called as `app(environ, start_response)`",
    "asgi": "an ASGI application, called as `app(scope, receive, send)`",
}


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
        lines = [f"`{opened.absolute}` at run time"]
        if opened.path is None:
            lines.append("outside of the project")
        elif opened.kind is None:
            lines.append(f"`{opened.path}` is not in the project")
        else:
            lines.append(f"the {opened.kind.value} `{opened.path or '.'}` of the project")
            lines += [_bundling(place, function, opened.path) for function in _functions_of(place)]
        yield "\n\n".join(lines), opened.range


def _bundling(place: Here, function: Function, path: str) -> str:
    found = bundled(place.project, function, path)
    if found.bundled is None:
        return f"it cannot be known whether it travels with `{function.path}`"
    if found.bundled:
        return f"it travels with the function `{function.path}`"
    return f"it does **not** travel with the function `{function.path}`: `{found.pattern}` leaves it out"


def _functions_of(place: Here) -> list[Function]:
    return [function for function in functions(place.project) if function.path == place.path]


def _on_entry_point(place: Here) -> Iterator[tuple[str, Range | None]]:
    for function in _functions_of(place):
        found = entry_point(place.project, function)
        for candidate in found.candidates:
            if candidate.location is not None and place.is_at(candidate.location):
                is_chosen = candidate is found.chosen
                yield _description(deployed(place.project, function), candidate.variable, is_chosen), None


def _description(row: Deployed, variable: str, is_chosen: bool) -> str:
    """What becomes of a function, for somebody who looks at one of its variables."""
    lines = [f"**`{row.route}`** · `{row.path}`"]
    if not is_chosen:
        taken = f"it takes `{row.variable}`" if row.variable else row.reason
        lines.append(f"The platform does not use `{variable}`: {taken}.")
    elif row.interface is not None:
        lines.append(f"`{variable}` is {INTERFACES[row.interface]}.")
    else:
        lines.append(f"`{variable}`: {row.status}; {row.reason}.")
    source = f" (asked for in `{row.python_source}`: {row.python_outcome})" if row.python_source else " (the default)"
    lines.append(f"Python {row.python}{source}")
    manifest = f"`{row.manifest}`" if row.manifest else "nothing"
    lines.append(f"Dependencies from {manifest}: {row.manifest_reason}")
    return "\n\n".join(lines)
