"""Threads that may be left behind: daemons, reused when idle, and never waited for at exit.

``concurrent.futures`` joins its threads when the process ends, which a resolver that never answers would hold up.
"""

import queue
import threading
from collections.abc import Callable


class Workers:
    """Runs each task at once, on an idle thread where there is one, else on a new one."""

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)

    def submit(self, task: Callable[[], None]) -> None:
        """Begin the task. It may wait for other tasks: there is always a thread for those."""
        self._tasks.put(task)
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            self._tasks.get()()
            self._idle.release()
