"""How others can read a file that holds a secret: by its mode, or through git."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

_SECONDS = 2


def exposure(path: Path, status: os.stat_result) -> str | None:
    """``mode 0644``, ``tracked by git``, ``not ignored by git``; None when nobody else can read it by these ways."""
    if not stat.S_ISREG(status.st_mode):
        return None
    mode = stat.S_IMODE(status.st_mode)
    readable = os.name == "posix" and mode & 0o044 and _reachable(path)
    ways = [f"mode {mode:04o}" if readable else None, _by_git(path.absolute())]
    return ", ".join(way for way in ways if way) or None


def _reachable(path: Path) -> bool:
    """False when a folder on the way lets nobody else through."""
    try:
        return all(folder.stat().st_mode & 0o011 for folder in path.resolve().parents)
    except OSError:
        return True


def _by_git(path: Path) -> str | None:
    git = shutil.which("git")
    if git is None or not any((folder / ".git").exists() for folder in path.parents):
        return None
    if _says_yes(git, path, "ls-files", "--error-unmatch"):
        return "tracked by git"
    ignored = _answer(git, path, "check-ignore", "--quiet")
    return "not ignored by git" if ignored == 1 else None


def _says_yes(git: str, path: Path, *question: str) -> bool:
    return _answer(git, path, *question) == 0


def _answer(git: str, path: Path, *question: str) -> int | None:
    """Git's exit code. A repository that was merely found gets no program of its own started."""
    command = [git, "-C", str(path.parent), "-c", "core.fsmonitor=false", *question, "--", path.name]
    try:
        return subprocess.run(  # noqa: S603 - git with fixed words and a path behind --
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return None
