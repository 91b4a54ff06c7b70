"""Runs the program as a person would, in a process of its own and in an empty home."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from doctor.sandbox.server import Sandbox

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


def variables(environment: Sandbox, **more: str) -> dict[str, str]:
    """The settings of an environment, as a person exports them."""
    settings = {f"ATACCAMA_{n.upper()}": v for n, v in environment.settings.items() if n != "ca_bundle"}
    return {**settings, "REQUESTS_CA_BUNDLE": environment.ca_bundle, **more}


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


def on_terminal(words: list[str], env: dict[str, str], home: Path, typed: str = "") -> tuple[int, str]:
    """Run with a terminal for all streams; ``typed`` is sent when the program asks."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        (sys.executable, "-m", "doctor", *words),
        cwd=home,
        env=surroundings(home, **{"TERM": "xterm", **env}),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    seen, until = b"", time.monotonic() + 30
    while time.monotonic() < until:
        if not select.select([master], [], [], 0.2)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            seen += os.read(master, 65536)
        except OSError:
            break
        if typed and b"Client secret:" in seen:
            time.sleep(0.2)
            os.write(master, typed.encode())
            typed = ""
    os.close(master)
    return process.wait(10), seen.decode()
