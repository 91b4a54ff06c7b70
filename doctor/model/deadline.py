"""The end of a run, by the wall: shared by the runner, the transport and what waits on purpose."""

import threading
import time


class Deadline:
    """So many seconds from now; what waits on purpose may move it, unless the person set it."""

    def __init__(self, seconds: float, *, fixed: bool = True) -> None:
        self._ends = time.monotonic() + seconds
        self._fixed = fixed
        self._cancelled = threading.Event()

    def left(self) -> float:
        """Seconds, never negative."""
        return 0.0 if self._cancelled.is_set() else max(self._ends - time.monotonic(), 0.0)

    def allow(self, seconds: float) -> bool:
        """True when so many seconds are left, or could be had by moving the end."""
        if not self._fixed:
            self._ends = max(self._ends, time.monotonic() + seconds)
        return self.left() >= seconds

    def sleep(self, seconds: float) -> bool:
        """Wait, at most to the end; False when the run was cancelled meanwhile."""
        return not self._cancelled.wait(min(seconds, self.left()))

    def cancel(self) -> None:
        """Nothing more is begun; what waits wakes up."""
        self._cancelled.set()
