"""Changes on disk: the client is asked to watch exactly the files that a check looked at, there or not."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from lsprotocol import types

from lsp_server.uris import from_path, to_path
from vlint.platform import load_platform

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from lsp_server.server import VlintServer
    from lsp_server.session import Session

_SPECIAL = re.compile(r"[*?\[\]{},!\\]")
# The protocol means a sum of the kinds; the generated type does not know that.
_CAME_OR_WENT = cast("types.WatchKind", types.WatchKind.Create | types.WatchKind.Delete)


@dataclass
class _Watched:
    """What is watched for one folder: pairs of a root and a path from there.

    Attributes:
        state: What `record_changes` of the roots came to when it was registered.
        now: What is watched.
        before: What was and is no longer: nobody tells when it changes.
    """

    state: int
    now: set[tuple[Path, str]] = field(default_factory=set)
    before: set[tuple[Path, str]] = field(default_factory=set)

    def take(self, asked: set[tuple[Path, str]]) -> set[PurePath]:
        """Watch what is `asked` for; what may have changed in the meantime is returned."""
        again = asked & self.before
        self.before |= self.now
        self.before -= asked
        self.now = asked
        return {root / path for root, path in again}


def register(server: VlintServer) -> None:
    """Register the feature."""
    registered: dict[PurePath, _Watched] = {}

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed(params: types.DidChangeWatchedFilesParams) -> None:
        by_worker = defaultdict(set)
        for event in params.changes:
            path = to_path(event.uri)
            worker = server.sessions.worker(path) if path is not None else None
            if path is not None and worker is not None:
                by_worker[worker].add(path)
        for worker, paths in by_worker.items():
            worker.changed(paths)

    def watch(session: Session) -> None:
        state = sum(root.record_changes for root in session.roots)
        watched = registered.get(session.folder)
        if not _can_watch(server) or (watched and watched.state == state) or not session.is_settled():
            return
        again = watched is not None
        watched = registered.setdefault(session.folder, _Watched(state))
        watched.state = state
        watchers = _watchers(server, session)
        server.send(lambda: _register(server, session, watchers, again=again))
        unseen, worker = watched.take(_asked(session)), server.sessions.worker(session.folder)
        if unseen and worker is not None:
            worker.changed(unseen)

    server.on_work.append(watch)


def _asked(session: Session) -> set[tuple[Path, str]]:
    """Everything in the records."""
    found = set()
    for root in session.roots:
        record = root.record()
        found |= {(root.directory, path) for path in record.reads | record.lookups | record.listings}
    return found


def _can_watch(server: VlintServer) -> bool:
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    return bool(watched and watched.dynamic_registration)


def _takes_bases(server: VlintServer) -> bool:
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    return bool(watched and watched.relative_pattern_support)


def _register(server: VlintServer, session: Session, watchers: list[types.FileSystemWatcher], *, again: bool) -> None:
    identifier = f"vlint files {from_path(session.folder)}"
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    if again:
        server.client_unregister_capability(types.UnregistrationParams([types.Unregistration(identifier, method)]))
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration(identifier, method, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def _watchers(server: VlintServer, session: Session) -> list[types.FileSystemWatcher]:
    """One watcher for each directory in the records, with the names that were asked for in it."""
    names: dict[PurePath, set[str]] = defaultdict(set)
    listed: set[PurePath] = set()
    for root in session.roots:
        record = root.record()
        for path in record.reads | record.lookups:
            place = root.directory / path
            names[place.parent].add(place.name)
        listed |= {root.directory / path for path in record.listings}
    name = load_platform().functions.root_file
    anywhere = types.FileSystemWatcher(
        types.RelativePattern(from_path(session.folder), f"**/{name}") if _takes_bases(server) else f"**/{name}",
        _CAME_OR_WENT,
    )
    watchers = [anywhere] + [
        _watcher(server, session, directory, found, None) for directory, found in sorted(names.items())
    ]
    return watchers + [_watcher(server, session, directory, None, _CAME_OR_WENT) for directory in sorted(listed)]


def _watcher(
    server: VlintServer, session: Session, directory: PurePath, names: set[str] | None, kind: types.WatchKind | None
) -> types.FileSystemWatcher:
    # A character with a meaning in patterns is matched by any one: the protocol has no way to escape it.
    safe = sorted(_SPECIAL.sub("?", name) for name in names) if names is not None else ["*"]
    pattern = safe[0] if len(safe) == 1 else "{" + ",".join(safe) + "}"
    if _takes_bases(server):
        return types.FileSystemWatcher(types.RelativePattern(from_path(directory), pattern), kind)
    return types.FileSystemWatcher(f"{_SPECIAL.sub('?', directory.as_posix())}/{pattern}", kind)
