"""`vlint server`: the language server on standard input and output."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Serve until the client is done."""
    from lsp_server.server import main

    return main(list(arguments)) or 0
