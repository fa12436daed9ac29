"""One project root on one platform: the place where what was computed is remembered, with what it depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from vlint.platform import Platform
    from vlint.project.tree import Record, Tree

T = TypeVar("T")


class Project:
    """A root, its tree and platform, and a memory of computed values.

    `remember` keeps each value with the record of what it asked of the tree. `changed` forgets just the values that
    a change can alter, so an editor re-examines no more than it must. Not for use by several threads at once.
    """

    def __init__(self, tree: Tree, platform: Platform) -> None:
        self.tree = tree
        self.platform = platform
        self._memory: dict[Hashable, tuple[object, Record]] = {}

    def remember(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of `compute`, made once for `key`; what it asked of the tree counts as asked at each call."""
        known = self._memory.get(key)
        if known is not None:
            self.tree.record.update(known[1])
            return cast("T", known[0])
        with self.tree.recording() as record:
            value = compute()
        self._memory[key] = (value, record)
        return value

    def recall(self, key: Hashable) -> Record | None:
        """The record under which `key` is remembered, or None."""
        known = self._memory.get(key)
        return known[1] if known is not None else None

    def changed(self, paths: Iterable[str]) -> None:
        """Forget what depends on `paths`: their text, their existence, or the listing of their directory."""
        paths = list(paths)
        self.tree.forget(paths)
        stale = [key for key, (_, record) in self._memory.items() if record.touches(paths)]
        for key in stale:
            del self._memory[key]
