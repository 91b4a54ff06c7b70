"""One kept-open connection that speaks HTTP through requests, on a socket that was dialled before."""

import contextlib
import http.client
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.util.retry import Retry

from doctor.transport.dial import Dialled, Origin

_CHUNK = 16_384


class Lane(HTTPAdapter):
    """Sends one request after the other; dials again when the server has closed the connection."""

    def __init__(self, origin: Origin, dial: Callable[[], Dialled]) -> None:
        super().__init__(max_retries=Retry(0, read=False))
        self._pool = HTTPConnectionPool(origin.host, origin.port, maxsize=1)
        self._connection = _Connection(origin, dial)
        self._pool.ConnectionCls = lambda *_, **__: self._connection  # type: ignore[assignment]
        self._answer: requests.Response | None = None

    @property
    def reused(self) -> bool:
        """True when the next request goes out on a connection that already carried one."""
        return self._connection.sock is not None and self._connection.served > 0

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        return self._pool

    def cert_verify(self, *_: Any, **__: Any) -> None:
        """The dialler verified the certificate already, in the handshake."""

    def begin(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> requests.Response:
        """Send the request; the answer's head is there when this returns. Raises what requests raises."""
        prepared = requests.Request(method, url, headers=dict(headers), data=body).prepare()
        self._answer = self.send(prepared, stream=True, timeout=None)
        self._connection.served += 1
        if self._answer.status_code < 200:  # the final answer is still to come, and would be taken for the next one's
            raise http.client.BadStatusLine(f"an interim answer ({self._answer.status_code}) that nobody asked for")
        return self._answer

    def read(self, response: requests.Response, limit: int) -> tuple[bytes, bool]:
        """The decoded body up to ``limit`` bytes, and whether there was more."""
        body = bytearray()
        chunks: Iterator[bytes] = response.raw.stream(_CHUNK, decode_content=True)
        for chunk in chunks:
            body += chunk
            if len(body) > limit:
                self.hang_up()
                return bytes(body[:limit]), True
        return bytes(body), False

    def hang_up(self) -> None:
        """Drop the connection; the next request dials anew."""
        if self._answer is not None:
            self._answer.close()  # one that is read in part only would keep the connection from the pool
        self._connection.close()

    @contextmanager
    def until(self, seconds: float) -> Iterator[threading.Event]:
        """Cut the connection when the time is up, however slowly bytes drip; the event says that it was."""
        fired = threading.Event()

        def cut() -> None:
            fired.set()
            _shut(self._connection.dialled)

        timer = threading.Timer(seconds, cut)
        timer.daemon = True
        timer.start()
        try:
            yield fired
        finally:
            timer.cancel()


class _Connection(HTTPConnection):
    """urllib3's connection on a dialled socket: TLS, where there is any, is spoken already."""

    def __init__(self, origin: Origin, dial: Callable[[], Dialled]) -> None:
        super().__init__(origin.host, origin.port, timeout=None)
        self._dial_origin = dial
        self.served = 0
        self.dialled: socket.socket | None = None
        """The socket in use, also while the last answer is read from it and ``sock`` is None already."""
        self.is_verified = origin.scheme == "https"

    def connect(self) -> None:
        self.sock = self.dialled = self._dial_origin().sock
        self.sock.settimeout(None)
        self.served = 0


def _shut(sock: socket.socket | None) -> None:
    if sock is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # the plain one: TLS's own would drop its state mid-read
