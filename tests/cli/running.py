"""Runs the program as a person would, in a process of its own and in an empty home."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRET = "5X24WjqWhZIhtA9C7ADHZK0UOoKYyh7X"
VALUES = {
    "ATACCAMA_URL": "https://localhost:1",
    "ATACCAMA_REALM": "acme",
    "ATACCAMA_CLIENT_ID": "my-client",
    "ATACCAMA_CLIENT_SECRET": SECRET,
}


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """Nothing of this session's variables but the path."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def doctor(
    *words: str, home: Path, env: Mapping[str, str] = VALUES, stdin: bytes = b""
) -> "subprocess.CompletedProcess[str]":
    """Run ``ataccama-doctor`` to its end, with pipes for streams."""
    done = subprocess.run(
        (sys.executable, "-m", "doctor", *words),
        cwd=home,
        env=surroundings(home, **env),
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )
    text = [stream.decode("utf-8") for stream in (done.stdout, done.stderr)]
    assert "Traceback" not in text[1]
    return subprocess.CompletedProcess(done.args, done.returncode, *text)
