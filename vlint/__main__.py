"""`python -m vlint`."""

from __future__ import annotations

import sys

from vlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
