"""Where the requests of one lane wait for each other: its connection, dialled when it is needed."""

import threading
import time
from functools import cached_property

from doctor.transport.connections import Connections, Opening
from doctor.transport.dial import Dialled, Origin
from doctor.transport.lane import Lane
from doctor.transport.log import ExchangeLog


class Slot:
    """One lane to one origin: the connection that waits, and the HTTP that is spoken on it."""

    def __init__(self, name: str, origin: Origin, connections: Connections, log: ExchangeLog) -> None:
        self.origin, self.lock = origin, threading.RLock()
        self.connection = 0
        """Number of the connection in use, for the report."""
        self.connected_at = 0.0
        """``time.perf_counter()`` when it stood."""
        self._name, self._connections, self._log = name, connections, log
        self._waiting: Dialled | None = None
        self._opened: Dialled | None = None
        self._unrecorded: Opening | None = None

    @cached_property
    def lane(self) -> Lane:
        return Lane(self.origin, self._take)

    def open(self) -> Dialled:
        """The connection in use, opened now when there was none; raises ``DialFailed``."""
        if self._opened is None:
            self._waiting = self._dial()
        assert self._opened is not None
        return self._opened

    def close(self) -> None:
        """Hang up; what was opened and never spoken on is closed too."""
        if self._waiting is not None:
            self._waiting.sock.close()
        if "lane" in self.__dict__:
            self.lane.hang_up()

    def unrecorded_dial(self) -> Opening | None:
        """The dial that no exchange has shown yet, once."""
        opening, self._unrecorded = self._unrecorded, None
        return opening

    def _take(self) -> Dialled:
        """What the lane speaks on: the connection that waits, or a new one."""
        waiting, self._waiting = self._waiting, None
        return waiting or self._dial()

    def _dial(self) -> Dialled:
        self.connection = self._log.next_connection()
        self._unrecorded = opening = self._connections.take((self._name, self.origin))
        self._opened = opening.result()
        self.connected_at = time.perf_counter()
        return self._opened
