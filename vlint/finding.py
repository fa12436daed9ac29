"""What vlint says: findings, where they point, and the fixes they carry. Plain frozen values that pickle."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vlint.text import Range


class Severity(Enum):
    """How bad it is: the build or request fails, it probably does or is ignored, or it is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for an error, 1 for a warning, 0 for information."""
        return {"error": 2, "warning": 1, "info": 0}[self.value]


class Applicability(Enum):
    """Whether a fix keeps the meaning (safe) or needs a look (unsafe)."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Location:
    """A range in a file; `path` is relative to the project root, with `/`."""

    path: str
    range: Range

    def settled(self) -> Location:
        """The same, of fixed values: one that is made when asked for can be of another class."""
        return self


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `range` of the file `path` with `text`; an empty range inserts."""

    path: str
    range: Range
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are made or none."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields; the linter adds the rule's code, name and address and makes it a `Finding`.

    Attributes:
        location: What the problem is about, as narrow as it can be (the class name, the argument, the value).
        message: One sentence that says what is wrong and what the platform will do; no full stop at its end.
        help: What to write instead, or None.
        severity: Stands in for the rule's own severity where this case is better or worse.
    """

    location: Location
    message: str
    help: str | None = None
    severity: Severity | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    unnecessary: bool = False
    """Whether the range is code that has no effect (editors fade it)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the rule that found it. `path` is relative to the project root, with `/`."""

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    range: Range
    url: str
    help: str | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = field(default=())
    unnecessary: bool = False

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Path, line, column, code, message: the order of every report."""
        return (self.path, self.range.start.line, self.range.start.column, self.code, self.message)
