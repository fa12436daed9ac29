"""The quick walk sees what libcst's own visitors see, but for white space and punctuation."""

from __future__ import annotations

import libcst as cst
import pytest

from tests.syntax.corpus import corpus, share
from vlint.syntax.nodes import descendants


class Collector(cst.CSTVisitor):
    def __init__(self) -> None:
        self.nodes: set[cst.CSTNode] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.BaseExpression | cst.BaseSmallStatement | cst.BaseCompoundStatement):
            self.nodes.add(node)
        return True


@pytest.mark.parametrize("index", [0, 1, 2])
def test_every_expression_and_statement_is_seen(index: int) -> None:
    for path in share(corpus(), index * 100 + 7, 900):
        if path.stat().st_size > 40_000:
            continue
        try:
            tree = cst.parse_module(path.read_bytes())
        except (cst.ParserSyntaxError, UnicodeDecodeError):
            continue
        collector = Collector()
        tree.visit(collector)
        assert collector.nodes <= set(descendants(tree)), path
