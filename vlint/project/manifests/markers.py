"""Environment markers (PEP 508) on the platform's Linux, where what they ask about is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.markers import UndefinedComparison, UndefinedEnvironmentName
from packaging.version import InvalidVersion

if TYPE_CHECKING:
    from packaging.markers import Marker

_LINUX = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
_UNKNOWN = re.compile(
    r"\b(platform_machine|platform_release|platform_version|python_full_version|implementation_version)\b"
)


def applies(marker: Marker | None, python: str) -> bool | None:
    """Whether a requirement under `marker` is installed with Python `python` ("3.12"); None where that is not known."""
    if marker is None:
        return True
    if _UNKNOWN.search(str(marker)):
        return None
    try:
        return marker.evaluate({**_LINUX, "python_version": python})
    except (UndefinedComparison, UndefinedEnvironmentName, InvalidVersion):
        return None
