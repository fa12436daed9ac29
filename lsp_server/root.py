"""One project root under an editor: its linter project with unsaved text laid over, examined unit by unit.

A unit (a function, or the root as a whole) is examined again when something that it asked for has changed; what was
found before is kept until then.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vlint.linter import PROJECT_UNIT, examine, filter_findings, open_project, units
from vlint.project.file_text import file_text
from vlint.project.project import Interrupted
from vlint.rules.registry import all_rules
from vlint.settings import SettingsError, load_settings
from vlint.suppressions import suppressions
from vlint.syntax.module import load_module
from vlint.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from vlint.finding import Finding
    from vlint.project.project import Project
    from vlint.project.tree import Record
    from vlint.settings import Settings

EDITOR = "the editor's settings"
"""What the editor's own settings are called in messages."""


class Root:
    """A root's project and what has been found in it so far. Not for use by several threads at once.

    Attributes:
        directory: The root (absolute).
        project: The linter's project.
        settings: The settings in force.
        failures: What went wrong since somebody last looked; who looks empties it.
        record_changes: Counts up whenever `record()` has become another.
    """

    def __init__(self, directory: Path, options: Mapping[str, Any], overlay: Mapping[str, str]) -> None:
        """Open `directory`; `options` are settings by their names in TOML that go over those of files."""
        self.directory = directory
        self.failures: list[Exception] = []
        self.record_changes = 0
        self._options = dict(options)
        self._overlay = dict(overlay)
        self._open()

    def _open(self) -> None:
        self.settings = self._load_settings()
        self.project: Project = open_project(self.directory, overlay=self._overlay, settings=self.settings)
        self.project.is_edited = True
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._units_about: dict[str, set[str]] = {}
        self._records: dict[str, Record] = {}
        self._readers: Counter[str] = Counter()
        self._changed: set[str] = set()
        self._provisional: set[str] = set()
        self.record_changes += 1
        self._waiting: dict[str, None] | None = None

    def _load_settings(self) -> Settings:
        """The settings in force; where they are wrong, what can be had without the part that is."""
        from vlint.settings import Settings

        settings = Settings()
        try:
            settings = load_settings(self.directory, overlay=self._overlay)
        except SettingsError as error:
            self.failures.append(error)
        for name, value in self._options.items():
            try:
                settings = settings.with_values({name: value}, EDITOR)
            except SettingsError as error:
                self.failures.append(error)
        return settings

    # What changes

    def set_text(self, path: str, text: str | None) -> None:
        """Lay an editor's text over the file `path`; None takes it away."""
        if text is None:
            self._overlay.pop(path, None)
        else:
            self._overlay[path] = text
        self.project.tree.set_overlay(path, text)
        self._after_change([path])
        self._changed.add(path)

    def changed(self, paths: Iterable[str]) -> None:
        """Look again at `paths`, which may have changed on disk."""
        paths = list(paths)
        self.project.changed(paths)
        self._after_change(paths)

    def configure(self, options: Mapping[str, Any]) -> None:
        """Take other settings from the editor."""
        self._options = dict(options)
        self._reopen_if_settings_changed()

    def reopen(self) -> None:
        """Forget everything and begin again."""
        shown = self.shown()
        self._open()
        self._changed = shown

    def _after_change(self, paths: Iterable[str]) -> None:
        self._waiting = None
        self._changed.update(path for path in paths if path in self._units_about or self._readers[path])
        if any(path.rpartition("/")[2].endswith(".toml") for path in paths):
            self._reopen_if_settings_changed()

    def _reopen_if_settings_changed(self) -> None:
        failures, self.failures = self.failures, []
        if self._load_settings() != self.settings:
            self.reopen()
        self.failures = failures + self.failures

    # What is to be done

    def waiting(self) -> Collection[str]:
        """The units that have to be examined (again)."""
        if self._waiting is None:
            current = units(self.project)
            self._waiting = {unit: None for unit in current if not self.project.knows(_key(unit))}
            for gone in self._found.keys() - set(current):
                self._settle(gone, ())
                del self._found[gone]
                gone_reads = self._records.pop(gone).reads
                self._readers.subtract(gone_reads)
                self._changed |= gone_reads
        return self._waiting

    @property
    def unit_count(self) -> int:
        """How many units there are."""
        return len(units(self.project))

    def concerns(self, unit: str, path: str) -> bool:
        """Whether examining `unit` may change what is shown for the file `path`."""
        if unit == path or unit in self._units_about.get(path, ()):
            return True
        return unit not in self._found and path not in self._found

    def is_settled(self, path: str) -> bool:
        """Whether no unit that waits concerns the file `path`."""
        return not any(self.concerns(unit, path) for unit in self.waiting())

    def examine(self, unit: str, overtaken: Callable[[], bool] | None = None) -> None:
        """Examine one unit; failures of rules are put into `failures`.

        `overtaken` is asked often: True ends the examination early, and the unit waits on.
        """
        self.project.interrupted = overtaken
        try:
            found = self.project.remember(_key(unit), lambda: self._examine(unit))
        except Interrupted:
            return
        finally:
            self.project.interrupted = None
        record = self.project.recall(_key(unit))
        assert record is not None
        self.record_changes += record != self._records.get(unit)
        before = self._records[unit].reads if unit in self._records else set()
        self._readers.subtract(before)
        self._readers.update(record.reads)
        self._changed |= before ^ record.reads
        self._records[unit] = record
        self._settle(unit, found)
        if self._waiting is not None:
            self._waiting.pop(unit, None)
            if not self._waiting:
                self._changed |= self._provisional
                self._provisional.clear()

    def _examine(self, unit: str) -> tuple[Finding, ...]:
        try:
            return examine(self.project, unit, self.failures.append)
        except Exception as error:
            self.failures.append(error)
            return ()

    def _settle(self, unit: str, found: tuple[Finding, ...]) -> None:
        before = self._found.get(unit)
        self._found[unit] = found
        if before == found:
            return
        paths = {finding.path for finding in found}
        old_paths = {finding.path for finding in before or ()}
        for path in paths:
            self._units_about.setdefault(path, set()).add(unit)
        for path in old_paths - paths:
            self._units_about[path].discard(unit)
        self._changed |= paths | old_paths | ({unit} if before is None and unit != PROJECT_UNIT else set())

    # What is known

    def take_changed(self, *, finished_only: bool = True) -> set[str]:
        """The files whose findings may be others than when this was last called.

        Args:
            finished_only: Leave those for a later call about which a unit that waits may still have something to say.
        """
        self.waiting()  # takes in what has gone
        ready = {path for path in self._changed if not finished_only or self.is_settled(path)}
        self._changed -= ready
        return ready

    def findings(self, path: str) -> list[Finding]:
        """The findings in the file `path`, with settings and comments that silence applied."""
        about = {finding for unit in self._units_about.get(path, ()) for finding in self._found[unit]}
        files = [path] if self._readers[path] else []
        own = [finding for finding in about if finding.path == path]
        found = filter_findings(self.project, own, files, self.failures.append)
        if all(unit in self._found for unit in self.waiting()):
            return found
        # A comment that seems to silence nothing may yet turn out to silence something.
        certain = [finding for finding in found if finding.code not in _about_comments()]
        if certain != found:
            self._provisional.add(path)
        return certain

    def source(self, path: str) -> Source:
        """The text of the file `path` as findings count it."""
        if path.endswith(".py"):
            return load_module(self.project, path).source
        return self.project.remember(("source", path), lambda: Source(file_text(self.project.tree, path) or ""))

    def text(self, path: str) -> str | None:
        """The editor's text of the file `path`, or None where it has none."""
        return self._overlay.get(path)

    def record(self) -> Record:
        """Everything that the examinations so far have asked the file system."""
        from vlint.project.tree import Record

        record = Record()
        for own in self._records.values():
            record.update(own)
        return record

    def shown(self) -> set[str]:
        """The files that may have findings: those about which something was found, and those with a text to silence."""
        commented = {path for path, count in self._readers.items() if count > 0 and suppressions(self.project, path)}
        return {path for path, about in self._units_about.items() if about} | set(self._overlay) | commented


def _key(unit: str) -> tuple[str, str]:
    return ("editor", unit)


def _about_comments() -> frozenset[str]:
    return frozenset(rule.code for rule in all_rules() if rule.scope == "comments")
