"""Opens one connection: name, TCP, proxy, TLS; says how far it came and how long each phase took.

Standard library only, so that connecting can begin while the HTTP library is still being imported.
"""

import base64
import dataclasses
import socket
import threading
import time
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from doctor.model.facts.failure import FailureKind, Phase
from doctor.model.frozen import dataclass
from doctor.transport.failures import connect_failure, name_failure, tls_failure
from doctor.transport.names import Names

if TYPE_CHECKING:
    import ssl

T = TypeVar("T")
_HEAD_LIMIT = 65_536


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port (RFC 6454 section 4), the host in ASCII."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> "Origin":
        """The origin of an absolute URL; ``ValueError`` when it has none."""
        parts = urlsplit(url)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise ValueError(f"no origin in {url!r}")
        return cls(parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))

    @property
    def loopback(self) -> bool:
        """True for a name or address that cannot leave this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:  # a name, if it begins with 127 all the same
            return False

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}" + ("" if self.port == default else f":{self.port}")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A forward proxy, and where its setting came from."""

    url: str
    source: str

    @property
    def place(self) -> str:
        """``host:port``, without credentials."""
        try:
            return f"{self.host}:{self.port}"
        except ValueError:
            return "an address that is no URL"

    @property
    def shown(self) -> str:
        """The URL without credentials."""
        return f"{self.url.partition('://')[0]}://{self.place}"

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def authorization(self) -> str | None:
        """``Basic …`` when the URL holds credentials (RFC 7617)."""
        parts = urlsplit(self.url)
        if parts.username is None:
            return None
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return "Basic " + base64.b64encode(pair.encode()).decode()


@dataclasses.dataclass(slots=True)
class Timings:
    """Milliseconds spent in each phase so far."""

    spent: dict[Phase, float] = dataclasses.field(default_factory=dict)
    connecting: threading.Event = dataclasses.field(default_factory=threading.Event)
    """Set when the name is known and the first packet leaves."""
    sent_at: float | None = None
    """``time.perf_counter()`` when the request began to go out."""

    def time(self, phase: Phase, work: Callable[[], T]) -> T:
        begun = time.perf_counter()
        try:
            return work()
        finally:
            self.spent[phase] = self.spent.get(phase, 0.0) + (time.perf_counter() - begun) * 1000


@dataclass(frozen=True, slots=True)
class Dialled:
    """An open connection, ready for HTTP."""

    sock: socket.socket
    address: str
    proxy: Proxy | None
    tls: str | None


class DialFailed(Exception):
    """The connection did not come about. Carried to ``TransportFailure`` by the transport, never further."""

    def __init__(self, kind: FailureKind, phase: Phase, detail: str, verify_code: int | None = None) -> None:
        super().__init__(detail)
        self.kind, self.phase, self.detail, self.verify_code = kind, phase, detail, verify_code


def dial(
    origin: Origin,
    *,
    names: Names,
    context: "Callable[[], ssl.SSLContext]",
    proxy: Proxy | None,
    within: float,
    timings: Timings,
) -> Dialled:
    """Connect to the origin within so many seconds; raises ``DialFailed``.

    ``context`` is called once TCP is connected: a CA bundle is loaded while the first packets are on their way.
    """
    ends = time.monotonic() + within
    host, port = _place_of(proxy) if proxy else (origin.host, origin.port)
    try:
        sock, address = _tcp(host, port, names, ends, timings)
    except DialFailed as failed:
        raise _through_proxy(failed, proxy) from None
    try:
        if proxy:
            timings.time(Phase.PROXY, lambda: _tunnel(sock, origin, proxy, ends))
        if origin.scheme == "http":
            return Dialled(sock, address, proxy, None)
        secure = context()
        wrapped = timings.time(Phase.TLS, lambda: _tls(sock, origin, secure, ends))
    except BaseException:
        sock.close()
        raise
    return Dialled(wrapped, address, proxy, wrapped.version())


def _place_of(proxy: Proxy) -> tuple[str, int]:
    """Host and port of a proxy that can be spoken to; its login is not sent in clear where TLS was asked for."""
    try:
        scheme, host, port = urlsplit(proxy.url).scheme, proxy.host, proxy.port
    except ValueError:
        scheme, host, port = "", "", 0
    if not host:
        raise DialFailed(FailureKind.PROXY_UNREACHABLE, Phase.PROXY, "the address of the proxy is no URL")
    if scheme != "http":
        detail = f"the proxy is given as {scheme}://, and only http:// is spoken to proxies"
        raise DialFailed(FailureKind.PROXY_UNREACHABLE, Phase.PROXY, detail)
    return host, port


def _tcp(host: str, port: int, names: Names, ends: float, timings: Timings) -> tuple[socket.socket, str]:
    try:
        addresses = timings.time(Phase.DNS, lambda: names.resolve(host, port, _left(ends)))
    except OSError as problem:
        raise DialFailed(name_failure(problem), Phase.DNS, _text(problem)) from None
    timings.connecting.set()
    last: OSError = OSError("no address")
    for index, (family, address) in enumerate(addresses):
        share = _left(ends) / (len(addresses) - index)
        try:
            return timings.time(Phase.CONNECT, partial(_open, family, address, share)), str(address[0])
        except OSError as problem:
            last = problem
    raise DialFailed(connect_failure(last), Phase.CONNECT, _text(last))


def _open(family: int, address: tuple[str, int], within: float) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(within)
        sock.connect(address)
    except BaseException:
        sock.close()
        raise
    return sock


def _tls(sock: socket.socket, origin: Origin, context: "ssl.SSLContext", ends: float) -> "ssl.SSLSocket":
    sock.settimeout(_left(ends))
    wrapped = None
    try:
        wrapped = context.wrap_socket(sock, server_hostname=origin.host, do_handshake_on_connect=False)
        wrapped.do_handshake()
    except (OSError, ValueError) as problem:
        agreed = wrapped is not None and wrapped.cipher() is not None
        code = getattr(problem, "verify_code", None)  # of a certificate that was not verified
        if wrapped is not None:
            wrapped.close()
        detail = _text(problem) + (", after version and cipher were agreed" if agreed and code is None else "")
        raise DialFailed(tls_failure(problem, agreed=agreed), Phase.TLS, detail, code) from None
    return wrapped


def _tunnel(sock: socket.socket, origin: Origin, proxy: Proxy, ends: float) -> None:
    """``CONNECT`` (RFC 9110 section 9.3.6)."""
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    lines = [f"CONNECT {host}:{origin.port} HTTP/1.1", f"Host: {host}:{origin.port}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    try:
        sock.settimeout(_left(ends))
        sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
        status, reason = _status_line(_head(sock, ends))
    except (OSError, ValueError) as problem:
        raise DialFailed(FailureKind.PROXY_UNREACHABLE, Phase.PROXY, _text(problem)) from None
    if status == 407:
        raise DialFailed(FailureKind.PROXY_AUTHENTICATION, Phase.PROXY, f"{status} {reason}")
    if not 200 <= status < 300:
        raise DialFailed(FailureKind.PROXY_REFUSED, Phase.PROXY, f"{status} {reason}")


def _head(sock: socket.socket, ends: float) -> bytes:
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        sock.settimeout(_left(ends))
        byte = sock.recv(1)  # one at a time: what follows the head belongs to TLS
        if not byte or len(head) > _HEAD_LIMIT:
            raise ValueError("the proxy closed the connection or sent no HTTP head")
        head += byte
    return bytes(head)


def _status_line(head: bytes) -> tuple[int, str]:
    line = head.split(b"\r\n", 1)[0].decode("latin-1")
    version, status, *reason = line.split(" ", 2)
    if not version.startswith("HTTP/"):
        raise ValueError("the proxy did not answer in HTTP")
    return int(status), reason[0] if reason else ""


def _through_proxy(failed: DialFailed, proxy: Proxy | None) -> DialFailed:
    if proxy is None:
        return failed
    return DialFailed(FailureKind.PROXY_UNREACHABLE, Phase.PROXY, f"{proxy.place}: {failed.detail}")


def _left(ends: float) -> float:
    return max(ends - time.monotonic(), 0.001)


def _text(problem: BaseException) -> str:
    from doctor.transport.failure_words import in_words  # not before something went wrong

    return in_words(problem)
