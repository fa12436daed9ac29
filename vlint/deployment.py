"""A deployment at a glance: each function of a project with its route, its entry point and what it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vlint.project.functions import functions
from vlint.project.manifests.distributions import distributions
from vlint.project.manifests.environment import environment
from vlint.semantics.entry_points.entry_point import entry_point
from vlint.semantics.entry_points.judgements import Right, Undecided, Wrong

if TYPE_CHECKING:
    from vlint.project.functions import Function
    from vlint.project.manifests.distributions import Distribution
    from vlint.project.project import Project
    from vlint.semantics.entry_points.entry_point import EntryPoint
    from vlint.text import Range

Status = Literal["works", "fails", "not deployed", "unknown"]


@dataclass(frozen=True, slots=True)
class Deployed:
    """What becomes of one function's file.

    Attributes:
        route: The route it answers on, as `/api/:id`.
        path: The file, from the project's root.
        status: Whether its entry point works, as far as that can be known from the source.
        reason: Why it fails or is unknown; empty where it works.
        variable: The variable that the runtime takes, or None.
        interface: `handler`, `wsgi` or `asgi`; None where the entry point fails or is unknown.
        python: The Python version it runs on.
        python_asked: The version that a file asks for, as it is written there, or None.
        python_source: That file, or None.
        python_range: Where in that file the version stands, or None.
        python_outcome: What became of that: a name of `vlint.project.manifests.environment.Outcome` in small letters.
        manifest: The file that its dependencies are installed from, or None.
        manifest_reason: How the platform comes to that file, or why there is none.
        lock: The lock file that is installed from in place of the manifest, or None.
        distributions: What is declared there, or locked, each with its place.
    """

    route: str
    path: str
    status: Status
    reason: str
    variable: str | None
    interface: str | None
    python: str
    python_asked: str | None
    python_source: str | None
    python_range: Range | None
    python_outcome: str
    manifest: str | None
    manifest_reason: str
    lock: str | None
    distributions: tuple[Distribution, ...]


def deployment(project: Project) -> tuple[Deployed, ...]:
    """Every function of `project`, by path."""
    return tuple(deployed(project, function) for function in functions(project))


def deployed(project: Project, function: Function) -> Deployed:
    """What becomes of one function."""
    found = entry_point(project, function)
    gets = environment(project, function)
    status, reason = _status(project, found)
    return Deployed(
        route=function.route,
        path=function.path,
        status=status,
        reason=reason,
        variable=found.variable,
        interface=found.interface,
        python=gets.python.version,
        python_asked=str(gets.python.source.value) if gets.python.source else None,
        python_source=gets.python.source.location.path if gets.python.source else None,
        python_range=gets.python.source.location.range if gets.python.source else None,
        python_outcome=gets.python.outcome.name.lower(),
        manifest=gets.manifest.path if gets.manifest else None,
        manifest_reason=gets.why,
        lock=gets.lock.path if gets.lock else None,
        distributions=distributions(gets),
    )


def _status(project: Project, found: EntryPoint) -> tuple[Status, str]:
    match found.judgement:
        case Right():
            return "works", ""
        case Wrong(reason=reason):
            skipped = found.is_missing and project.platform.functions.without_entry_point == "not-deployed"
            return "not deployed" if skipped else "fails", reason
        case Undecided(reason=reason):
            return "unknown", reason
