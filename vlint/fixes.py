"""Makes fixes: edits over the texts of files, in rounds until nothing is left to fix, and the outcome as a diff.

Nothing here touches the disk: who reads, checks and writes is the command line's or the editor's business.
"""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vlint.finding import Applicability
from vlint.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vlint.finding import Edit, Finding, Fix

MAXIMUM_ROUNDS = 20
"""How often a project is checked again; a fix that brings up its own finding again would have no end otherwise."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Outcome:
    """What came of fixing.

    Attributes:
        texts: The new text of each file that changed, by path.
        fixed: The findings whose fixes were made, in the order they were made.
        remaining: What the last check still found.
    """

    texts: dict[str, str] = field(default_factory=dict)
    fixed: tuple[Finding, ...] = ()
    remaining: tuple[Finding, ...] = ()


def fix_all(
    check: Callable[[Mapping[str, str]], Iterable[Finding]], read: Callable[[str], str], *, unsafe: bool = False
) -> Outcome:
    """Check, make every fix that overlaps no other, and check again, until no fix is left.

    Args:
        check: The findings with the given texts in place of the files, by path.
        read: The text of a file as it is on disk, decoded as the findings' ranges count it.
        unsafe: Whether fixes that need a look are made too.
    """
    texts: dict[str, str] = {}
    fixed: list[Finding] = []
    findings = tuple(check(texts))
    for _ in range(MAXIMUM_ROUNDS):
        changed, made = apply_fixes(findings, lambda path: texts[path] if path in texts else read(path), unsafe=unsafe)
        if not made:
            break
        texts.update(changed)
        fixed.extend(made)
        findings = tuple(check(texts))
    return Outcome(texts, tuple(fixed), findings)


def apply_fixes(
    findings: Iterable[Finding], read: Callable[[str], str], *, unsafe: bool = False
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Make the fixes of `findings` once: the new texts by path, and the findings whose fix was made.

    Of fixes that overlap the first is made and the others are left (for a next round). The same edit in two fixes,
    such as one import that both need, is made once. A fix is made whole or not at all.
    """
    plan = _Plan(read)
    made = tuple(
        finding for finding in findings if finding.fix and applies(finding.fix, unsafe=unsafe) and plan.add(finding.fix)
    )
    return plan.texts(), made


def applies(fix: Fix, *, unsafe: bool) -> bool:
    """Whether `fix` is to be made."""
    return unsafe or fix.applicability is Applicability.SAFE


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits` made; insertions at one place keep their order.

    Raises:
        ValueError: two of them overlap.
    """
    plan = _Plan(lambda _: text)
    path = ""
    for edit in edits:
        path = edit.path
        if not plan.add_edits((edit,)):
            raise ValueError(f"overlapping edit at {edit.range}")
    return plan.texts().get(path, text)


class _Plan:
    """Edits that were accepted, by file, as (start, end, order, text) in offsets and sorted."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._sources: dict[str, Source] = {}
        self._accepted: dict[str, list[tuple[int, int, int, str]]] = {}
        self._count = 0

    def add(self, fix: Fix) -> bool:
        return self.add_edits(fix.edits)

    def add_edits(self, edits: Sequence[Edit]) -> bool:
        """Accept `edits` together, or none of them where one overlaps what was accepted before."""
        spans = [(edit.path, *self._span(edit), edit.text) for edit in edits]
        new = [span for span in spans if not self._has(*span)]
        if not edits or any(self._overlaps(path, start, end) for path, start, end, _ in new):
            return False
        for path, start, end, text in new:
            insort(self._accepted.setdefault(path, []), (start, end, self._count, text))
            self._count += 1
        return True

    def texts(self) -> dict[str, str]:
        """The text of each file with its accepted edits made."""
        changed = {}
        for path, accepted in self._accepted.items():
            before = self._sources[path].text
            pieces, position = [], 0
            for start, end, _, text in accepted:
                pieces += [before[position:start], text]
                position = end
            after = "".join([*pieces, before[position:]])
            if after != before:
                changed[path] = after
        return changed

    def _span(self, edit: Edit) -> tuple[int, int]:
        source = self._sources.get(edit.path)
        if source is None:
            source = self._sources[edit.path] = Source(self._read(edit.path))
        return source.offset(edit.range.start), source.offset(edit.range.end)

    def _has(self, path: str, start: int, end: int, text: str) -> bool:
        return any((s, e, t) == (start, end, text) for s, e, _, t in self._accepted.get(path, ()))

    def _overlaps(self, path: str, start: int, end: int) -> bool:
        """Whether the span shares a character with an accepted one, or an insertion lies inside one of the two."""
        accepted = self._accepted.get(path, [])
        place = bisect_left(accepted, (start, end))
        before, behind = accepted[:place], accepted[place:]
        return any(e > start for _, e, *_ in before[-1:]) or any(s < end for s, *_ in behind[:1])


def read_text(content: bytes) -> str:
    """A file's bytes as text, without a byte order mark: Python's own declaration counts, else UTF-8."""
    encoding, body = _encoding(content)
    return body.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")


def encode(text: str, original: bytes) -> bytes:
    """`text` in the encoding, and with the byte order mark, of the bytes it was made from."""
    encoding, body = _encoding(original)
    mark = original[: len(original) - len(body)]
    return mark + text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")


def unified_diff(before: Mapping[str, bytes], after: Mapping[str, bytes], *, context: int = 3) -> bytes:
    """The change from `before` to `after` in the form that `git apply` and `patch -p1` take.

    Lines end where Git ends them, at LF, so CRLF and lone CR come through; bytes are never decoded for good.
    """
    return b"".join(_file_diff(path, before.get(path, b""), after[path], context) for path in sorted(after))


def _file_diff(path: str, before: bytes, after: bytes, context: int) -> bytes:
    if before == after:
        return b""
    lines = difflib.unified_diff(_lines(before), _lines(after), _name("a", path), _name("b", path), n=context)
    text = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return text.encode("utf-8", "surrogateescape")


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8", "surrogateescape")
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _name(side: str, path: str) -> str:
    """A file name as Git writes it in a diff: quoted where it must be, a tab behind one with spaces."""
    name = f"{side}/{path}"
    if any(character in '"\\' or ord(character) < 32 for character in name):
        escaped = re.sub(r'["\\]', r"\\\g<0>", name)
        return '"' + re.sub(r"[\x00-\x1f]", lambda match: f"\\{ord(match[0]):03o}", escaped) + '"'
    return name + "\t" * (" " in name)


def _encoding(content: bytes) -> tuple[str, bytes]:
    """The encoding and the bytes behind the byte order mark."""
    body = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    except SyntaxError:
        encoding = "utf-8"
    return encoding.replace("utf-8-sig", "utf-8"), body
