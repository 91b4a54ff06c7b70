"""The end of a run, by the wall: shared by the runner, the transport and what waits on purpose."""

import threading
import time
from collections.abc import Callable
from typing import TypeAlias

OnWait: TypeAlias = Callable[[str, float, float], None]
"""Told what is waited for, how many seconds are left, and of how many."""
_TICK = 0.5
"""Seconds between two tellings."""


class Deadline:
    """So many seconds from now; what waits on purpose may move it, unless the person set it."""

    def __init__(self, seconds: float, *, fixed: bool = True, on_wait: OnWait = lambda *_: None) -> None:
        """``on_wait`` is called again and again while something waits on purpose."""
        self._ends = time.monotonic() + seconds
        self._fixed, self._on_wait = fixed, on_wait
        self._cancelled = threading.Event()

    def left(self) -> float:
        """Seconds, never negative."""
        return 0.0 if self._cancelled.is_set() else max(self._ends - time.monotonic(), 0.0)

    def allow(self, seconds: float) -> bool:
        """True when so many seconds are left, or could be had by moving the end."""
        if not self._fixed:
            self._ends = max(self._ends, time.monotonic() + seconds)
        return self.left() >= seconds

    def sleep(self, seconds: float, what: str) -> bool:
        """Wait for ``what``, at most to the end; False when the run was cancelled meanwhile."""
        seconds = min(seconds, self.left())
        ends = time.monotonic() + seconds
        while (rest := ends - time.monotonic()) > 0:
            self._on_wait(what, rest, seconds)
            if self._cancelled.wait(min(rest, _TICK)):
                return False
        return not self._cancelled.is_set()

    def cancel(self) -> None:
        """Nothing more is begun; what waits wakes up."""
        self._cancelled.set()
