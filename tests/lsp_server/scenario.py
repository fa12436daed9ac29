"""Random histories of a project in an editor: edits, saves, renames, deletions, in the editor and behind its back."""

from __future__ import annotations

import random
import shutil
from abc import ABC, abstractmethod
from pathlib import Path

from lsp_server.session import Session
from vlint.linter import check, open_project
from vlint.project.roots import find_roots

PATHS = (
    "api/index.py",
    "api/user.py",
    "api/[id].py",
    "api/_helper.py",
    "api/sub/index.py",
    "lib/web.py",
    "lib/__init__.py",
    "data/file.txt",
    "api/file.txt",
    "Pipfile",
    "Pipfile.lock",
    "requirements.txt",
    "package.json",
    "vercel.json",
    "backend/vercel.json",
    "backend/api/index.py",
    ".gitignore",
    ".python-version",
    "pyproject.toml",
    "vlint.toml",
)

DIRECTORIES = ("api", "api/sub", "lib", "data", "texts", "backend", "backend/api", "front")
"""What a directory may be called next."""

TEXTS = {
    ".py": (
        "",
        "from flask import Flask\napp = Flask(__name__)\n",
        "from lib.web import app\n",
        "from lib.web import app\nfrom api._helper import read\nread()\n",
        "def read():\n    return open('data/file.txt').read()\n",
        "def read():\n    return open('file.txt').read()\n",
        "app = 'text'\n",
        "app = Flask(\n",
        "from http.server import BaseHTTPRequestHandler\nclass handler(BaseHTTPRequestHandler):\n    pass\n",
        "handler = lambda event, context: None\n",
        "with open('../data/file.txt') as file:  # vlint: ignore[VL201]\n    text = file.read()\n",
        "# vlint: ignore-file[VL101]\nx = 1\n",
        "x = 1  # vlint: ignore[VL101]\n",
        "import helper\nfrom .sub import index\n",
    ),
    "Pipfile": ('[requires]\npython_version = "3.11"\n', '[requires]\npython_version = "3.12"\n', "[requires\n"),
    "Pipfile.lock": ('{"_meta": {"requires": {"python_version": "3.9"}}}', "{", "{}"),
    "requirements.txt": ("flask\n", "flask==1\nflask==2\n", "flask ==\n", "-r other.txt\n"),
    "package.json": ('{"engines": {"node": "18.x"}}', "{}", "{"),
    "vercel.json": ("{}", '{"functions": {"api/*.py": {"memory": 1}}}', "{", '{"functions": {"api/none.py": {}}}'),
    ".gitignore": ("data\n", "api/user.py\n", ""),
    ".python-version": ("3.12\n", "3.6\n"),
    "pyproject.toml": ("[project]\nname = 'x'\nrequires-python = '>=3.13'\n", "[", "[tool.vlint]\nignore = ['VL1']\n"),
    "vlint.toml": ("ignore = ['VL3']\n", "platform = '2026-08'\n", "", "platform = '2025-03'\n"),
    ".txt": ("text\n", ""),
}

MARKS = ("(", "'", '"""', "\n", "#", ":", "=", "x", "\t", "}", "é", "😀", "\\")


class History(ABC):
    """A project on disk, something that shows its diagnostics as an editor does, and what happens to both.

    Attributes:
        folder: Where the project is.
        open: The text of each document that is open.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.open: dict[Path, str] = {}
        for name in PATHS:
            if self.random.random() < 0.4:
                self._write(folder / name, self._text(name))

    def happen(self, times: int) -> None:
        """Let that many things happen, with work begun in between and overtaken."""
        events = (self.edit, self.type, self.save, self.close, self.write_behind, self.rename, self.delete)
        for _ in range(times):
            self.random.choices(events, (4, 8, 3, 2, 3, 1, 1))[0]()
            self.pause()

    # What is told of it

    @abstractmethod
    def tell_shown(self, path: Path, text: str) -> None:
        """The editor shows `text` from now on."""

    @abstractmethod
    def tell_closed(self, path: Path) -> None:
        """The editor shows the document no longer."""

    @abstractmethod
    def tell_saved(self, path: Path) -> None:
        """The editor has saved the document."""

    @abstractmethod
    def tell_renamed(self, old: Path, new: Path) -> None:
        """The file `old` is called `new` now."""

    @abstractmethod
    def tell_deleted(self, path: Path) -> None:
        """The file or directory is gone."""

    @abstractmethod
    def tell_written(self, path: Path) -> None:
        """Somebody else has written the file."""

    @abstractmethod
    def pause(self) -> None:
        """Leave some time for work, or none."""

    @abstractmethod
    def before_disk(self) -> None:
        """Something is going to change on disk."""

    # In the editor

    def edit(self) -> None:
        path = self._any()
        self.show(path, self._text(path.name))

    def type(self) -> None:
        """A character comes or goes."""
        path = self._any_open()
        text = self.open[path]
        place = self.random.randint(0, len(text))
        if self.random.random() < 0.5:
            self.show(path, text[:place] + self.random.choice(MARKS) + text[place:])
        else:
            self.show(path, text[:place] + text[place + 1 :])

    def show(self, path: Path, text: str) -> None:
        self.tell_shown(path, text)
        self.open[path] = text

    def save(self, path: Path | None = None) -> None:
        path = path or self._any_open()
        self._write(path, self.open[path])
        self.tell_saved(path)

    def close(self) -> None:
        path = self._any_open()
        del self.open[path]
        self.tell_closed(path)

    # On disk

    def write_behind(self) -> None:
        path = self._any()
        self.before_disk()
        self._write(path, self._text(path.name))
        self.tell_written(path)

    def rename(self) -> None:
        """A file gets another name, or a directory with all that is in it."""
        old, new = self._any(), self._any()
        if self.random.random() < 0.3 and old.parent != self.folder:
            old, new = old.parent, self.folder / self.random.choice(DIRECTORIES)
        if old.exists() and not new.exists() and not new.is_relative_to(old):
            self.before_disk()
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
            self.tell_renamed(old, new)

    def delete(self) -> None:
        path = self._any()
        if self.random.random() < 0.2 and path.parent != self.folder:
            path = path.parent
        self.before_disk()
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        self.tell_deleted(path)

    def _text(self, name: str) -> str:
        name = Path(name).name
        pool = TEXTS.get(name) or TEXTS[Path(name).suffix]
        return self.random.choice(pool)

    def _any(self) -> Path:
        return self.folder / self.random.choice(PATHS)

    def _any_open(self) -> Path:
        if not self.open:
            self.edit()
        return self.random.choice(list(self.open))

    def _write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


class SessionHistory(History):
    """What happens is told to a session in this process."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.session = Session(folder)
        self.session.settle()

    def tell_shown(self, path: Path, text: str) -> None:
        self.session.edit(path, text)

    def tell_closed(self, path: Path) -> None:
        self.session.changed({path})
        self.session.edit(path, None)

    def tell_saved(self, path: Path) -> None:
        self.session.changed({path})

    tell_written = tell_deleted = tell_saved

    def before_disk(self) -> None:
        """A session needs no warning."""

    def tell_renamed(self, old: Path, new: Path) -> None:
        self.session.changed({old, new})

    def pause(self) -> None:
        for _ in range(self.random.choice((0, 0, 1, 3))):
            self.session.step()
        if self.random.random() < 0.2:
            self.session.take_changed()

    def in_the_editor(self) -> list[str]:
        """What the session shows when all has been examined."""
        self.session.settle()
        found = [
            self._described(root.directory, finding)
            for path in self.session.shown()
            for root, finding in self.session.findings(path)
        ]
        return sorted(set(found))

    def afresh(self) -> list[str]:
        """What a new run over the same texts finds."""
        found = []
        for root in find_roots([self.folder]):
            own = {
                p.relative_to(root.directory).as_posix(): t
                for p, t in self.open.items()
                if p.is_relative_to(root.directory)
            }
            settings = next(one for one in self.session.roots if one.directory == root.directory).settings
            project = open_project(root.directory, overlay=own, settings=settings)
            found += [self._described(root.directory, finding) for finding in check(project)]
        return sorted(set(found))

    def _described(self, root: Path, finding) -> str:
        start, end = finding.range.start, finding.range.end
        place = f"{(root / finding.path).relative_to(self.folder)}:{start.line}:{start.column}-{end.line}:{end.column}"
        return f"{place} {finding.code} {finding.severity.value} {finding.message}"
