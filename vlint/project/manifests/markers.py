"""Environment markers (PEP 508) on the platform's Linux, where what they ask about is known."""

from __future__ import annotations

import re

from packaging.markers import InvalidMarker, Marker, UndefinedComparison, UndefinedEnvironmentName
from packaging.version import InvalidVersion

_LINUX = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
_UNKNOWN = re.compile(r"\b(platform_machine|platform_release|platform_version)\b")
_FULL_VERSION = re.compile(r"\b(python_full_version|implementation_version)\b")
_PATCHES = range(40)  # no minor version has had as many patch releases


def parse_marker(text: str) -> Marker:
    """The marker that `text` is.

    Raises:
        InvalidMarker: it is none, or has more brackets in one another than can be followed.
    """
    try:
        return Marker(text)
    except RecursionError:
        raise InvalidMarker("it is nested too deeply") from None


def applies(marker: Marker | None, python: str) -> bool | None:
    """Whether a requirement under `marker` is installed with Python `python` ("3.12"); None where that is not known."""
    if marker is None:
        return True
    text = str(marker)
    if _UNKNOWN.search(text):
        return None
    try:
        found = {
            marker.evaluate(
                {
                    **_LINUX,
                    "python_version": python,
                    "python_full_version": f"{python}.{patch}",
                    "implementation_version": f"{python}.{patch}",
                }
            )
            for patch in (_PATCHES if _FULL_VERSION.search(text) else (0,))
        }
    except (UndefinedComparison, UndefinedEnvironmentName, InvalidVersion):
        return None
    return found.pop() if len(found) == 1 else None
