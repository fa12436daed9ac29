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

if TYPE_CHECKING:
    from vlint.platform.distributions import Origin
    from vlint.project.manifests.environment import Environment
    from vlint.project.manifests.lock import Lock
    from vlint.project.manifests.manifest import Requirement
    from vlint.project.project import Project


class Standing(Enum):
    """How a module stands with the manifest."""

    PRESENT = "declared, or the standard library's"
    UNKNOWN = "cannot be known"
    BROUGHT = "not declared, but something that is declared brings it along"
    POSSIBLY_BROUGHT = "not declared, and what is declared may bring it along"
    EXCLUDED = "declared under a marker that does not hold on the platform, or in a group that is not installed"
    UNLOCKED = "declared, and not in the lock file that is installed from"
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
                return f"`{module}` is not installed: `{manifest}` asks for `{package}` only {self.condition}"
            case Standing.UNLOCKED:
                return f"`{module}` is not installed: `{self.by}` has no `{package}`, although `{manifest}` asks for it"
            case _:
                return f"`{module}` is not installed: `{manifest}` does not declare `{package}`"


@dataclass
class Declarations:
    """What an environment's manifest declares, made ready for questions about modules."""

    project: Project
    environment: Environment
    installed: set[str] = field(default_factory=set)
    excluded: dict[str, str] = field(default_factory=dict)
    unlocked: set[str] = field(default_factory=set)
    unlisted: list[str] = field(default_factory=list)
    unknown_extras: list[str] = field(default_factory=list)
    brought: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        version = self.environment.python.version
        for requirement in self.environment.requirements:
            if applies(requirement.marker, version) is False:
                self.excluded[requirement.name] = f"if {requirement.marker}"
            elif self.lock:
                self.unlocked.add(requirement.name)
            else:
                self._install(requirement)
        manifest = self.environment.installed
        for requirement in (*manifest.aside, *manifest.foreign) if manifest else ():
            self.excluded.setdefault(requirement.name, f"in {requirement.group}")
        if self.lock:
            self.installed.update(dependency.name for dependency in self.lock.direct(version))
            self.brought.update(dict.fromkeys(self.lock.installed(version), f"`{self.lock.path}`"))
        for name in self.project.platform.dependencies.preinstalled:
            self.brought.setdefault(name, "the platform")

    @property
    def lock(self) -> Lock | None:
        """The lock file that is installed from, where it is known what it comes to."""
        lock = self.environment.lock
        return lock if lock and lock.is_usable else None

    @property
    def are_complete(self) -> bool:
        """Whether it is known what is installed."""
        manifest = self.environment.installed
        return self.environment.lock is self.lock and manifest is not None and (manifest.complete or bool(self.lock))

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
        manifest = self.environment.installed
        top = name.partition(".")[0]
        if top in standard_library(self.environment.python.version):
            return Verdict(Standing.PRESENT)
        found = origin(name)
        if manifest is None or not self.are_complete or found is None or manifest.provides in found.distributions:
            return Verdict(Standing.UNKNOWN)
        if any(distribution in self.installed for distribution in found.distributions):
            return Verdict(Standing.PRESENT, None)
        for distribution in found.distributions:
            if distribution in self.brought:
                return Verdict(Standing.BROUGHT, found, by=self.brought[distribution])
        there = self.brought.keys() | self.installed if self.lock else self.installed
        if not found.is_known and any(_may_have(distribution, top) for distribution in there):
            return Verdict(Standing.UNKNOWN)
        for distribution in found.distributions:
            if self.lock and distribution in self.unlocked:
                return Verdict(Standing.UNLOCKED, found, by=self.lock.path)
            if distribution in self.excluded:
                return Verdict(Standing.EXCLUDED, found, condition=self.excluded[distribution])
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
