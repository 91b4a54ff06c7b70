"""Progress on a terminal: one line that each finished check overwrites, and that is gone at the end."""

import contextlib
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from doctor.model.style import Style

if TYPE_CHECKING:
    from doctor.checking import CheckResult

_BAR = 30
"""Columns of a bar at most."""
_ERASE = "\r\x1b[2K"


class Progress:
    """``with Progress(...) as progress: examine(inputs, progress)``."""

    def __init__(self, stream: TextIO, *, live: bool, style: Style) -> None:
        self._stream, self._live, self._style = stream, live, style

    def __enter__(self) -> Self:
        return self

    def __call__(self, result: "CheckResult") -> None:
        if not self._live:
            return
        from doctor.render.harmless import ascii_only, harmless
        from doctor.render.words import sign

        line = harmless(f"{sign(result.outcome, self._style.unicode)} {result.check.title}")
        shown = line if self._style.unicode else ascii_only(line)
        self._write(f"{_ERASE}{shown[: self._style.width - 1]}")

    def waits(self, what: str, left: float, whole: float) -> None:
        """Show how much of a wait is over: ``waiting for the token to expire [####....] 2:05 left``."""
        lead, end = f"waiting for {what} ", f" {int(left) // 60}:{int(left) % 60:02} left"
        room = max(min(self._style.width - len(lead) - len(end) - 3, _BAR), 0)
        done = round(room * (1 - left / whole)) if whole else room
        bar = f"[{'#' * done}{'.' * (room - done)}]" if room else ""
        self._write(f"{_ERASE}{f'{lead}{bar}{end}'[: self._style.width - 1]}")

    def say(self, line: str) -> None:
        """Write a line that stays, on a terminal or not."""
        erase = _ERASE if self._live else ""
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(f"{erase}ataccama-doctor: {line}\n")
            self._stream.flush()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._write(_ERASE)

    def _write(self, text: str) -> None:
        if self._live:
            try:
                self._stream.write(text)
                self._stream.flush()
            except (OSError, ValueError):
                self._live = False
