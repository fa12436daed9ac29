"""The globs of a uv workspace's members, as the platform matches them (minimatch)."""

from __future__ import annotations

from wcmatch import glob

_FLAGS = glob.GLOBSTAR | glob.BRACE | glob.EXTGLOB | glob.FORCEUNIX


def matches(path: str, pattern: str) -> bool:
    """Whether `pattern` names `path`."""
    try:
        return bool(glob.globmatch(path, pattern, flags=_FLAGS))
    except ValueError:  # more alternatives than anybody writes
        return False
