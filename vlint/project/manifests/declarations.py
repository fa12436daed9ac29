"""Whether an imported module is there at run time: declared, brought along by what is declared, or missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name

from vlint.platform.distributions import brings, extra_brings, is_known_distribution, often_brought, origin
from vlint.platform.standard_library import standard_library
from vlint.project.manifests.environment import environment_of
from vlint.project.manifests.markers import applies
from vlint.project.manifests.resolved_lock import locked_names

if TYPE_CHECKING:
    from vlint.platform.distributions import Origin
    from vlint.project.manifests.environment import Environment
    from vlint.project.manifests.manifest import Requirement
    from vlint.project.project import Project


class Standing(Enum):
    """How a module stands with the manifest."""

    PRESENT = "declared, or the standard library's"
    UNKNOWN = "cannot be known"
    BROUGHT = "not declared, but something that is declared brings it along"
    POSSIBLY_BROUGHT = "not declared, and what is declared may bring it along"
    EXCLUDED = "declared under a marker that does not hold on the platform"
    MISSING = "not declared"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The standing of a module, where it would come from, what brings it along, or the condition that does not hold."""

    standing: Standing
    origin: Origin | None = None
    by: str = ""
    condition: str = ""

    @property
    def may_be_there(self) -> bool:
        """Whether the import works, or may work, although the module is not declared."""
        return self.standing in (Standing.BROUGHT, Standing.POSSIBLY_BROUGHT)

    def explanation(self, manifest: str) -> str:
        """What is wrong, where the module is not declared in the file `manifest`."""
        module, package = (self.origin.module, self.origin.distributions[0]) if self.origin else ("", "")
        match self.standing:
            case Standing.BROUGHT:
                return f"`{module}` is there only because {self.by} brings it along; `{manifest}` does not name it"
            case Standing.POSSIBLY_BROUGHT:
                return f"`{manifest}` does not declare `{package}` for `{module}`; {self.by} may bring it along"
            case Standing.EXCLUDED:
                return f"`{module}` is not installed: `{manifest}` asks for `{package}` only if {self.condition}"
            case _:
                return f"`{module}` is not installed: `{manifest}` does not declare `{package}`"


@dataclass
class Declarations:
    """What an environment's manifest declares, made ready for questions about modules."""

    project: Project
    environment: Environment
    installed: set[str] = field(default_factory=set)
    excluded: dict[str, Requirement] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    unknown_extras: list[str] = field(default_factory=list)
    brought: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for requirement in self.environment.requirements:
            if applies(requirement.marker, self.environment.python.version) is False:
                self.excluded[requirement.name] = requirement
            else:
                self._install(requirement)
        if self.environment.manifest:
            for name, lock in locked_names(self.project, self.environment.manifest):
                self.brought.setdefault(name, f"`{lock}`")
        for name in self.project.platform.dependencies.preinstalled:
            self.brought.setdefault(name, "the platform")

    def _install(self, requirement: Requirement) -> None:
        """Add a requirement, with all that it brings along as far as that is known."""
        self.installed.add(requirement.name)
        waiting = [requirement.name]
        for extra in requirement.extras:
            found = extra_brings(requirement.name, extra)
            if found is None:
                self.unknown_extras.append(f"{requirement.name}[{extra}]")
            else:
                self._bring(found, requirement, waiting)
        while waiting:
            found = brings(waiting.pop())
            if found is None:
                self.unlisted.append(requirement.name)
            else:
                self._bring(found, requirement, waiting)

    def _bring(self, names: tuple[str, ...], requirement: Requirement, waiting: list[str]) -> None:
        for name in names:
            if name not in self.brought:
                self.brought[name] = requirement.name
                waiting.append(name)

    def verdict(self, name: str) -> Verdict:
        """The standing of the module that an import of the dotted `name` loads."""
        manifest = self.environment.manifest
        top = name.partition(".")[0]
        if top in standard_library(self.environment.python.version):
            return Verdict(Standing.PRESENT)
        found = origin(name)
        if manifest is None or not manifest.complete or found is None or manifest.provides in found.distributions:
            return Verdict(Standing.UNKNOWN)
        if any(distribution in self.installed for distribution in found.distributions):
            return Verdict(Standing.PRESENT, None)
        for distribution in found.distributions:
            if distribution in self.brought:
                return Verdict(Standing.BROUGHT, found, by=self.brought[distribution])
        if not found.is_known and any(_may_have(distribution, top) for distribution in self.installed):
            return Verdict(Standing.UNKNOWN)
        for distribution in found.distributions:
            if distribution in self.excluded:
                return Verdict(Standing.EXCLUDED, found, condition=str(self.excluded[distribution].marker))
        if self.unknown_extras:
            return Verdict(Standing.POSSIBLY_BROUGHT, found, by=self.unknown_extras[0])
        if self.unlisted and any(distribution in often_brought() for distribution in found.distributions):
            return Verdict(Standing.POSSIBLY_BROUGHT, found, by=self.unlisted[0])
        return Verdict(Standing.MISSING, found)


def _may_have(distribution: str, module: str) -> bool:
    """Whether a distribution whose modules are not known could have `module`: their names share a word."""
    if is_known_distribution(distribution):
        return False
    words = set(re.split("[-_.]", distribution))
    name = canonicalize_name(module)
    joined = name.replace("-", "")
    return (
        bool(words & set(name.split("-")))
        or joined in distribution.replace("-", "")
        or any(len(word) > 3 and word in joined for word in words)
    )


def declarations(project: Project, environment: Environment) -> Declarations:
    """What an environment declares, remembered by the project."""
    directory = environment.directory
    # The environment is asked for again inside: what is remembered rests on what it was made from.
    return project.remember(
        ("declarations", directory), lambda: Declarations(project, environment_of(project, directory))
    )
