"""Diagnostics that are pushed: when they come, and where they point."""

from __future__ import annotations

import pytest
from lsprotocol import types

pytestmark = pytest.mark.asyncio

BROKEN = "app = Flask(\n"


async def test_open_change_save_close(editor) -> None:
    editor.write("api/index.py", BROKEN)
    editor.open("api/index.py")
    found = await editor.until_shown("api/index.py", "VL100")
    assert found[0].severity is types.DiagnosticSeverity.Error
    assert found[0].source == "vlint"
    before = found[0].range.start
    editor.change("api/index.py", "\n\n" + BROKEN)
    await editor.until(lambda: editor.diagnostics("api/index.py")[0].range.start.line == before.line + 2)
    editor.change("api/index.py", "from x import app\n")
    await editor.until_shown("api/index.py")
    editor.close("api/index.py")
    await editor.until_shown("api/index.py", "VL100")


async def test_unsaved_text_counts_for_other_files(editor) -> None:
    """A Pipfile that was never saved is checked as it is shown, and forgotten when it is closed."""
    editor.write("api/index.py", "from x import app\n")
    editor.open("Pipfile", '[requires]\npython_version = "3.11"\n', "toml")
    found = await editor.until(lambda: "VL301" in editor.shown("Pipfile")) or editor.diagnostics("Pipfile")
    at = next(d.range for d in found if d.code == "VL301")
    assert at == types.Range(types.Position(1, 17), types.Position(1, 23))
    editor.close("Pipfile")
    await editor.until_shown("Pipfile")


async def test_changes_on_disk(editor) -> None:
    """A file that a check looked for and did not find is watched; when it comes, what depends on it is checked."""
    editor.write("api/index.py", BROKEN)
    editor.open("api/index.py")
    await editor.until_shown("api/index.py", "VL100")
    await editor.until(lambda: any("Pipfile.lock" in pattern for pattern in editor.watched()))
    editor.write("Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.11"}}}')
    editor.touched("Pipfile.lock", kind=types.FileChangeType.Created)
    await editor.until(lambda: "VL301" in editor.shown("Pipfile.lock"))
    (editor.folder / "Pipfile.lock").unlink()
    editor.touched("Pipfile.lock", kind=types.FileChangeType.Deleted)
    await editor.until_shown("Pipfile.lock")


async def test_roots_below_the_folder(editor) -> None:
    """A directory with a vercel.json is a root of its own, from the moment it has one."""
    editor.write("api/index.py", BROKEN)
    editor.write("backend/api/index.py", BROKEN)
    editor.open("api/index.py")
    await editor.until_shown("api/index.py", "VL100")
    await editor.until(lambda: "**/vercel.json" in editor.watched())
    assert not editor.shown("backend/api/index.py")
    editor.write("backend/vercel.json", "{}")
    editor.touched("backend/vercel.json", kind=types.FileChangeType.Created)
    await editor.until_shown("backend/api/index.py", "VL100")
    (editor.folder / "backend/vercel.json").unlink()
    editor.touched("backend/vercel.json", kind=types.FileChangeType.Deleted)
    await editor.until_shown("backend/api/index.py")


async def test_what_changed_while_nobody_watched_it(editor) -> None:
    """A file that no check looks at is not watched; when one does again, it is looked at as it is by then."""
    importing, other = "from lib import app\n", "from x import app\n"
    editor.write("lib.py", "app = 'text'\n")
    editor.open("api/index.py", importing)
    await editor.until_shown("api/index.py", "VL103")
    await editor.until(lambda: any("lib.py" in pattern for pattern in editor.watched()))
    editor.change("api/index.py", other)
    await editor.until_shown("api/index.py")
    await editor.until(lambda: not any("lib.py" in pattern for pattern in editor.watched()))
    editor.write("lib.py", "from x import app\n")
    editor.change("api/index.py", importing)
    settled = await editor.client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    assert [report.uri for report in settled.items if report.items] == []
    await editor.until_shown("api/index.py")
