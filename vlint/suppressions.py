"""Comments that keep vlint silent: `# vlint: ignore[VL201]` on a line, `# vlint: ignore-file[VL101]` for a file.

Only real comments count, never the inside of a string. Without codes a comment is about every rule.
"""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vlint.finding import Edit, Finding, Fix
from vlint.project.file_text import file_text
from vlint.text import Position, Range, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vlint.project.project import Project

_PRAGMA = re.compile(r"#\s*vlint:\s*(?P<kind>ignore-file|ignore)(?![\w-])(?:\s*\[(?P<codes>[^\]\n]*)\])?")
_MARK = re.compile(r"vlint:")
_CODE = re.compile(r"[^\s,]+")
_PYTHON_PIECE = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | (?:\"\"\"|''')(?s:.)*?(?:\"\"\"|'''|\Z)
      | "(?:\\(?:\r\n|(?s:.))|[^"\\\r\n])*"?
      | '(?:\\(?:\r\n|(?s:.))|[^'\\\r\n])*'?""",
    re.VERBOSE,
)
_TOML_PIECE = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
      | \"\"\"(?:\\(?s:.)|[^\\])*?(?:\"\"\"|\Z)
      | '''(?s:.)*?(?:'''|\Z)
      | "(?:\\.|[^"\\\r\n])*"?
      | '[^'\r\n]*'?""",
    re.VERBOSE,
)
_REQUIREMENTS_PIECE = re.compile(r"(?:^|(?<=\s))(?P<comment>#[^\r\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is written in a comment."""

    code: str
    range: Range


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment.

    Attributes:
        range: The words from `#` to the closing bracket.
        codes: The codes it names; empty where it is about every rule.
        lines: The first and last line of the logical line that it stands on; None where it is about the whole file.
        alone: Whether nothing else stands on its line.
    """

    range: Range
    codes: tuple[Code, ...]
    lines: tuple[int, int] | None
    alone: bool

    def below(self, lines: int) -> Suppression:
        """The same, so many lines further down."""
        codes = tuple(Code(code.code, _below(code.range, lines)) for code in self.codes)
        own = None if self.lines is None else (self.lines[0] + lines, self.lines[1] + lines)
        return Suppression(_below(self.range, lines), codes, own, self.alone)

    def covers(self, finding: Finding) -> bool:
        """Whether the comment's place is one where it silences `finding`, whatever codes it names."""
        if self.lines is None:
            return True
        first, last = self.lines
        line = self.range.start.line
        if line in (finding.range.start.line, finding.range.end.line):
            return True
        return line in self.lines and first <= finding.range.start.line <= last


def _below(span: Range, lines: int) -> Range:
    start, end = span.start, span.end
    return Range(Position(start.line + lines, start.column), Position(end.line + lines, end.column))


@dataclass(frozen=True)
class Unused:
    """A comment, or one of its codes, that silences nothing."""

    suppression: Suppression
    code: Code | None
    source: Source

    @property
    def range(self) -> Range:
        """What is to be removed: the code, or the whole comment."""
        return self.code.range if self.code else self.suppression.range


@dataclass(frozen=True)
class FileComments:
    """A file's suppressions and what they did: what rules about comments are given.

    Attributes:
        path: The file's path from the root.
        unused: Comments and codes that silenced nothing, although their rules ran.
    """

    path: str
    unused: tuple[Unused, ...]


def suppressions(project: Project, path: str) -> tuple[Suppression, ...]:
    """The suppressions in the file `path`, in order; remembered by the project."""
    return project.remember(("suppressions", path), lambda: tuple(_read(project, path)))


def silence(
    project: Project, path: str, findings: Iterable[Finding], ran: frozenset[str]
) -> tuple[list[Finding], FileComments]:
    """The findings of the file `path` that no comment silences, and what the comments did.

    Args:
        project: The project.
        path: The file.
        findings: What was found in it.
        ran: The codes of the rules that ran: a comment about another one is not called unused.
    """
    comments = suppressions(project, path)
    used: set[tuple[Suppression, str]] = set()
    kept = []
    for finding in findings:
        by = [(comment, _named(comment, finding.code)) for comment in comments if comment.covers(finding)]
        silencing = [(comment, code) for comment, code in by if code is not None]
        used.update(silencing)
        if not silencing:
            kept.append(finding)
    return kept, FileComments(path, tuple(_unused(project, path, comments, used, ran)))


def silenced_by_name(project: Project, finding: Finding) -> bool:
    """Whether a comment that names its code silences `finding`, which is about comments.

    One that names no code does not: it would keep the report silent that it is itself without use.
    """
    comments = suppressions(project, finding.path)
    return any(comment.covers(finding) and _named(comment, finding.code) for comment in comments)


def removal(path: str, unused: Unused) -> Fix:
    """The fix that takes an unused comment or code away."""
    from vlint.finding import Applicability

    span = _removed(unused)
    title = f"Remove {unused.code.code}" if unused.code else "Remove the comment"
    return Fix(title, Applicability.SAFE, (Edit(path, span, ""),))


def _read(project: Project, path: str) -> Iterator[Suppression]:
    if b"vlint:" not in (project.tree.read(path) or b""):
        return
    if not path.endswith(".py"):
        yield from suppressions_in(path, file_text(project.tree, path) or "")
        return
    from vlint.syntax.module import load_module

    module = load_module(project, path)
    for number in module.matching(_MARK):
        statement = module.statements[number]
        above = statement.line - 1
        yield from (found.below(above) for found in statement.answer("suppressions", _in_statement))


def _in_statement(text: str) -> tuple[Suppression, ...]:
    """Those in the text of one statement of a module, with lines counted from its first: kept while the text stays."""
    return tuple(suppressions_in(".py", text))


def suppressions_in(path: str, text: str) -> Iterator[Suppression]:
    """The suppressions in `text`, read as the kind of file that `path` is."""
    source = Source(text)
    for start, end, logical in _comments(path, text):
        for match in _PRAGMA.finditer(text, start, end):
            line_start = source.offset(Position(source.position(start).line, 1))
            yield Suppression(
                range=source.range(*match.span()),
                codes=tuple(_codes(source, match)),
                lines=None if match["kind"] == "ignore-file" else logical,
                alone=not text[line_start:start].strip(),
            )


def _codes(source: Source, match: re.Match[str]) -> Iterator[Code]:
    if match["codes"] is not None:
        for code in _CODE.finditer(source.text, *match.span("codes")):
            yield Code(code[0].upper(), source.range(*code.span()))


def _comments(path: str, text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Start and end of each comment (offsets), and the first and last line of the logical line it stands on."""
    name = path.rpartition("/")[2]
    if name.endswith(".py"):
        yield from _python_comments(text)
    elif name.endswith(".toml") or name == "Pipfile":
        yield from _found(_TOML_PIECE, text)
    elif name.endswith((".txt", ".in")):
        yield from _found(_REQUIREMENTS_PIECE, text)


def _found(piece: re.Pattern[str], text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    source = Source(text)
    for match in piece.finditer(text):
        if match["comment"] is not None:
            line = source.position(match.start()).line
            yield (*match.span("comment"), (line, line))


def _python_comments(text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """By the tokenizer; in text that it does not take to the end (half typed), the rest by a pattern."""
    source = Source(text)
    waiting: list[int] = []
    first = None
    seen = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            seen = source.offset(Position(token.end[0], token.end[1] + 1))
            if token.type == tokenize.COMMENT:
                waiting.append(source.offset(Position(token.start[0], token.start[1] + 1)))
            if first is None and token.type not in _NO_CODE:
                first = token.start[0]
            if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER) or (token.type == tokenize.NL and first is None):
                for start in waiting:
                    own = source.position(start).line
                    yield start, _line_end(source, own), (first or own, token.start[0] if first else own)
                waiting.clear()
                first = None
    except (tokenize.TokenError, SyntaxError):
        begin = min([seen, *waiting])
        for start, end, lines in _found(_PYTHON_PIECE, text):
            if start >= begin:
                yield start, end, lines


_NO_CODE = frozenset({tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})


def _line_end(source: Source, line: int) -> int:
    return source.offset(Position(line, 1)) + len(source.line(line))


def _named(comment: Suppression, code: str) -> str | None:
    """The code under which `comment` silences the rule `code` ("" where it names none), or None."""
    if not comment.codes:
        return ""
    return code if any(named.code == code for named in comment.codes) else None


def _unused(
    project: Project,
    path: str,
    comments: Iterable[Suppression],
    used: set[tuple[Suppression, str]],
    ran: frozenset[str],
) -> Iterator[Unused]:
    from vlint.rules.catalogue import rule_names

    known = rule_names()
    source = Source(file_text(project.tree, path) or "")
    for comment in comments:
        if not comment.codes:
            if (comment, "") not in used and ran >= known.keys():
                yield Unused(comment, None, source)
            continue
        idle = [
            code
            for code in comment.codes
            if (comment, code.code) not in used and (code.code in ran or code.code not in known)
        ]
        if len(idle) == len(comment.codes):
            yield Unused(comment, None if len(idle) > 1 or idle[0].code in known else idle[0], source)
        else:
            for code in idle:
                yield Unused(comment, code, source)


def _removed(unused: Unused) -> Range:
    """The range to delete: a code with its comma, a comment with the white space before it or its whole line."""
    source, text = unused.source, unused.source.text
    comment = unused.suppression
    if unused.code and len(comment.codes) > 1:
        start, end = source.offset(unused.code.range.start), source.offset(unused.code.range.end)
        behind = re.compile(r"[\s,]*").match(text, end)
        if unused.code != comment.codes[-1] and behind:
            return source.range(start, behind.end())
        return source.range(len(text[:start].rstrip(", \t")), end)
    start, end = source.offset(comment.range.start), source.offset(comment.range.end)
    line = comment.range.start.line
    line_end = _line_end(source, line)
    if text[end:line_end].strip():  # words of somebody else follow in the same comment
        return source.range(start, end + len(text[end:line_end]) - len(text[end:line_end].lstrip()))
    if comment.alone:
        return Range(Position(line, 1), Position(line + 1, 1))
    return source.range(len(text[:start].rstrip(" \t")), line_end)
