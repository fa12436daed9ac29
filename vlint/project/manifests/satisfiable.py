"""Whether any version at all can meet a set of specifiers, without knowing which versions there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from packaging.specifiers import SpecifierSet

_BEYOND = 10**9
_SMALL = ".0.0.0.0.1"  # what makes a release number greater by less than any that somebody writes


def is_satisfiable(specifiers: SpecifierSet) -> bool:
    """False only if no version can meet `specifiers`.

    Versions are in one order, and every specifier bounds or excludes a stretch of it, so a solution, if there is
    one, lies at a bound, just above or just below one, or beyond them all.
    """
    if any(specifier.operator == "===" for specifier in specifiers):
        return True
    return any(specifiers.contains(candidate, prereleases=True) for candidate in _candidates(specifiers))


def _candidates(specifiers: SpecifierSet) -> Iterator[Version]:
    yield Version("0")
    yield Version(str(_BEYOND))
    for specifier in specifiers:
        try:
            bound = Version(specifier.version.removesuffix(".*"))
        except InvalidVersion:
            continue
        release = list(bound.release)
        epoch = f"{bound.epoch}!" if bound.epoch else ""
        yield bound
        yield Version(f"{epoch}{bound.base_version.rpartition('!')[2]}{_SMALL}")
        yield Version(f"{epoch}{_BEYOND}")
        yield Version(f"{epoch}{_dotted([*release, _BEYOND])}")
        if bound.pre or bound.dev is not None or bound.post is not None:
            yield Version(f"{bound.public.partition('+')[0]}.post{_BEYOND}") if bound.dev is None else bound
            yield Version(bound.base_version)
        for index in range(len(release)):
            yield Version(f"{epoch}{_dotted([*release[:index], release[index] + 1])}")
            if release[index]:
                yield Version(f"{epoch}{_dotted([*release[:index], release[index] - 1, _BEYOND])}")
        yield Version(f"{epoch}{_dotted(release)}.dev0")
        yield Version(f"{epoch}{_dotted(release)}.post{_BEYOND}")


def _dotted(parts: list[int]) -> str:
    return ".".join(map(str, parts))
