"""What the platform of 2026 refuses in a requirements file although pip takes it.

Its builder reads the file with uv's parser, compiled into npm `@vercel/python-analysis` without a way to open another
file, and writes a `pyproject.toml` from it; what has no name there has an empty one, at which uv stops. Each fact was
seen by running version 0.14.0, and uv 0.10.11 over what that writes; the tests do it again.
"""

from __future__ import annotations

import re

from packaging.version import InvalidVersion, Version

from vlint.project.manifests.requirement_options import CONSTRAINTS, EDITABLES, INCLUDES
from vlint.project.manifests.requirement_text import Refusal

_OPTIONS = {
    *EDITABLES, "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--no-index", "--no-binary",
    "--only-binary", "--pre", "--prefer-binary", "--require-hashes", "--trusted-host", "--use-feature",
}  # fmt: skip
_OPTION = re.compile(r"(--[^\s=]+|-.)(?P<glued>[^\s=].*)?[\s=]*(?P<value>.*)", re.DOTALL)
_BEHIND = re.compile(r"\s(-\S+)")
_LAST_COMMA = re.compile(r",(?=\s*\)?\s*$)")
_ARBITRARY = re.compile(r"===\s*([^\s,)]*)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NAMED = re.compile(r"[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9.]*(?:\+[a-z]+)?:")
_REPOSITORY = re.compile(r"\b(hg|svn|bzr|git)\+[a-z]+:")
_ARCHIVE = re.compile(r"\.(?:whl|zip|tgz|tbz|txz|tlz|tar(?:\.(?:gz|bz2|xz|lz|lzma|zst))?)$", re.IGNORECASE)
_WITH_VERSION = re.compile(r".+-\d")


def uv_refusal(text: str) -> Refusal | None:
    """Why the platform's builder stops at the line `text`; None where it does not, or where pip would do so, too."""
    if text.startswith("-"):
        return _option(text)
    for option in _BEHIND.finditer(text):
        if not option[1].startswith("--hash"):
            return Refusal("behind a requirement, uv takes no option but `--hash`", *option.span(1))
    return _requirement(_BEHIND.split(text, maxsplit=1)[0].rstrip())


def _option(text: str) -> Refusal | None:
    match = _OPTION.match(text)
    if match is None:
        return None
    name, value = match[1], match["value"]
    place = match.span("value") if value else match.span(1)
    if match["glued"]:
        return Refusal(f"uv wants a space behind `{name}`", *match.span(1))
    if name in INCLUDES | CONSTRAINTS:
        return Refusal("the platform opens no other file from a requirements file, and stops", *place)
    if name in EDITABLES and (_ADDRESS.match(value) or " @ " in value):
        return Refusal("what is editable has to be a directory for uv: write the address without the option", *place)
    if name in ("-f", "--find-links") and not _ADDRESS.match(value):
        return Refusal("the platform takes an address here, and no path", *place)
    if name not in _OPTIONS:
        return Refusal(f"uv has no option `{name}` in a requirements file", *match.span(1))
    return None


def _requirement(text: str) -> Refusal | None:
    repository = _REPOSITORY.search(text)
    if repository and repository[1] != "git":
        return Refusal("uv knows repositories of Git alone", *repository.span(1))
    if _ADDRESS.match(text) or _ARCHIVE.search(text.partition(" ;")[0]):
        return None if _NAMED.match(text) else _unnamed(text)
    if text.endswith(";"):
        return Refusal("a condition is missing", len(text) - 1, len(text))
    head = text.partition(";")[0]
    if "@" in head:
        return None
    if comma := _LAST_COMMA.search(head):
        return Refusal("a version specifier is missing behind the comma", *comma.span())
    arbitrary = _ARBITRARY.search(head)
    if arbitrary and not _is_version(arbitrary[1]):
        return Refusal("uv compares versions alone", *arbitrary.span(1))
    name = _NAME.match(head)
    if name and name[0][-1] in "._-" and "/" not in head:
        return Refusal("a name ends with a letter or a digit", name.end() - 1, name.end())
    return None


def _unnamed(text: str) -> Refusal | None:
    """A place without a name in front: it has one only where its last part is one, or has one with a version."""
    address = text.partition(" ;")[0]
    last = re.split("[#?]", address)[0].rstrip("/").rpartition("/")[2]
    archive = _ARCHIVE.search(last)
    if archive:
        is_named = bool(_WITH_VERSION.match(last[: archive.start()]))
    else:
        is_named = "+" in address and _NAME.fullmatch(last) is not None and "." not in last
    if is_named:
        return None
    return Refusal("the platform finds no name in it, and writes an empty one, at which uv stops", 0, len(address))


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True
