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
        yield from _around(bound)


def _around(bound: Version) -> Iterator[Version]:
    """`bound`, and versions just above and just below it, with and without the parts of a release."""
    release = list(bound.release)
    epoch = f"{bound.epoch}!" if bound.epoch else ""
    candidate = "".join(map(str, bound.pre)) if bound.pre else ""
    written = f"{epoch}{_dotted(release)}"
    yield bound
    yield Version(f"{epoch}{_BEYOND}")
    for text in (
        written,
        f"{written}{_SMALL}",
        f"{written}.{_BEYOND}",
        f"{written}.dev0",
        f"{written}.post{_BEYOND}",
        f"{written}rc{_BEYOND}",
        f"{written}{candidate}.post{_BEYOND}",
        f"{written}{candidate}.dev0",
        f"{written}{candidate}",
    ):
        yield Version(text)
    if bound.pre:
        yield Version(f"{written}{bound.pre[0]}{bound.pre[1] + 1}")
    for index, part in enumerate(release):
        yield Version(f"{epoch}{_dotted([*release[:index], part + 1])}")
        if part:
            yield Version(f"{epoch}{_dotted([*release[:index], part - 1, _BEYOND])}")


def _dotted(parts: list[int]) -> str:
    return ".".join(map(str, parts))
