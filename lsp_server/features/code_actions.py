"""Code actions: a finding's fix, all fixes of a kind, all safe fixes, and comments that silence.

What an action changes is worked out only when the user looks at it, where the client can ask for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from lsp_server.edits import workspace_edit
from vlint.finding import Applicability
from vlint.fixes import apply_fixes
from vlint.silencing import ignore_in_file, ignore_on_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePath

    from lsp_server.root import Root
    from lsp_server.server import VlintServer
    from lsp_server.session import Session
    from vlint.finding import Edit, Finding

FIX_ALL = "source.fixAll.vlint"

Found = tuple["Root", "Finding"]


@dataclass(frozen=True)
class Offer:
    """An action and what it is about; `name` and `finding` say which it is when the client comes back for it."""

    name: str
    title: str
    kind: str
    finding: Finding | None
    edits: tuple[tuple[Root, Edit], ...] | None = None
    preferred: bool = False

    @property
    def key(self) -> dict[str, Any]:
        """What identifies the action, as JSON."""
        if self.finding is None:
            return {"name": self.name}
        about = {"name": self.name, "code": self.finding.code}
        start, end = self.finding.range.start, self.finding.range.end
        if self.name in ("kind", "file"):
            return about
        if self.name == "line":
            return {**about, "lines": [start.line, end.line]}
        place = [start.line, start.column, end.line, end.column]
        return {**about, "range": place, "message": self.finding.message}


def register(server: VlintServer) -> None:
    """Register the feature."""
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
    options = types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        def answer(session: Session, path: PurePath) -> list[types.CodeAction]:
            wanted = params.context.only
            return [
                _action(server, session, path, offer, params)
                for offer in offers(server, session, path, params.range)
                if wanted is None or any(f"{offer.kind}.".startswith(f"{kind}.") for kind in map(_text, wanted))
            ]

        return await server.ask(params.text_document.uri, answer, settled=True)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data = action.data if isinstance(action.data, dict) else {}
        uri = data.get("uri")

        def answer(session: Session, path: PurePath) -> types.CodeAction:
            for offer in offers(server, session, path, None):
                if offer.key == data.get("key"):
                    action.edit = workspace_edit(server, edits_of(session, path, offer))
            return action

        return await server.ask(uri if isinstance(uri, str) else "", answer, settled=True) or action


def _text(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _action(
    server: VlintServer, session: Session, path: PurePath, offer: Offer, params: types.CodeActionParams
) -> types.CodeAction:
    action = types.CodeAction(
        offer.title,
        offer.kind,
        diagnostics=_solved(server, session, path, offer, params.context.diagnostics) or None,
        is_preferred=offer.preferred or None,
        data={"uri": params.text_document.uri, "key": offer.key},
    )
    if not _resolves(server):
        action.edit = workspace_edit(server, edits_of(session, path, offer))
    return action


def _solved(
    server: VlintServer, session: Session, path: PurePath, offer: Offer, shown: Iterable[types.Diagnostic]
) -> list[types.Diagnostic]:
    """Those of the diagnostics that the client shows at the place which an action does away with."""
    finding, file = offer.finding, session.file(path)
    if finding is None or file is None:
        return []
    alike = [diagnostic for diagnostic in shown if diagnostic.code == finding.code]
    own = server.units.range(file.root.source(file.path), finding.range)
    if offer.name == "fix":
        return [diagnostic for diagnostic in alike if diagnostic.range == own]
    if offer.name == "line":
        return [diagnostic for diagnostic in alike if diagnostic.range.start.line == own.start.line]
    return alike


def _resolves(server: VlintServer) -> bool:
    """Whether the client comes back for the edit of an action."""
    documents = server.client_capabilities.text_document
    support = documents.code_action.resolve_support if documents and documents.code_action else None
    return support is not None and "edit" in support.properties


def offers(server: VlintServer, session: Session, path: PurePath, span: types.Range | None) -> Iterator[Offer]:
    """What can be done about the findings of a file that lie at `span` (everywhere for None)."""
    found = session.findings(path)
    here = [(root, finding) for root, finding in found if span is None or _touches(server, root, finding, span)]
    quick = types.CodeActionKind.QuickFix.value
    for _, finding in here:
        if finding.fix is not None:
            yield Offer("fix", _title(finding.fix.title, [finding]), quick, finding, preferred=_is_safe(finding))
    for code in dict.fromkeys(finding.code for _, finding in here):
        alike = [finding for _, finding in found if finding.code == code and finding.fix is not None]
        if len(alike) > 1:
            title = _title(f"Fix all {code} ({alike[0].name}) in this file", alike)
            yield Offer("kind", title, quick, alike[0])
    for root, finding in {(f.code, f.range.start.line, f.range.end.line): (root, f) for root, f in here}.values():
        if ignore_on_line(finding.path, root.source(finding.path).text, finding) is not None:
            yield Offer("line", f"Ignore {finding.code} on this line", quick, finding)
    for root, finding in {f.code: (root, f) for root, f in here}.values():
        if ignore_in_file(finding.path, root.source(finding.path).text, finding) is not None:
            yield Offer("file", f"Ignore {finding.code} in this file", quick, finding)
    if any(_is_safe(finding) for _, finding in found):
        yield Offer("all", "vlint: make all safe fixes", FIX_ALL, None)


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability is Applicability.SAFE


def _title(title: str, fixed: Iterable[Finding]) -> str:
    """The title of an action that makes these fixes."""
    return title if all(map(_is_safe, fixed)) else f"{title} (needs a look)"


def edits_of(session: Session, path: PurePath, offer: Offer) -> list[tuple[Root, Edit]]:
    """What an action changes."""
    found = session.findings(path)
    finding = offer.finding
    if offer.name == "all":
        return _fixed(found, unsafe=False)
    assert finding is not None
    if offer.name == "kind":
        return _fixed([pair for pair in found if pair[1].code == finding.code], unsafe=True)
    root = next(root for root, other in found if other == finding)
    if offer.name == "fix":
        return [(root, edit) for edit in (finding.fix.edits if finding.fix else ())]
    silence = ignore_on_line if offer.name == "line" else ignore_in_file
    silencing = silence(finding.path, root.source(finding.path).text, finding)
    return [(root, silencing)] if silencing is not None else []


def _fixed(found: Iterable[Found], *, unsafe: bool) -> list[tuple[Root, Edit]]:
    """The edits of all fixes that do not get in each other's way."""
    edits: list[tuple[Root, Edit]] = []
    by_root: dict[Root, list[Finding]] = {}
    for root, finding in found:
        by_root.setdefault(root, []).append(finding)
    for root, findings in by_root.items():
        texts = {
            edit.path: root.source(edit.path).text for finding in findings if finding.fix for edit in finding.fix.edits
        }
        _, made = apply_fixes(findings, texts.__getitem__, unsafe=unsafe)
        edits += [(root, edit) for finding in made if finding.fix for edit in finding.fix.edits]
    return edits


def _touches(server: VlintServer, root: Root, finding: Finding, span: types.Range) -> bool:
    own = server.units.range(root.source(finding.path), finding.range)
    return (own.start.line, own.start.character) <= (span.end.line, span.end.character) and (
        span.start.line,
        span.start.character,
    ) <= (own.end.line, own.end.character)
