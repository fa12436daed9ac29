"""`python -m lsp_server` starts the language server, as `vlint server` does."""

from __future__ import annotations

from lsp_server.server import main

if __name__ == "__main__":
    main()
