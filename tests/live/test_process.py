"""A server that does not come up says why, and none outlives the session."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.live.process import NotStarted, Server, run


def test_a_server_that_ends_early_shows_the_end_of_its_log(tmp_path: Path) -> None:
    server = Server("the server", ["sh", "-c", "echo no such option; exit 3"], tmp_path / "log")
    with pytest.raises(NotStarted, match=r"(?s)the server ended with exit code 3\..*no such option"):
        server.wait_until(lambda: False, within=10)


def test_a_server_that_is_never_ready_is_given_up_and_stopped(tmp_path: Path) -> None:
    server = Server("the server", ["sh", "-c", f"sleep 60 & echo $! > {tmp_path}/pid; wait"], tmp_path / "log")
    with pytest.raises(NotStarted, match="not ready within 1 s"):
        server.wait_until(lambda: False, within=1)
    assert _gone_within(int((tmp_path / "pid").read_text()), seconds=5)


def test_a_program_that_fails_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(NotStarted, match=r"(?s)exit code 1\..*cannot reach the repository"):
        run(["sh", "-c", "echo cannot reach the repository; exit 1"], tmp_path / "log", within=10)


def test_a_server_ends_when_its_session_was_killed(tmp_path: Path) -> None:
    script = (
        "import pathlib, sys, time; from tests.live.process import Server;"
        "server = Server('x', ['sleep', '60'], pathlib.Path(sys.argv[1]) / 'log');"
        "print(server._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as session:
        assert session.stdout is not None
        process = int(session.stdout.readline())
        session.send_signal(signal.SIGKILL)
    assert _gone_within(process, seconds=5)


def _gone_within(process: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while _alive(process) and time.monotonic() < end:
        time.sleep(0.05)
    return not _alive(process)


def _alive(process: int) -> bool:
    """True unless it is gone, or has ended and only waits to be collected."""
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return done.stdout.strip()[:1] not in ("", "Z")
