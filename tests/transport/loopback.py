"""Servers on loopback that do with each connection what a test declares, and a transport that talks to them."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from doctor.model.deadline import Deadline
from doctor.model.request import Request
from doctor.model.secret import Secret, Vault
from doctor.model.terms import Endpoint
from doctor.redaction import Redactor
from doctor.sandbox.wire import linger, reset
from doctor.transport.connections import Connections
from doctor.transport.dial import Origin
from doctor.transport.http import Transport
from doctor.transport.policy import SECRET_BUDGET, Policy
from doctor.transport.trust import Trust

Script = Callable[["Peer"], None]
SECRET = "Canary-7f3Kq9ZtR2mW8xYb"


@dataclass
class Peer:
    """The server's end of one connection."""

    sock: socket.socket
    server: "Server"
    number: int
    """From 1, in the order of arrival."""

    def read(self) -> bytes:
        """One request, head and body; empty when the client has left."""
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.sock.recv(65536)
            if not more:
                return b""
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = next((int(h[15:]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += self.sock.recv(65536)
        self.server.requests.append(head + b"\r\n\r\n" + body)
        return data

    def say(self, data: bytes) -> None:
        self.sock.sendall(data)

    def reset(self) -> None:
        reset(self.sock)

    def keep_saying(self, data: bytes, pause: float = 0.0) -> None:
        """The same bytes until the client has had enough."""
        with contextlib.suppress(OSError):
            while not self.server.closing.wait(pause):
                self.sock.sendall(data)


@dataclass
class Server:
    """One listening port."""

    script: Script
    context: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    connections: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._open:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)

    @property
    def url(self) -> str:
        return f"{'https' if self.context else 'http'}://localhost:{self.port}"

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                self._open.append(sock)
                threading.Thread(target=self._serve, args=(sock, self.connections), daemon=True).start()

    def _serve(self, sock: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as stack:
            stack.callback(sock.close)
            if self.context:
                sock = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
                self._open.append(sock)
                stack.callback(sock.close)
                stack.callback(linger, sock)  # a close at once would be a reset that eats the alert
                sock.do_handshake()
            self.script(Peer(sock, self, number))


@dataclass
class Seam:
    """A transport, and what stands around it."""

    transport: Transport
    vault: Vault
    redactor: Redactor

    def get(self, url: str, lane: str | None = None, **more: Any) -> Any:
        return self.transport.ask(Request("a test", Endpoint.API, "GET", url, lane=lane, **more))


def seam(
    *origins: str,
    ca: Path | None = None,
    timeout: float = 5.0,
    deadline: float = 20.0,
    proxy: str | None = None,
    environ: Mapping[str, str] | None = None,
    deep: bool = False,
) -> Seam:
    """A transport whose configured origins are those of these URLs, with a client secret in the vault."""
    import certifi

    vault, redactor = Vault(), Redactor()
    vault.put("client_secret", "as given", Secret(SECRET))
    vault.put("access_token", "exchange 1", Secret("token-" + SECRET, what="access token"))
    vault.put_plain("client_id", "as given", "a-client")
    for secret in vault.secrets():
        redactor.learn(secret)
    ends = Deadline(deadline)
    trust = Trust(str(ca) if ca else certifi.where(), "a test")
    source = "--proxy" if proxy else ""
    connections = Connections(
        trust=trust, timeout=timeout, deadline=ends, proxy=proxy, proxy_source=source, environ=environ
    )
    policy = Policy(frozenset(map(Origin.of, origins)), SECRET_BUDGET + deep)
    transport = Transport(connections, vault=vault, redactor=redactor, policy=policy, timeout=timeout, deadline=ends)
    return Seam(transport, vault, redactor)


def answer(body: bytes = b"{}", *headers: str, status: str = "200 OK", version: str = "HTTP/1.1") -> bytes:
    """A well-formed answer with its length."""
    lines = [f"{version} {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def always(data: bytes) -> Script:
    """The same answer to every request of a connection."""

    def script(peer: Peer) -> None:
        while peer.read():
            peer.say(data)

    return script


def once(data: bytes) -> Script:
    """One answer, then the end of the connection."""

    def script(peer: Peer) -> None:
        if peer.read():
            peer.say(data)

    return script


def endless(head: bytes, again: bytes, pause: float = 0.05) -> Script:
    """To a request this head, then the same bytes until the client has had enough."""

    def script(peer: Peer) -> None:
        if peer.read():
            peer.say(head)
            peer.keep_saying(again, pause)

    return script


def silent(peer: Peer) -> None:
    """Take the request and say nothing."""
    peer.read()
    peer.server.closing.wait()


def blunt(data: bytes, again: bytes = b"") -> Script:
    """To whatever comes first, HTTP or not, these bytes, and perhaps others again and again."""

    def script(peer: Peer) -> None:
        peer.sock.recv(9999)
        peer.say(data)
        if again:
            peer.keep_saying(again, 0.05)

    return script


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """The block takes no longer than this."""
    begun = time.monotonic()
    yield
    took = time.monotonic() - begun
    assert took < seconds, f"took {took:.2f} s"
