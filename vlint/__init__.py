"""vlint: what the platform will do with the Python of a project, said before it is deployed.

The public interface is `lint` and the values it returns. Importing this package costs next to nothing:
the parts that need libcst are imported when `lint` is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vlint.finding import Applicability, Edit, Finding, Fix, Related, Severity
from vlint.text import Position, Range

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

__all__ = [
    "Applicability",
    "Edit",
    "Finding",
    "Fix",
    "Position",
    "Range",
    "Related",
    "Severity",
    "__version__",
    "lint",
]

__version__ = "0.1.0"


def lint(
    root: str | PathLike[str],
    *,
    platform: str | None = None,
    overlay: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Check one project root and return its findings, ordered by path, line, column and code.

    Pure and re-entrant: it reads below `root` only, writes nothing, and keeps no state between calls, so it can be
    called from threads and processes; the findings pickle. Settings and suppression comments of the project apply.

    Args:
        root: The directory that is deployed (the one that holds `api/`).
        platform: A platform's name, as `vlint config` shows it; None takes the project's setting or the default.
        overlay: Text that stands in for files, by path relative to `root` with `/` (unsaved editor buffers).

    Raises:
        NotADirectoryError: `root` is not a directory.
        vlint.settings.SettingsError: the project's settings are invalid, or `platform` is unknown.
    """
    from vlint.linter import lint as run

    return run(root, platform=platform, overlay=overlay)
