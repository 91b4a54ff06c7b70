"""One kept-open connection that speaks HTTP/1.1, on a socket that was dialled before.

The standard library's HTTP and not that of requests: importing that took a sixth of a check's time. bench/README.md
has the figures.
"""

import contextlib
import http
import http.client
import re
import selectors
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote, urlsplit

from doctor.transport.coding import Decoder
from doctor.transport.dial import Dialled, Origin

_CHUNK: Final = 16_384
_KEPT: Final = "!#$%&'()*+,/:;=?@[]~"
"""What a URL may hold as it stands (RFC 3986 section 2.2), and ``%``: it was encoded where it was made."""


class Lane:
    """Sends one request after the other; dials again when the server has closed the connection."""

    def __init__(self, origin: Origin, dial: Callable[[], Dialled]) -> None:
        self._connection = _Connection(origin, dial)

    @property
    def reused(self) -> bool:
        """True when the next request goes out on a connection that already carried one."""
        return self._connection.sock is not None and self._connection.served > 0

    def send(self, method: str, url: str, headers: Mapping[str, str | bytes], body: bytes | None) -> None:
        """Send the request. Raises what ``http.client`` raises."""
        for name, value in headers.items():
            _refuse_forbidden(name, value)
        if self.reused and self.is_answering:
            self.hang_up()  # the server has closed the connection, or sent what nobody asked for
        self._connection.request(method, _target(url), body, dict(headers))

    @property
    def is_answering(self) -> bool:
        """True when something has come that was not read yet: an answer, or the connection's end."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection.sock, selectors.EVENT_READ)
            return bool(selector.select(0))

    def receive(self) -> http.client.HTTPResponse:
        """The head of the answer to what was sent. Raises what ``http.client`` raises."""
        answer = self._connection.getresponse()
        self._connection.served += 1
        if answer.status < 200:  # 101: what follows is no HTTP
            raise http.client.BadStatusLine("the server changed to another protocol, which nobody asked for")
        if not answer.headers.get("Content-Length", "0").strip().isdecimal():
            raise http.client.HTTPException("the answer's Content-Length is no number")
        return answer

    def read(self, answer: http.client.HTTPResponse, limit: int) -> tuple[bytes, bool]:
        """The decoded body up to ``limit`` bytes, and whether there was more."""
        body, decoder = bytearray(), Decoder(answer.headers.get("Content-Encoding", ""))
        while chunk := answer.read(_CHUNK):
            body += decoder.decode(chunk, limit + 1 - len(body))
            if len(body) > limit:
                self.hang_up()
                return bytes(body[:limit]), True
        if answer.length:  # ``read`` with a size says nothing of what is lacking
            raise http.client.IncompleteRead(b"", answer.length)
        if not decoder.ended:
            raise http.client.HTTPException("the compressed body broke off before its end")
        return bytes(body), False

    def hang_up(self) -> None:
        """Drop the connection; the next request dials anew."""
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


class _FinalResponse(http.client.HTTPResponse):
    """The final answer: interim ones before it are read and dropped (RFC 9110 section 15.2)."""

    def begin(self) -> None:
        super().begin()
        while 100 <= self.status < 200 and self.status != http.HTTPStatus.SWITCHING_PROTOCOLS:
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()


class _Connection(http.client.HTTPConnection):
    """The library's connection on a dialled socket: TLS, where there is any, is spoken already."""

    response_class = _FinalResponse

    def __init__(self, origin: Origin, dial: Callable[[], Dialled]) -> None:
        super().__init__(origin.host, origin.port, timeout=None)
        self.default_port = 443 if origin.scheme == "https" else 80
        self._dial_origin = dial
        self.served = 0
        self.dialled: socket.socket | None = None
        """The socket in use, also while the last answer is read from it and ``sock`` is None already."""

    def connect(self) -> None:
        self.sock = self.dialled = self._dial_origin().sock
        self.sock.settimeout(None)
        self.served = 0


def _target(url: str) -> str:
    """The origin-form (RFC 9112 section 3.2.1)."""
    parts = urlsplit(url)
    return quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)


def _refuse_forbidden(name: str, value: str | bytes) -> None:
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    if re.search(r"^\s|[\r\n]", text):
        raise ValueError(f"the value of {name} holds white space that HTTP forbids")


def _shut(sock: socket.socket | None) -> None:
    if sock is not None:
        with contextlib.suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # the plain one: TLS's own would drop its state mid-read
