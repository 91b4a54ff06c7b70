"""What the streams of this process can show, and whether a person is looking."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from doctor.model.style import Style

_PIPE = 80
"""Columns where there is no terminal."""
FOR_PEOPLE = ("text", "short")
"""Formats whose looks follow the terminal; every other one is written in UTF-8."""


def style_for(stdout: TextIO, environ: Mapping[str, str], color: str, verbosity: int) -> Style:
    """How a report on this stream is to look."""
    return Style(
        colour=color == "always" or (color == "auto" and _coloured(stdout, environ)),
        unicode=_takes_signs(stdout),
        width=width_of(stdout, environ),
        verbosity=verbosity,
    )


def prepare(stdout: TextIO, format: str) -> None:
    """Make the stream take every character: what it cannot encode is escaped, and data is UTF-8."""
    reconfigure = getattr(stdout, "reconfigure", None)
    if reconfigure is None:
        return
    if format in FOR_PEOPLE:
        reconfigure(errors="backslashreplace")
    else:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def width_of(stream: TextIO, environ: Mapping[str, str]) -> int:
    """Columns of the terminal; where there is none, ``COLUMNS`` if the person exported it."""
    with suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns or _PIPE
    exported = environ.get("COLUMNS", "")
    return int(exported[:6]) if exported.isdecimal() and exported.isascii() else _PIPE


def is_live(stderr: TextIO, environ: Mapping[str, str]) -> bool:
    """True when a person sees stderr on a terminal that can take a line back."""
    return stderr.isatty() and environ.get("TERM") != "dumb"


def someone_to_ask() -> bool:
    """True when standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _coloured(stdout: TextIO, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stdout.isatty() and environ.get("TERM") != "dumb"


def _takes_signs(stdout: TextIO) -> bool:
    try:
        "✓✗…".encode(stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
