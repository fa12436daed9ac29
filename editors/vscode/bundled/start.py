"""Runs vlint for the extension, under whatever Python the user has.

    python start.py probe                      what there is, as JSON
    python start.py bundled ARGUMENTS...       the vlint beside this file
    python start.py environment ARGUMENTS...   the vlint installed for this Python

Written so that Python 2.7 and every 3 can read it: an old interpreter must be able to say that it is too old.
"""

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARIES = os.path.join(HERE, "libs")
OLDEST = (3, 10)


def probe():
    """What can be run with this interpreter."""
    return {
        "executable": sys.executable,
        "version": ".".join(str(part) for part in sys.version_info[:3]),
        "recentEnough": sys.version_info[:2] >= OLDEST,
        "bundledFits": sys.version_info[:2] >= OLDEST and compiled_part_fits(),
        "environmentVersion": installed_version() if sys.version_info[:2] >= OLDEST else None,
    }


def compiled_part_fits():
    """Whether the bundle has the compiled part of libcst for this version and platform."""
    from importlib.machinery import EXTENSION_SUFFIXES

    package = os.path.join(LIBRARIES, "libcst")
    return any(os.path.exists(os.path.join(package, "native" + suffix)) for suffix in EXTENSION_SUFFIXES)


def installed_version():
    """The version of the vlint that is installed for this Python, or None."""
    from importlib import metadata, util

    try:
        if util.find_spec("lsp_server") is None:
            return None
        return metadata.version("vlint")
    except metadata.PackageNotFoundError:
        return None


def main(arguments):
    """Do what was asked; returns the exit status."""
    # Python has put this file's directory first; what is installed must not be looked for here.
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or os.curdir) != HERE]
    if arguments[:1] == ["probe"]:
        print(json.dumps(probe()))
        return 0
    if arguments[:1] == ["bundled"]:
        sys.path.insert(0, LIBRARIES)
    elif arguments[:1] != ["environment"]:
        sys.stderr.write("start.py: say probe, bundled or environment\n")
        return 2
    from vlint.cli import main as vlint

    return vlint(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
