"""Progress on a terminal: one line that each finished check overwrites, and that is gone at the end."""

from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from doctor.runner import CheckResult

_ERASE = "\r\x1b[2K"


class Progress:
    """``with Progress(...) as progress: examine(inputs, progress)``."""

    def __init__(self, stream: TextIO, *, live: bool, width: int) -> None:
        self._stream, self._live, self._width = stream, live, width

    def __enter__(self) -> Self:
        return self

    def __call__(self, result: "CheckResult") -> None:
        if not self._live:
            return
        from doctor.render.harmless import harmless

        self._write(f"{_ERASE}{harmless(f'{result.outcome}: {result.check.title}')[: self._width - 1]}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._write(_ERASE)

    def _write(self, text: str) -> None:
        if self._live:
            try:
                self._stream.write(text)
                self._stream.flush()
            except (OSError, ValueError):
                self._live = False
