"""What opening files really does: runs the functions of the file cases, read-only root and all, and records it.

    python -m tests.proof.files_runtime [CASE FOLDER]...     writes `-- runtime files --` into the cases

Needs Linux and the right to make mount namespaces (root): the whole file system becomes read-only, /tmp an empty one
that is not, and the project stands at /var/task, as on the platform. Files that do not travel with a function are
taken away before; which those are is asked of Git, and of a glob matcher, never of vlint.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from wcmatch import glob

from tests.cases import Case, all_cases

FOLDERS = ("VL201", "VL202", "VL203", "VL204", "VL205", "files")
ROOT = Path("/var/task")
SECTION = "runtime files"
RUNNER = Path(__file__).with_name("run_function.py")


def available() -> bool:
    """Whether this machine lets us make the platform's file system."""
    return shutil.which("unshare") is not None and subprocess.run(
        ["unshare", "--mount", "mount", "--make-rprivate", "/"], capture_output=True, check=False
    ).returncode == 0  # fmt: skip


def observe(projects: dict[str, dict[str, object]]) -> dict[str, list[str]]:
    """What became of each project's functions; a project has `files`, `functions` and `requests`."""
    with tempfile.TemporaryDirectory() as folder:
        script = [sys.executable, "-m", "tests.proof.files_runtime", "--inside"]
        done = subprocess.run(
            ["unshare", "--mount", *script],
            input=json.dumps(projects),
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TMPDIR": folder},
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def describe(case: Case, files: dict[str, str] | None = None) -> dict[str, object]:
    """A case as `observe` takes it, perhaps with other files."""
    files = case.files if files is None else files
    functions = sorted(name for name in files if name.startswith("api/") and name.endswith(".py") and "/_" not in name)
    comment = case.comment.splitlines()
    requests = next((line.removeprefix("requests:").split() for line in comment if line.startswith("requests:")), ["/"])
    return {"files": files, "functions": functions, "requests": requests}


def failures(lines: list[str]) -> set[tuple[str, int]]:
    """The (file, line) places at which a request failed."""
    places = set()
    for line in lines:
        where = line.split(": ", 1)[1].split(" ")[0]
        file, _, number = where.rpartition(":")
        if number.isdigit() and " nothing at " not in line:
            places.add((file, int(number)))
    return places


def _inside() -> None:
    """In the namespace: mount, then run each project."""
    projects = json.load(sys.stdin)
    _mount("--make-rprivate", "/")
    hidden = {path: os.open(path, os.O_PATH) for path in _needed() if path.parts[1] in ("tmp", "var")}
    _mount("-t", "tmpfs", "tmpfs", "/var")
    _mount("-t", "tmpfs", "tmpfs", "/tmp")
    for path, descriptor in hidden.items():  # a checkout below /tmp shows through, read-only
        path.mkdir(parents=True, exist_ok=True)
        _mount("--no-canonicalize", "--bind", f"/proc/{os.getpid()}/fd/{descriptor}", str(path))
        _mount("-o", "remount,bind,ro", str(path))
    _mount("-o", "remount,bind,ro", "/")
    print(json.dumps({name: _run(project) for name, project in projects.items()}))


def _needed() -> set[Path]:
    """The directories that the functions' processes read: this repository and the interpreter."""
    return {Path(__file__).resolve().parents[2], Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}


def _run(project: dict) -> list[str]:
    lines = []
    kept = {path.parts[2] for path in _needed() if path.parts[1] == "tmp"}
    for function in project["functions"]:
        ROOT.mkdir()
        for name, text in project["files"].items():
            place = ROOT / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")
        _take_away(function)
        _mount("-o", "remount,ro", "/var")
        output = _call(function, project["requests"])
        _mount("-o", "remount,rw", "/var")
        shutil.rmtree(ROOT)
        for left in Path("/tmp").iterdir():
            if left.name not in kept:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        lines += [f"{function} {line}" for line in output]
    return lines


def _call(function: str, requests: list[str]) -> list[str]:
    """Run one function in a process of its own; what it printed, or how it ended."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/home/sbx_user1051", "LANG": "C.UTF-8", "TMPDIR": "/tmp"}
    command = [sys.executable, str(RUNNER), function, *requests]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ["run: no answer"]
    ended = [f"run: {(done.stderr.splitlines() or ['failed'])[-1]}"] if done.returncode else []
    return [*done.stdout.splitlines(), *ended]


def _take_away(function: str) -> None:
    """Remove what does not travel with the function: as Git ignores it, and by the globs of vercel.json."""
    ignores = [name for name in (".gitignore", ".vercelignore") if any(ROOT.rglob(name))]
    if ignores:
        git = ["git", "-C", str(ROOT)]
        subprocess.run([*git, "init", "-q"], check=True)
        patterns = [f"--exclude-per-directory={name}" for name in ignores]
        listed = subprocess.run(
            [*git, "ls-files", "-z", "-o", "-i", *patterns], capture_output=True, text=True, check=True
        )
        for name in listed.stdout.split("\0"):
            if name:
                (ROOT / name).unlink()
        shutil.rmtree(ROOT / ".git")
    excluded = [".git/**", ".vercel/**", "**/node_modules/**", "**/.next/**", "**/.nuxt/**"]
    configuration = ROOT / "vercel.json"
    if configuration.exists():
        for pattern, settings in json.loads(configuration.read_text()).get("functions", {}).items():
            if pattern == function or glob.globmatch(function, pattern, flags=glob.GLOBSTAR | glob.BRACE):
                excluded = [settings["excludeFiles"]] if "excludeFiles" in settings else excluded
                break
    for path in sorted(ROOT.rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if (
            path.is_file()
            and name != function
            and glob.globmatch(name, excluded, flags=glob.GLOBSTAR | glob.BRACE | glob.DOTGLOB)
        ):
            path.unlink()
    for path in sorted(ROOT.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()  # Git and the platform know files only


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def _record(case: Case, lines: list[str]) -> None:
    text = case.path.read_text(encoding="utf-8")
    head, marker, rest = text.partition(f"-- {SECTION} --\n")
    behind = ""
    if marker:
        following = rest.split("\n-- ", 1)
        behind = f"-- {following[1]}" if len(following) > 1 else ""
    recorded = "".join(line + "\n" for line in lines)
    case.path.write_text(f"{head}-- {SECTION} --\n{recorded}{behind}", encoding="utf-8")


def main(folders: list[str]) -> None:
    cases = {case.id: case for case in all_cases(*(folders or FOLDERS))}
    for name, lines in observe({name: describe(case) for name, case in cases.items()}).items():
        _record(cases[name], lines)
        print(name, *lines, sep="\n  ")


if __name__ == "__main__":
    _inside() if sys.argv[1:] == ["--inside"] else main(sys.argv[1:])
