"""One workspace folder: its roots, what is open in it, and the order in which it is examined. Knows no protocol.

Not for use by several threads at once: a `Worker` gives it a thread of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from lsp_server.root import Root
from lsp_server.uris import relative
from vlint.platform import load_platform
from vlint.project.roots import find_roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path, PurePath

    from vlint.finding import Finding


@dataclass(frozen=True, slots=True)
class File:
    """A file of a root: where vlint knows it under `path` (from the root, with `/`)."""

    root: Root
    path: str

    @property
    def place(self) -> Path:
        """The absolute path."""
        return self.root.directory / self.path


class Session:
    """The linter over one workspace folder, kept up to date edit by edit."""

    def __init__(self, folder: Path, options: Mapping[str, Any] | None = None, *, nested: bool = True) -> None:
        """Open `folder` (absolute).

        Args:
            folder: The folder.
            options: Settings by their names in TOML.
            nested: Look for roots below the folder, too; where it is none that the user opened, that may be the disk.
        """
        self.folder = folder
        self._nested = nested
        self._options = dict(options or {})
        self._texts: dict[PurePath, str] = {}
        self._recent: dict[PurePath, None] = {}
        self._roots: dict[Path, Root] = {}
        self._removed: set[PurePath] = set()
        self._edited: set[PurePath] = set()
        self._find_roots()

    @property
    def roots(self) -> tuple[Root, ...]:
        """The roots in this folder, outer ones first."""
        return tuple(self._roots.values())

    def file(self, path: PurePath) -> File | None:
        """The file at an absolute path as a file of the nearest root above it, or None where there is none."""
        return next(self._files(path), None)

    def _files(self, path: PurePath) -> Iterator[File]:
        """The file in each root above it, the nearest first."""
        for root in reversed(self.roots):
            own = relative(path, root.directory)
            if own:
                yield File(root, own)

    # What changes

    def edit(self, path: PurePath, text: str | None) -> None:
        """The editor shows `text` for the file `path` from now on; None: it shows it no longer."""
        self._edited.add(path)
        self._recent.pop(path, None)
        if text is None:
            self._texts.pop(path, None)
        else:
            self._texts[path] = text
            self._recent[path] = None
        for file in self._files(path):
            file.root.set_text(file.path, text)

    def changed(self, paths: Iterable[PurePath]) -> None:
        """Files or directories were written, made or removed on disk."""
        paths = list(paths)
        for root in self.roots:
            root.changed([own for own in (relative(path, root.directory) for path in paths) if own is not None])
        self._find_roots()

    def configure(self, options: Mapping[str, Any]) -> None:
        """Take other settings from the editor."""
        if options != self._options:
            self._options = dict(options)
            for root in self.roots:
                root.configure(options)

    def reopen(self) -> None:
        """Forget everything and begin again."""
        for root in self.roots:
            root.reopen()
        self._find_roots()

    def _find_roots(self) -> None:
        """Open roots that have come and drop those that have gone."""
        found = set(self._root_directories())
        if found == self._roots.keys():
            return
        for gone in self._roots.keys() - found:
            self._removed |= {gone / path for path in self._roots.pop(gone).shown()}
        for directory in sorted(found):
            if directory not in self._roots:
                texts = {relative(path, directory): text for path, text in self._texts.items()}
                overlay = {path: text for path, text in texts.items() if path}
                self._roots[directory] = Root(directory, self._options, overlay)
        self._roots = dict(sorted(self._roots.items()))

    def _root_directories(self) -> Iterator[Path]:
        """Where roots are, as the editor names the places: below the folder itself where that is a symbolic link."""
        if not self.folder.is_dir():
            return
        if not self._nested:
            yield self.folder
            return
        place = self.folder.resolve()
        for root in find_roots([place]):
            yield self.folder / root.directory.relative_to(place)

    # What is to be done

    def step(self, overtaken: Callable[[bool], bool] | None = None, *, urgent_only: bool = False) -> bool:
        """Examine one unit, the most urgent; False where none waits, or none that concerns an open document.

        Args:
            overtaken: Asked often, with whether the unit concerns an open document: True ends the examination early,
                and the unit waits on.
            urgent_only: Leave the units that concern no open document.
        """
        for root, unit, is_urgent in self._by_urgency():
            if urgent_only and not is_urgent:
                break
            root.examine(unit, None if overtaken is None else partial(overtaken, is_urgent))
            return True
        return False

    def settle(self, path: PurePath | None = None) -> None:
        """Examine all that waits, or all that concerns one file."""
        while not self.is_settled(path) and self.step():
            pass

    def is_settled(self, path: PurePath | None = None) -> bool:
        """Whether no unit waits, or none that concerns one file."""
        if path is None:
            return not any(root.waiting() for root in self.roots)
        files = self._files(path)
        return all(file.root.is_settled(file.path) for file in files)

    def progress(self) -> tuple[int, int]:
        """How many units have been examined, and how many there are."""
        waiting = sum(len(root.waiting()) for root in self.roots)
        return sum(root.unit_count for root in self.roots) - waiting, sum(root.unit_count for root in self.roots)

    def _by_urgency(self) -> Iterator[tuple[Root, str, bool]]:
        """What waits: first what concerns the document that was edited last, then the others that are open.

        With each, whether it is one of these.
        """
        for path in reversed(self._recent):
            for file in self._files(path):
                waiting = file.root.waiting()
                if file.path in waiting:
                    yield file.root, file.path, True
                for unit in waiting:
                    if file.root.concerns(unit, file.path):
                        yield file.root, unit, True
        for root in self.roots:
            for unit in root.waiting():
                yield root, unit, False

    # What is known

    def take_changed(self) -> set[PurePath]:
        """The files (absolute) whose findings may be others than when this was last called, once they are settled."""
        changed: set[PurePath] = self._removed
        self._removed = set()
        for root in self.roots:
            changed |= {root.directory / path for path in root.take_changed()}
        return changed

    def take_edited(self) -> set[PurePath]:
        """The files that the editor sent texts of since this was last called, once they are settled."""
        edited = {path for path in self._edited if self.is_settled(path)}
        self._edited -= edited
        return edited

    def findings(self, path: PurePath) -> list[tuple[Root, Finding]]:
        """The findings in the file `path`, each with the root that its paths are relative to."""
        found: dict[object, tuple[Root, Finding]] = {}
        for root in reversed(self.roots):
            own = relative(path, root.directory)
            if own:
                for finding in root.findings(own):
                    found.setdefault((finding.sort_key, finding.range), (root, finding))
        return sorted(found.values(), key=lambda pair: pair[1].sort_key)

    def shown(self) -> set[PurePath]:
        """Every file (absolute) that may have findings."""
        return {root.directory / path for root in self.roots for path in root.shown()}


def is_configuration(path: PurePath) -> bool:
    """Whether a file of this name makes its directory a root."""
    return path.name == load_platform().functions.root_file
