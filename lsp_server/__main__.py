"""`python -m lsp_server` starts the language server, as `vlint server` does."""

from __future__ import annotations

import sys

from lsp_server.server import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
