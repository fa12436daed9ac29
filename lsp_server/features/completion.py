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
from vlint.semantics.files.path_completion import completions
from vlint.settings import SETTINGS_FILES
from vlint.text import Position, Range

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


_AGAIN = types.Command("Suggest what is in it", "editor.action.triggerSuggest")
"""Has the editor ask anew behind the slash of a directory. The command is the client's, and VS Code's name for it."""


def register(server: VlintServer) -> None:
    """Register the feature."""
    options = types.CompletionOptions(trigger_characters=['"', "'", "/", "[", ",", "="])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        def answer(session: Session, path: PurePath) -> types.CompletionList:
            place = here(server, session, path, params.position)
            found = [] if place is None else [_placed(item, typed, place, server) for typed, item in _items(place)]
            items = [item for item in found if item is not None]
            if not _can_be_told(server, _AGAIN):
                for item in items:
                    item.command = None
            return types.CompletionList(is_incomplete=False, items=items)

        return await server.ask(params.text_document.uri, answer)


def _can_be_told(server: VlintServer, command: types.Command) -> bool:
    """Whether the client has a command of its own: it says so as the clients of rust-analyzer do."""
    experimental = server.protocol._converter.unstructure(server.client_capabilities.experimental)
    commands = experimental.get("commands") if isinstance(experimental, dict) else None
    known = commands.get("commands") if isinstance(commands, dict) else None
    return isinstance(known, list) and command.command in known


def _placed(item: types.CompletionItem, typed: str, place: Here, server: VlintServer) -> types.CompletionItem | None:
    """The item as an edit of what has been typed of it; None where that began in a line before."""
    column = place.position.column - len(typed)
    if column < 1:
        return None
    typed_at = Range(Position(place.position.line, column), place.position)
    item.text_edit = types.TextEdit(server.units.range(place.source, typed_at), item.insert_text or item.label)
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
    typed, candidates = completions(place.project, place.path, place.source.offset(place.position))
    for candidate in candidates:
        is_directory = candidate.kind is Kind.DIRECTORY
        goes_on = is_directory and candidate.continues
        yield (
            typed,
            types.CompletionItem(
                candidate.name,
                kind=types.CompletionItemKind.Folder if is_directory else types.CompletionItemKind.File,
                detail=candidate.path,
                insert_text=candidate.name + "/" * goes_on,
                sort_text=f"{'1' if is_directory else '0'}{candidate.name}",
                command=_AGAIN if goes_on else None,
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
