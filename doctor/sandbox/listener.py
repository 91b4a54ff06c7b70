"""A port on loopback: accepts connections, gives each to a handler in a daemon thread, ends cleanly."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

from doctor.sandbox.wire import linger

Handler = Callable[[socket.socket], None]


class Connections:
    """Those that are open, so that the end of the environment can cut them."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def kept(self, connection: socket.socket) -> Iterator[None]:
        """The connection is closed at the end of the block, or cut before."""
        with self._lock:
            self._open.add(connection)
        try:
            yield
        finally:
            linger(connection)
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def cut(self) -> None:
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Listener:
    """Bound and listening from its making; ``start`` begins to accept, ``close`` ends everything it began."""

    def __init__(self, port: int = 0) -> None:
        self._closed = False
        self._connections = Connections()
        self._socket = socket.create_server(("127.0.0.1", port), backlog=128)
        self.port: int = self._socket.getsockname()[1]

    def start(self, handler: Handler) -> None:
        """Gives every connection to the handler, and closes it afterwards."""
        self._handler = handler
        threading.Thread(target=self._accept, name=f"sandbox-{self.port}", daemon=True).start()

    def close(self) -> None:
        """Stops accepting and cuts what is still open."""
        self._closed = True
        with contextlib.suppress(OSError):
            # A thread in accept() does not wake up when another one closes the socket.
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._socket.close()
        self._connections.cut()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            if self._closed:
                connection.close()
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # The client may go away or break off the handshake at any time: its business, and nothing to report here.
        with contextlib.suppress(OSError, ValueError), self._connections.kept(connection):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._handler(connection)


class SilentPorts:
    """Two ports that nobody serves: one refuses, the other never answers a SYN."""

    def __init__(self) -> None:
        self._refusing = socket.socket()
        self._refusing.bind(("127.0.0.1", 0))
        self._full: list[socket.socket] = []

    @property
    def refusing(self) -> int:
        """A port that is reserved and not listened on."""
        return int(self._refusing.getsockname()[1])

    def silent(self) -> int:
        """A port whose queue of connections is full, so that the kernel drops every further SYN (Linux)."""
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        self._full.append(listener)
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
            self._full.append(filler)
        return int(listener.getsockname()[1])

    def close(self) -> None:
        for each in (self._refusing, *self._full):
            each.close()
