"""A request for a Python, as uv writes it (`3.12`, `>=3.12,<3.14`, `cpython@3.13`, `pypy`), and what meets it.

The platform of 2026 has its own reading of uv's grammar (npm `@vercel/python-analysis`); this follows that one.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_IMPLEMENTATIONS = {
    "python": "cpython",
    "cpython": "cpython",
    "pypy": "pypy",
    "pyodide": "pyodide",
    "graalpy": "graalpy",
    "cp": "cpython",
    "pp": "pypy",
    "gp": "graalpy",
}
_PATCHES = 40  # no minor version has had as many patch releases
_WHEEL_TAG = re.compile(r"\d\d+\Z")
_LAST_DIGIT = re.compile(r"(.*\d)(.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PythonRequest:
    """What is asked for; an attribute that is None allows anything.

    Attributes:
        specifier: Versions, with patch releases taken off, as the platform has only minor versions.
        variant: `default`, or the name of a special build.
        machine: The operating system, processor and C library, as far as they are named.
    """

    implementation: str | None = None
    specifier: SpecifierSet | None = None
    variant: str | None = None
    machine: tuple[str, ...] = ()

    def admits(self, version: str, machine: tuple[str, ...]) -> bool:
        """Whether the platform's own build of `version` (`3.12`), for its `machine`, meets the request."""
        if any(wanted not in ("any", own) for wanted, own in zip(self.machine, machine, strict=False)):
            return False
        if self.implementation not in (None, "cpython") or self.variant not in (None, "default"):
            return False
        return self.specifier is None or self.specifier.contains(version, prereleases=True)


def parse_request(text: str) -> PythonRequest | None:
    """The request that a line of `.python-version` makes; None where it makes none."""
    lower = text.strip().lower()
    if not lower:
        return None
    if lower in ("any", "default"):
        return PythonRequest()
    for name, implementation in _IMPLEMENTATIONS.items():
        if lower.startswith(name):
            rest = lower[len(name) :]
            if not rest:
                return PythonRequest(implementation)
            versions = _versions(rest.removeprefix("@"))
            if versions is not None:
                return PythonRequest(implementation, *versions)
    versions = _versions(lower)
    if versions is not None:
        return PythonRequest("cpython", *versions)
    return _platform_request(lower)


def parse_specifier(text: str) -> PythonRequest | None:
    """The request that `requires-python` makes; None where it is no specifier (the platform then ignores it)."""
    try:
        specifiers = SpecifierSet(text)
    except InvalidSpecifier:
        return None
    return PythonRequest("cpython", _minor_versions(specifiers), "default") if len(specifiers) else None


def excludes(specifier: str, version: str) -> bool:
    """Whether `requires-python`, as PEP 440 has it, admits no patch release of `version`; False for no specifier."""
    try:
        specifiers = SpecifierSet(specifier)
    except InvalidSpecifier:
        return False
    return not any(specifiers.contains(f"{version}.{patch}") for patch in range(_PATCHES))


def _versions(text: str) -> tuple[SpecifierSet, str] | None:
    match = _LAST_DIGIT.match(text)
    number, suffix = (match[1], match[2]) if match else (text, "")
    variant = _variant(suffix.removeprefix("+")) if suffix else "default"
    try:
        version = Version(number)
    except InvalidVersion:
        try:
            specifiers = SpecifierSet(number)
        except InvalidSpecifier:
            return None
        return (_minor_versions(specifiers), variant) if len(specifiers) else None
    if _WHEEL_TAG.match(number) and int(number[1:]) <= 255:
        version = Version(f"{number[0]}.{number[1:]}")
    return _minor_versions(SpecifierSet(f"=={version}")), variant


def _variant(name: str) -> str:
    return {"d": "debug", "t": "freethreaded", "td": "freethreaded+debug"}.get(name, name)


def _minor_versions(specifiers: SpecifierSet) -> SpecifierSet:
    """`specifiers` as they apply to minor versions: `>=3.12.3` becomes `>=3.12`."""
    kept = (_minor_version(specifier) for specifier in specifiers)
    return SpecifierSet(",".join(text for text in kept if text is not None))


def _minor_version(specifier: Specifier) -> str | None:
    operator, parts = specifier.operator, specifier.version.removesuffix(".*").split(".")
    minor = ".".join(parts[:2])
    if operator == "~=" and len(parts) == 2:
        return f"=={minor}.*"  # as the platform has always taken it, against PEP 440
    if operator == "===" or len(parts) < 3:
        return str(specifier)
    is_zero = (re.match(r"\d+", parts[2]) or ["0"])[0].strip("0") == ""
    return {
        "==": f"=={minor}.*",
        "~=": f"=={minor}.*",
        "!=": None,
        ">=": f">={minor}",
        "<=": f"<={minor}",
        ">": f">{minor}" if is_zero else f">={minor}",
        "<": f"<{minor}" if is_zero else f"<={minor}",
    }[operator]


def _platform_request(text: str) -> PythonRequest | None:
    """`cpython-3.12-linux-x86_64-gnu`, where each part can be `any` and the last ones can be missing."""
    parts = text.split("-")
    implementation = None
    versions = None
    failed = False
    rest = parts
    if rest and rest[0] == "any":
        rest = rest[1:]
    elif rest and rest[0] in _IMPLEMENTATIONS:
        implementation, rest = _IMPLEMENTATIONS[rest[0]], rest[1:]
    else:
        failed = bool(rest and rest[0])
    if rest and rest[0] == "any":
        rest = rest[1:]
    elif rest and rest[0]:
        versions = _versions(rest[0])
        failed = failed or versions is None
        rest = rest[1:] if versions is not None else rest
    if failed and implementation is None and versions is None:
        return None
    machine = tuple(itertools.takewhile(bool, rest[:3]))
    specifier, variant = versions if versions is not None else (None, None)
    return PythonRequest(implementation, specifier, variant, machine)
