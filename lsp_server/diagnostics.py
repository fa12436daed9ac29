"""Findings as the protocol's diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from vlint.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from lsp_server.positions import Units
    from lsp_server.root import Root
    from lsp_server.session import Session
    from vlint.finding import Finding

SOURCE = "vlint"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True)
class Converter:
    """How this client takes diagnostics.

    Attributes:
        units: What it counts columns in.
        uri: The URI under which it knows a file.
        related: Whether it shows related information.
        tags: Whether it fades what is unnecessary.
        links: Whether it links a code to its page.
    """

    units: Units
    uri: Callable[[PurePath], str]
    related: bool = True
    tags: bool = True
    links: bool = True

    @classmethod
    def for_client(
        cls, capabilities: types.ClientCapabilities, units: Units, uri: Callable[[PurePath], str]
    ) -> Converter:
        """The converter for what a client said of itself."""
        documents = capabilities.text_document
        published = documents.publish_diagnostics if documents else None
        pulled = documents.diagnostic if documents else None
        said = [capability for capability in (published, pulled) if capability is not None]
        return cls(
            units,
            uri,
            related=any(capability.related_information for capability in said),
            tags=any(capability.tag_support is not None for capability in said),
            links=any(capability.code_description_support for capability in said),
        )

    def diagnostics(self, session: Session, path: PurePath) -> list[types.Diagnostic]:
        """The diagnostics of the file `path`. To be called in the session's thread."""
        return [self.diagnostic(root, finding) for root, finding in session.findings(path)]

    def diagnostic(self, root: Root, finding: Finding) -> types.Diagnostic:
        """One finding in a file of `root`."""
        source = root.source(finding.path)
        return types.Diagnostic(
            range=self.units.range(source, finding.range),
            message=f"{finding.message}\n{finding.help}" if finding.help else finding.message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(finding.url) if self.links else None,
            source=SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if finding.unnecessary and self.tags else None,
            related_information=self._related(root, finding) if self.related and finding.related else None,
        )

    def _related(self, root: Root, finding: Finding) -> list[types.DiagnosticRelatedInformation]:
        return [
            types.DiagnosticRelatedInformation(
                types.Location(
                    self.uri(root.directory / related.location.path),
                    self.units.range(root.source(related.location.path), related.location.range),
                ),
                related.message,
            )
            for related in finding.related
        ]
