"""Where the nodes of a libcst tree stand: offsets in characters, in one pass over the tree.

libcst's own position providers give lines and columns at a fraction of this speed, since they wrap each tree in a
metadata wrapper. This uses the mechanism they use (a code generation state that is told where nodes begin and end).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from libcst._nodes.internal import CodegenState

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst


def spans(module: cst.Module, text: str) -> dict[cst.CSTNode, tuple[int, int]]:
    """Each node's start and end in `text`, which `module` was parsed from; offsets in characters from 0.

    The white space around a node is left out.
    """
    state = _SpanState(default_indent=module.default_indent, default_newline=module.default_newline)
    module._codegen(state)
    generated = "".join(state.tokens)
    return state.spans if generated == text else _realigned(state.spans, generated, text)


def _realigned(
    spans: dict[cst.CSTNode, tuple[int, int]], generated: str, text: str
) -> dict[cst.CSTNode, tuple[int, int]]:
    """The spans of generated code as spans of `text`, which differs from it in white space alone.

    libcst drops some white space (before the colon of `except (A, B) :`), so its code is not always the text.
    """
    place_of = {}
    visible = [offset for offset, character in enumerate(text) if not character.isspace()]
    count = 0
    for offset, character in enumerate(generated):
        place_of[offset] = visible[count] if count < len(visible) else len(text)
        count += not character.isspace()
    place_of[len(generated)] = len(text)
    return {
        node: (place_of[start], place_of[end - 1] + 1 if end > start else place_of[start])
        for node, (start, end) in spans.items()
    }


@dataclass(frozen=False)
class _SpanState(CodegenState):
    offset: int = 0
    starts: list[int] = field(default_factory=list)
    spans: dict[cst.CSTNode, tuple[int, int]] = field(default_factory=dict)

    def add_indent_tokens(self) -> None:
        self.tokens.extend(self.indent_tokens)
        self.offset += sum(map(len, self.indent_tokens))

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        self.starts.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        start = self.starts.pop()
        if node not in self.spans:
            self.spans[node] = (start, self.offset)

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        start = self.offset
        try:
            yield
        finally:
            self.spans[node] = (
                self.spans[start_node][0] if start_node is not None else start,
                self.spans[end_node][1] if end_node is not None else self.offset,
            )
