"""`vlint rule [CODE]`: a rule's documentation, or the list of rules."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from vlint.cli import UsageError
from vlint.cli.options import Parser, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vlint.rules.catalogue import RuleDescription


def run(arguments: Sequence[str]) -> int:
    """Print one rule's page or the list; status 0."""
    parser = Parser(prog="vlint rule", description="Show a rule's documentation, or the list of rules.")
    parser.add_argument("code", nargs="?", metavar="CODE", help="a rule's code or name, as VL201 or api-relative-path")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    options = parser.parse_args(arguments)
    from vlint.rules.catalogue import describe_rules

    rules = describe_rules() if options.code is None else (_find(options.code),)
    if options.output_format == "json":
        write(_as_json(rules))
    elif options.code is None:
        write(_listing(rules))
    else:
        write(_page(rules[0]))
    sys.stdout.flush()
    return 0


def _find(word: str) -> RuleDescription:
    from vlint.rules.catalogue import describe_rules
    from vlint.settings import nearest

    for rule in describe_rules():
        if word.upper() == rule.code or word.lower() == rule.name:
            return rule
    known = [rule.code for rule in describe_rules()] if word[:2].upper() == "VL" else [r.name for r in describe_rules()]
    raise UsageError(f"there is no rule {word!r}{nearest(word, known)}")


def _listing(rules: Sequence[RuleDescription]) -> str:
    width = max(len(rule.name) for rule in rules)
    return "".join(f"{rule.code}  {rule.severity.value:<7}  {rule.name:<{width}}  {rule.summary}\n" for rule in rules)


def _page(rule: RuleDescription) -> str:
    return f"# {rule.name} ({rule.code}, {rule.severity.value})\n\n{rule.documentation.strip()}\n"


def _as_json(rules: Sequence[RuleDescription]) -> str:
    described = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.value,
            "summary": rule.summary,
            "documentation": rule.documentation,
        }
        for rule in rules
    ]
    return json.dumps(described, indent=2) + "\n"
