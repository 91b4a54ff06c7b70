"""A server process in a group of its own: started, awaited by polling, and gone at the end."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

Ready = Callable[[], bool]


class NotStarted(RuntimeError):
    """A server did not become ready, or a program failed; the message ends with the tail of its log."""


class Server:
    """One process group that writes to one log file."""

    def __init__(self, name: str, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None):
        self.name = name
        self.log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        self._watch = _watch(self._process.pid)

    def wait_until(self, ready: Ready, within: float) -> None:
        """Return once ``ready`` says so; stop the server and raise when it does not within so many seconds."""
        end = time.monotonic() + within
        while not ready():
            if self._process.poll() is not None:
                self._give_up(f"{self.name} ended with exit code {self._process.returncode}")
            if time.monotonic() > end:
                self._give_up(f"{self.name} was not ready within {within:.0f} s")
            time.sleep(0.1)

    def wait(self, within: float) -> int:
        """The exit code, once it has ended by itself; raise when it does not within so many seconds."""
        try:
            return self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._give_up(f"{self.name} did not end within {within:.0f} s")

    def stop(self) -> None:
        """Ask the whole group to end, and end it after ten seconds."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._signal(signal.SIGKILL)
        self._process.wait(10)
        self._watch.kill()
        self._watch.communicate()

    def _signal(self, number: signal.Signals) -> None:
        # The group outlives its leader when kc.sh ends before the Java process that it started.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)

    def _give_up(self, sentence: str) -> NoReturn:
        self.stop()
        raise NotStarted(f"{sentence}. The end of {self.log}:\n{tail(self.log)}")


def run(command: Sequence[str], log: Path, within: float, environment: Mapping[str, str] | None = None) -> None:
    """Run a command to its end, within so many seconds; raise with the tail of its log when it fails."""
    server = Server(Path(command[0]).name, command, log, environment)
    try:
        code = server.wait(within)
    finally:
        server.stop()
    if code != 0:
        raise NotStarted(f"{' '.join(command)} ended with exit code {code}. The end of {log}:\n{tail(log)}")


def _watch(group: int) -> subprocess.Popen[bytes]:
    """End the group when this process is gone, however it went: the watcher's input then ends."""
    script = f"cat >/dev/null; kill -TERM -{group}; sleep 5; kill -KILL -{group}"
    return subprocess.Popen(
        ["sh", "-c", script], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )


def tail(log: Path, lines: int = 40) -> str:
    """The last lines of a log, fit for a terminal."""
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])


def free_ports(count: int) -> list[int]:
    """Ports on 127.0.0.1 that nothing listens on, all different."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def closed_port() -> socket.socket:
    """A port that is taken and refuses every connection for as long as the socket is kept."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    return holder
