"""The programs of the browser suite: Chromium, node with its modules, and the Nu checker on Java."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.live.release import cache
from tests.parts import Part

HERE = Path(__file__).parent
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LISTS = ("package.json", "package-lock.json")


def missing() -> list[Part]:
    """Every program that the suite would need and does not find."""
    found = []
    if _chromium() is None:
        found.append(Part("Chromium", "apt-get install chromium fonts-dejavu-core"))
    if shutil.which("node") is None:
        found.append(Part("node", "apt-get install nodejs"))
    if shutil.which("npm") is None and not _modules().exists():
        found.append(Part("npm, to fetch node's modules", "apt-get install npm"))
    if shutil.which("java") is None:
        found.append(Part("Java", "apt-get install default-jre-headless"))
    return found


def node(script: str, *words: str) -> str:
    """What a script of this folder prints; it gets the folder of the modules as its first word."""
    fetch_modules()
    return _run(("node", str(HERE / script), str(_modules()), *words), CHROMIUM=_chromium() or "")


def conformance(pages: Sequence[Path]) -> list[dict[str, Any]]:
    """What the Nu checker calls an error."""
    fetch_modules()
    jar = _modules() / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ("--format", "json", "--errors-only", "--exit-zero-always", "--stdout")
    told = json.loads(_run(("java", "-jar", str(jar), *options, *map(str, pages))))
    return list(told["messages"])


def fetch_modules() -> None:
    """Install the modules of the lock file into the cache, once; no script of theirs is run."""
    if _modules().exists():
        return
    draft = _modules().with_name(f"{_modules().name}-{os.getpid()}")
    draft.mkdir(parents=True)
    for name in _LISTS:
        shutil.copy(HERE / name, draft)
    _run(("npm", "ci", "--prefix", str(draft), "--ignore-scripts", "--no-audit", "--no-fund"))
    if not _modules().exists():  # another session may have been faster
        draft.rename(_modules())


def _modules() -> Path:
    lock = sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    return cache() / f"browser-{lock[:12]}"


def _chromium() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _run(command: Sequence[str], **variables: str) -> str:
    done = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command[:2]} ended with exit code {done.returncode}: {done.stderr[-2_000:]}"
    return done.stdout
