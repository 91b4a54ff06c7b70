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
        if content is not None and len(content) <= LARGEST:
            code = process.wait(timeout)
            return _accepted(source, content, code)
    except subprocess.TimeoutExpired:
        content = None
    finally:
        process.kill()
    if content is None:
        raise UsageProblem(f"The command of {source} did not end within {timeout:g} s.")
    return content


def _read(stream: IO[bytes], timeout: float) -> bytes | None:
    """At most what is allowed, or None when the time is up first; a grandchild may hold the pipe open for ever."""
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(stream.read(LARGEST + 1)), daemon=True)
    reader.start()
    reader.join(timeout)
    return read[0] if read else None


def _accepted(source: str, content: bytes, code: int) -> bytes:
    if code < 0:
        raise UsageProblem(f"The command of {source} was ended by signal {-code}. Run it by itself to see why.")
    if code:
        raise UsageProblem(f"The command of {source} ended with exit code {code}. Run it by itself to see why.")
    return content
