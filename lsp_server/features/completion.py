"""Completion: paths in calls that open them, Python versions, and rule codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types

from lsp_server import python_versions
from lsp_server.place import Here, here
from vlint.platform import platform_names
from vlint.project.tree import Kind
from vlint.rules.catalogue import describe_rules
from vlint.semantics.path_completion import completions
from vlint.settings import SETTINGS_FILES
from vlint.syntax.module import load_module

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session

_SUPPRESSION = re.compile(r"#\s*vlint:\s*ignore(?:-file)?\s*\[(?:[^\]]*[\s,])?(?P<typed>\w*)$")
_CODES = re.compile(
    r"""^\s*(?:select|extend-select|ignore|["'][^"']+["'])\s*=\s*\[(?:[^\]]*[\s,\[])?["'](?P<typed>\w*)$"""
)
_PLATFORM = re.compile(r"""^\s*platform\s*=\s*["'](?P<typed>[\w-]*)$""")


def register(server: VlintServer) -> None:
    """Register the feature."""
    options = types.CompletionOptions(trigger_characters=['"', "'", "/", "[", ",", "="])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        def answer(session: Session, path: PurePath) -> types.CompletionList:
            place = here(server, session, path, params.position)
            items = (
                []
                if place is None
                else [_placed(item, server.units.length(typed), params.position) for typed, item in _items(place)]
            )
            return types.CompletionList(is_incomplete=False, items=items)

        return await server.ask(params.text_document.uri, answer)


def _placed(item: types.CompletionItem, typed: int, position: types.Position) -> types.CompletionItem:
    """The item as an edit of what has been typed of it, whose length is in the client's units."""
    start = types.Position(position.line, position.character - typed)
    item.text_edit = types.TextEdit(types.Range(start, position), item.insert_text or item.label)
    item.insert_text = None
    return item


def _items(place: Here) -> Iterator[tuple[str, types.CompletionItem]]:
    """What may be meant, each with what has been typed of it."""
    match = _SUPPRESSION.search(place.before)
    if match is not None:
        yield from ((match["typed"], item) for item in _rules())
    elif place.path.endswith(".py"):
        yield from _paths(place)
    else:
        yield from _versions(place)
        if place.name in SETTINGS_FILES:
            yield from _settings(place)


def _rules() -> Iterator[types.CompletionItem]:
    for rule in describe_rules():
        yield types.CompletionItem(
            rule.code,
            kind=types.CompletionItemKind.EnumMember,
            detail=rule.name,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, rule.documentation),
        )


def _paths(place: Here) -> Iterator[tuple[str, types.CompletionItem]]:
    offset = place.source.offset(place.position)
    statements = load_module(place.project, place.path).statements
    start = max((statement.start for statement in statements if statement.start <= offset), default=0)
    typed, candidates = completions(place.project, place.source.text[start:offset])
    for candidate in candidates:
        is_directory = candidate.kind is Kind.DIRECTORY
        yield (
            typed,
            types.CompletionItem(
                candidate.name,
                kind=types.CompletionItemKind.Folder if is_directory else types.CompletionItemKind.File,
                detail=candidate.path,
                insert_text=candidate.name + "/" * is_directory,
                sort_text=f"{'1' if is_directory else '0'}{candidate.name}",
            ),
        )


def _versions(place: Here) -> Iterator[tuple[str, types.CompletionItem]]:
    for typed, label, text in python_versions.suggestions(place):
        yield typed, types.CompletionItem(label, kind=types.CompletionItemKind.Value, insert_text=text)


def _settings(place: Here) -> Iterator[tuple[str, types.CompletionItem]]:
    codes, platform = _CODES.match(place.before), _PLATFORM.match(place.before)
    if codes is not None:
        yield from ((codes["typed"], item) for item in _rules())
    elif platform is not None:
        for name in platform_names():
            yield platform["typed"], types.CompletionItem(name, kind=types.CompletionItemKind.EnumMember)
