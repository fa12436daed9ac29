"""`--fix` and `--diff`: makes the fixes that the linter proposes, and writes them or shows what they would change."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vlint.cli.examining import examine_units
from vlint.cli.shown import shown_path
from vlint.fixes import encode, fix_all, unified_diff
from vlint.linter import filter_findings, units
from vlint.project.file_text import file_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from vlint.cli.checking import Root
    from vlint.finding import Finding
    from vlint.fixes import Outcome


def mend(roots: Iterable[Root], options: argparse.Namespace) -> bytes | None:
    """Make the fixes of every root. Returns what goes to standard output in place of the report, or None.

    With `--diff` no file is written and the findings stay as they are. Standard input, mended, is given back.

    Raises:
        OSError: a file cannot be written.
    """
    output = b""
    for root in roots:
        before = list(root.findings)
        outcome = _fixed(root, unsafe=options.unsafe_fixes, only_input=bool(options.stdin_filename))
        original = {path: _content(root, path) for path in outcome.texts}
        changed = {path: encode(text, original[path]) for path, text in outcome.texts.items()}
        if options.diff:
            output += unified_diff(_shown(root, original), _shown(root, changed))
            _forget(root, outcome)
            root.findings = before
            continue
        root.fixed, root.findings = outcome.fixed, list(outcome.remaining)
        if options.stdin_filename:
            name = next(iter(root.work.overlay))
            output += changed.get(name, _content(root, name))
        else:
            for path, content in changed.items():
                _write(root.work.root / path, content)
    return output if options.diff or options.stdin_filename else None


def _fixed(root: Root, *, unsafe: bool, only_input: bool) -> Outcome:
    """Check and fix in rounds; the first round is what was found already."""
    project = root.project
    first = list(root.findings)

    def check(texts: Mapping[str, str]) -> list[Finding]:
        if not texts:
            findings = first
        else:
            for path, text in texts.items():
                project.tree.set_overlay(path, text)
            examined = examine_units(project, units(project), lambda count: None)
            found = filter_findings(project, examined.findings, examined.read)
            findings = [finding for finding in found if root.concerns(finding)]
        return [_within(finding, root) for finding in findings] if only_input else findings

    return fix_all(check, lambda path: file_text(project.tree, path) or "", unsafe=unsafe)


def _within(finding: Finding, root: Root) -> Finding:
    """`finding` without a fix that would change another file than the one on standard input."""
    if finding.fix is None or all(edit.path in root.work.overlay for edit in finding.fix.edits):
        return finding
    return replace(finding, fix=None)


def _content(root: Root, path: str) -> bytes:
    """What `path` held before: on standard input, or on disk."""
    if path in root.work.overlay:
        return root.work.overlay[path].encode("utf-8", "surrogateescape")
    try:
        return (root.work.root / path).read_bytes()
    except FileNotFoundError:
        return b""


def _forget(root: Root, outcome: Outcome) -> None:
    """Take the fixed texts off the project again, so that the report shows the files as they are."""
    for path in outcome.texts:
        root.project.tree.set_overlay(path, root.work.overlay.get(path))


def _shown(root: Root, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    return {shown_path(root.work.root, path).lstrip("/"): content for path, content in contents.items()}


def _write(place: Path, content: bytes) -> None:
    """Put `content` in place whole or not at all; the file keeps its mode, and a link stays a link."""
    place = place.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    made = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        made.chmod(place.stat().st_mode if place.exists() else 0o644)
        made.replace(place)
    except BaseException:
        made.unlink()
        raise
