"""Runs the command that prints a secret: no shell, ten seconds, and nothing of its output in any message."""

import os
import shlex
import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from doctor.model.errors import UsageProblem
from doctor.sources.reading import LARGEST, Text, from_stream

SECONDS = 10.0


def from_command(source: str, command: str, *, timeout: float = SECONDS) -> Text:
    """What the command writes to its standard output, without one line end."""
    return from_stream(_output(source, _split(source, command), timeout), source)


def _split(source: str, command: str) -> list[str]:
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:
        raise UsageProblem(f"The command of {source} has a quotation mark or backslash that nothing closes.") from None
    if not words:
        raise UsageProblem(f"The command of {source} is empty.")
    return words


def _output(source: str, words: Sequence[str], timeout: float) -> bytes:
    try:
        process = subprocess.Popen(  # noqa: S603 - the person's own command, without a shell
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "no program has such a name"
        raise UsageProblem(f"The command of {source} cannot be started: {reason}.") from None
    assert process.stdout is not None
    try:
        content = _read(process.stdout, timeout)
        return content if len(content) > LARGEST else _accepted(source, content, process.wait(timeout))
    except subprocess.TimeoutExpired:
        raise UsageProblem(f"The command of {source} did not end within {timeout:g} s.") from None
    finally:
        process.kill()
        process.wait()


def _read(stream: IO[bytes], timeout: float) -> bytes:
    """At most a byte more than is allowed. A thread, because a grandchild may hold the pipe open for ever."""
    read: list[bytes] = []

    def collect() -> None:
        with stream:
            read.append(stream.read(LARGEST + 1))

    reader = threading.Thread(target=collect, daemon=True)
    reader.start()
    reader.join(timeout)
    if reader.is_alive():
        raise subprocess.TimeoutExpired((), timeout)
    return read[0]


def _accepted(source: str, content: bytes, code: int) -> bytes:
    if code < 0:
        raise UsageProblem(f"The command of {source} was ended by signal {-code}. Run it by itself to see why.")
    if code:
        raise UsageProblem(f"The command of {source} ended with exit code {code}. Run it by itself to see why.")
    return content
