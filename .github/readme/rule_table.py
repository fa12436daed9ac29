"""Writes the README's table of rules from the rules themselves; with `--check` the status is 1 if it would change."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from vlint.rules.catalogue import describe_rules

README = Path(__file__).resolve().parents[2] / "README.md"
_TABLE = re.compile(r"(<!-- rules: .*? -->\n).*?(<!-- end of rules -->)", re.DOTALL)


def main() -> int:
    """Write the table, or check that it is up to date."""
    before = README.read_text(encoding="utf-8")
    after = with_table(before)
    if "--check" in sys.argv[1:]:
        return int(before != after)
    README.write_text(after, encoding="utf-8")
    return 0


def with_table(text: str) -> str:
    """`text` with the table between its marks."""
    rows = [f"| {rule.code} | `{rule.name}` | {rule.severity.value} | {rule.summary} |" for rule in describe_rules()]
    table = "\n".join(["| code | name | severity | finds |", "|---|---|---|---|", *rows])
    return _TABLE.sub(lambda match: f"{match[1]}{table}\n{match[2]}", text)


if __name__ == "__main__":
    raise SystemExit(main())
